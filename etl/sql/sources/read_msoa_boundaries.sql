-- One row per MSOA of England as read; boundary_rows is the checked file.
CREATE OR REPLACE TABLE read_msoa_boundaries AS
SELECT code AS msoa21_code, name AS msoa21_name, wkb
FROM boundary_rows
ORDER BY code
