-- One row per MSOA that has no name from the House of Commons Library: it goes by its official name.
INSERT INTO staged_msoa_name
SELECT msoa21_code, msoa21_name, msoa21_name
FROM read_msoa_boundaries
WHERE msoa21_code NOT IN (SELECT msoa21_code FROM staged_msoa_name)
