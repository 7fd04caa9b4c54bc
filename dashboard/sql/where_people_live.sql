-- Grain: one row per neighbourhood, in order of feature_id: the point that stands for its people
-- (EPSG:27700), and how many they are.
-- Parameters: none.
SELECT easting, northing, population
FROM neighbourhood
ORDER BY feature_id
