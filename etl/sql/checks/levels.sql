-- Every level is there: England, ICB, sub-ICB location, district, ward, MSOA, LSOA.
SELECT abs(count(DISTINCT area_type) - 7) FROM area
