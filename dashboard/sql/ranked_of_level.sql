-- One row per indicator: how many areas of a level are ranked. Parameters: $level.
SELECT area_value.indicator_id, count(area_value.national_rank) AS ranked
FROM area_value
JOIN area USING (area_code)
WHERE area.area_type = $level
GROUP BY area_value.indicator_id
