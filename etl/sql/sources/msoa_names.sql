-- Grain: one row per MSOA 2021. Parameters: none.
INSERT INTO staged_msoa_name
SELECT msoa21_code, msoa21_name, local_name FROM read_msoa_names
