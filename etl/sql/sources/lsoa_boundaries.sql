-- One row per LSOA boundary, in longitude and latitude.
INSERT INTO staged_boundary
SELECT lsoa21_code, lsoa21_name, wkb
FROM read_lsoa_boundaries
