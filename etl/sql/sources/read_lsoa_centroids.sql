-- One row per LSOA of England as read; point_rows is the checked file, in metres.
CREATE OR REPLACE TABLE read_lsoa_centroids AS
SELECT lsoa21_code, easting, northing
FROM point_rows
ORDER BY lsoa21_code
