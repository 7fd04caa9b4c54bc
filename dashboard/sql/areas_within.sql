-- One row per area of a level that shares a neighbourhood with an area. Parameters: $area_code, $level.
SELECT DISTINCT part.feature_id
FROM area_member AS whole
JOIN area_member AS shared USING (lsoa21_code)
JOIN area AS part ON part.area_code = shared.area_code
WHERE whole.area_code = $area_code AND part.area_type = $level
ORDER BY part.feature_id
