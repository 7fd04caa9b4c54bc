-- One row per month, indicator and area of a level that is followed. Parameters: $level.
SELECT trend.area_code, trend.period, trend.indicator_id, trend.value
FROM trend
JOIN area USING (area_code)
WHERE area.area_type = $level
ORDER BY trend.area_code, trend.indicator_id, trend.period
