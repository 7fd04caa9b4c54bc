-- Grain: one row per indicator asked for that has a value in one area. Parameters: area_code, indicator_ids.
SELECT
    indicator.indicator_id,
    indicator.name,
    indicator.unit,
    indicator.decimals,
    indicator.polarity,
    area_value.value,
    area_value.national_rank
FROM area_value
JOIN indicator USING (indicator_id)
WHERE area_value.area_code = $area_code AND list_contains($indicator_ids, indicator.indicator_id)
ORDER BY list_position($indicator_ids, indicator.indicator_id)
