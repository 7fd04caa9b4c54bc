-- Grain: one row per neighbourhood, with the areas that it lies in and a point inside it (degrees).
SELECT lsoa21_code, msoa21_code, ward_code, lad_code, sicbl_code, icb_code, lon, lat
FROM neighbourhood
