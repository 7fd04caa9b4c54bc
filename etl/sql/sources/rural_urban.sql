-- Grain: one row per LSOA 2021. Parameters: none.
INSERT INTO staged_rural_urban
SELECT lsoa21_code, ruc21_code, ruc21_name FROM read_rural_urban
