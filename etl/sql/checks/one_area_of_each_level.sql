-- Every LSOA is in exactly one ward, MSOA, district, sub-ICB location and ICB, in England and in itself.
SELECT $neighbourhoods * 7 - count(*) FILTER (WHERE memberships = 1)
FROM (
    SELECT member.lsoa21_code, area.area_type, count(*) AS memberships
    FROM area_member AS member
    JOIN area ON area.area_code = member.area_code
    GROUP BY member.lsoa21_code, area.area_type
)
