-- Grain: one row per area of a level that has a value. The key grows from worst to best: the national rank, or, for an
-- indicator without a worse direction, the value from the highest down. Parameters: layer, indicator_id.
SELECT area.feature_id, coalesce(area_value.national_rank, -area_value.value) AS worst_first
FROM area_value
JOIN area USING (area_code)
WHERE area.area_type = $layer AND area_value.indicator_id = $indicator_id
ORDER BY area.feature_id
