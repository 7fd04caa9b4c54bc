-- Every indicator has values.
SELECT count(*)
FROM indicator
WHERE
    indicator_id NOT IN (SELECT indicator_id FROM indicator_value)
    AND indicator_id NOT IN (SELECT indicator_id FROM trend)
