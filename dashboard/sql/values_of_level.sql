-- One row per area of a level and indicator that has a value: the indicator by its place in the alphabet, from 0.
-- Parameters: $level.
WITH numbered AS (
    SELECT indicator_id, row_number() OVER (ORDER BY indicator_id) - 1 AS number
    FROM indicator
)
SELECT numbered.number, area.feature_id, area_value.value, area_value.national_rank
FROM area_value
JOIN area USING (area_code)
JOIN numbered USING (indicator_id)
WHERE area.area_type = $level
