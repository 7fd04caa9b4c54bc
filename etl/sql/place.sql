-- One row per LSOA with everything it belongs to; an LSOA that a look-up does not hold has NULL there.
CREATE TEMP TABLE place AS
SELECT
    boundary.lsoa21_code,
    boundary.lsoa21_name,
    coalesce(msoa.local_name, regexp_replace(boundary.lsoa21_name, ' ?[0-9]*[A-Z]+$', '')) AS local_name,
    msoa.msoa21_code,
    msoa.msoa21_name,
    ward.ward_code,
    ward.ward_name,
    health.lad_code,
    health.lad_name,
    health.sicbl_code,
    health.sicbl_ods_code,
    health.sicbl_name,
    health.icb_code,
    health.icb_name,
    rural.ruc21_code,
    rural.ruc21_name,
    residents.population,
    CAST(row_number() OVER (ORDER BY boundary.lsoa21_code) - 1 AS INTEGER) AS feature_id
FROM staged_boundary AS boundary
LEFT JOIN staged_msoa_name AS msoa ON msoa.msoa21_name = regexp_replace(boundary.lsoa21_name, '[A-Z]+$', '')
LEFT JOIN staged_ward_lookup AS ward ON ward.lsoa21_code = boundary.lsoa21_code
LEFT JOIN staged_health_lookup AS health ON health.lsoa21_code = boundary.lsoa21_code
LEFT JOIN staged_rural_urban AS rural ON rural.lsoa21_code = boundary.lsoa21_code
LEFT JOIN staged_population AS residents ON residents.lsoa21_code = boundary.lsoa21_code
ORDER BY boundary.lsoa21_code
