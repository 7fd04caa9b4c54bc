-- An indicator that has a value in some LSOA has one for England.
SELECT count(DISTINCT indicator_id)
FROM indicator_value
WHERE indicator_id NOT IN (SELECT indicator_id FROM area_value WHERE area_code = 'E92000001')
