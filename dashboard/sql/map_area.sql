-- Grain: one area of a level, by its number in the tiles. Parameters: layer, feature_id.
SELECT area_code, area_type, name, official_name, population, neighbourhoods
FROM area
WHERE area_type = $layer AND feature_id = $feature_id
