-- One row per indicator, in the order of lists, with whether neighbourhoods have values of it.
SELECT
    indicator.*,
    source.title AS source_title,
    EXISTS (FROM indicator_value WHERE indicator_value.indicator_id = indicator.indicator_id) AS has_values
FROM indicator
JOIN source USING (source_id)
ORDER BY indicator.position, indicator.indicator_id
