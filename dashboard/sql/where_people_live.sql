-- Grain: one row per neighbourhood, in order of feature_id: a point on its surface (EPSG:27700) and its people.
-- Parameters: none.
SELECT easting, northing, population
FROM neighbourhood
ORDER BY feature_id
