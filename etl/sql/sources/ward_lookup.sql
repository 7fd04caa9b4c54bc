-- Grain: one row per LSOA 2021. Parameters: none.
INSERT INTO staged_ward_lookup
SELECT lsoa21_code, ward_code, ward_name FROM read_ward_lookup
