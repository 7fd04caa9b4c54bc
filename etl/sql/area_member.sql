-- One row per area and LSOA in it, England and the LSOAs themselves included.
INSERT INTO area_member
SELECT area_code, lsoa21_code
FROM (
    SELECT 'E92000001' AS area_code, lsoa21_code, 1 AS position FROM place
    UNION ALL SELECT icb_code, lsoa21_code, 2 FROM place
    UNION ALL SELECT sicbl_code, lsoa21_code, 3 FROM place
    UNION ALL SELECT lad_code, lsoa21_code, 4 FROM place
    UNION ALL SELECT ward_code, lsoa21_code, 5 FROM place
    UNION ALL SELECT msoa21_code, lsoa21_code, 6 FROM place
    UNION ALL SELECT lsoa21_code, lsoa21_code, 7 FROM place
)
ORDER BY position, area_code, lsoa21_code
