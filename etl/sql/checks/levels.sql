-- Every level is there: England, ICB, sub-ICB location, district, ward, MSOA, LSOA.
SELECT 7 - count(DISTINCT area_type)
FROM area
WHERE area_type IN ('england', 'icb', 'sicbl', 'lad', 'ward', 'msoa', 'lsoa')
