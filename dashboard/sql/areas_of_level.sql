-- One row per area of a level, in order of feature_id. Parameters: $level.
SELECT
    area.feature_id,
    area.area_code,
    area.name,
    area.population,
    area.neighbourhoods,
    coalesce(district.name, '') AS lad_name,
    coalesce(system.name, '') AS icb_name
FROM area
LEFT JOIN area AS district ON district.area_code = area.lad_code
LEFT JOIN area AS system ON system.area_code = area.icb_code
WHERE area.area_type = $level
ORDER BY area.feature_id
