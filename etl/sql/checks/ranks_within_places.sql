-- No rank is larger than the number of LSOAs that have a value for the indicator.
SELECT count(*)
FROM (
    SELECT indicator_id FROM indicator_value GROUP BY indicator_id HAVING max(national_rank) > count(*)
)
