-- Grain: one row per area of a level that lies in a larger area, which is so when more than half of its people live
-- in neighbourhoods of the larger one. Parameters: layer, area_code.
SELECT area.feature_id
FROM area
JOIN area_member AS mine ON mine.area_code = area.area_code
JOIN neighbourhood USING (lsoa21_code)
LEFT JOIN area_member AS wider ON wider.area_code = $area_code AND wider.lsoa21_code = mine.lsoa21_code
WHERE area.area_type = $layer
GROUP BY area.feature_id
HAVING 2 * sum(neighbourhood.population) FILTER (wider.lsoa21_code IS NOT NULL) > sum(neighbourhood.population)
ORDER BY area.feature_id
