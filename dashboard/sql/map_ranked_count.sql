-- Grain: one row, how many areas of a level have a rank on an indicator. Parameters: layer, indicator_id.
SELECT count(area_value.national_rank) AS ranked
FROM area_value
JOIN area USING (area_code)
WHERE area.area_type = $layer AND area_value.indicator_id = $indicator_id
