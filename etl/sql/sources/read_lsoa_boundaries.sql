-- One row per LSOA of England as read; boundary_rows is the checked file.
CREATE OR REPLACE TABLE read_lsoa_boundaries AS
SELECT code AS lsoa21_code, name AS lsoa21_name, wkb
FROM boundary_rows
ORDER BY code
