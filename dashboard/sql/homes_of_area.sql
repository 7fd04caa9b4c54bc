-- One row: the ward that most neighbourhoods of an area are in, and the MSOA likewise. Parameters: $area_code.
SELECT mode(neighbourhood.ward_code) AS ward_code, mode(neighbourhood.msoa21_code) AS msoa21_code
FROM area_member
JOIN neighbourhood USING (lsoa21_code)
WHERE area_member.area_code = $area_code
