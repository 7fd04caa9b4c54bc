-- One row per month and indicator followed for an area. Parameters: $area_code.
SELECT trend.period, trend.indicator_id, indicator.name, indicator.unit, trend.value
FROM trend
JOIN indicator USING (indicator_id)
WHERE trend.area_code = $area_code
ORDER BY trend.period, indicator.position, trend.indicator_id
