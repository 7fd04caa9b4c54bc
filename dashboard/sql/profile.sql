-- One row per indicator: its value for an area beside its ICB's and England's.
-- Parameters: $area_code, $icb_code (empty when there is none), $england_code.
SELECT
    indicator.indicator_id,
    indicator.name,
    indicator.unit,
    indicator.polarity,
    indicator.domain,
    indicator.period,
    indicator.definition,
    indicator.caveat,
    indicator.decimals,
    here.value,
    here.national_rank,
    here.share_in_worst_fifth,
    system.value AS icb_value,
    england.value AS england_value,
    published.origin
FROM indicator
LEFT JOIN area_value AS here ON here.indicator_id = indicator.indicator_id AND here.area_code = $area_code
LEFT JOIN area_value AS system ON system.indicator_id = indicator.indicator_id AND system.area_code = $icb_code
LEFT JOIN area_value AS england ON england.indicator_id = indicator.indicator_id AND england.area_code = $england_code
LEFT JOIN indicator_value AS published
    ON published.indicator_id = indicator.indicator_id AND published.lsoa21_code = $area_code
WHERE here.value IS NOT NULL OR england.value IS NOT NULL
ORDER BY indicator.position, indicator.indicator_id
