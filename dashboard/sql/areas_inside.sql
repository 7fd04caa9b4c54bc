-- One row per area of which every neighbourhood is one of those given. Parameters: $lsoa21_codes.
SELECT area_member.area_code
FROM area_member
GROUP BY area_member.area_code
HAVING bool_and(area_member.lsoa21_code IN (SELECT unnest($lsoa21_codes::VARCHAR[])))
ORDER BY area_member.area_code
