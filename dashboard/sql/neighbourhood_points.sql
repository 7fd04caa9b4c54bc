-- One row per neighbourhood, in order of feature_id: its code and the point that stands for its
-- people (EPSG:27700).
SELECT lsoa21_code, easting, northing
FROM neighbourhood
ORDER BY feature_id
