-- Grain: one row per LSOA 2021. Parameters: none.
-- A look-up without NHS codes still has them at the end of the names ("NHS Greater Manchester ICB - 14L").
INSERT INTO staged_health_lookup
SELECT
    lsoa21_code,
    sicbl_code,
    coalesce(sicbl_ods_code, regexp_extract(sicbl_name, '(\w+)$', 1)) AS sicbl_ods_code,
    sicbl_name,
    icb_code,
    icb_name,
    lad_code,
    lad_name
FROM read_health_lookup
