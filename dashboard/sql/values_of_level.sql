-- One row per area of a level that has a value of an indicator. Parameters: $level, $indicator_id.
SELECT area.feature_id, area_value.value, area_value.national_rank
FROM area_value
JOIN area USING (area_code)
WHERE area_value.indicator_id = $indicator_id AND area.area_type = $level
ORDER BY area.feature_id
