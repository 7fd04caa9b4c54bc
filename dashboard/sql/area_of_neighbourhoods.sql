-- One row per LSOA, in order of feature_id: the area of a level that it is in. Parameters: $level.
SELECT part.feature_id AS lsoa_feature_id, whole.feature_id
FROM area AS part
JOIN area_member ON area_member.lsoa21_code = part.area_code
JOIN area AS whole ON whole.area_code = area_member.area_code
WHERE part.area_type = 'lsoa' AND whole.area_type = $level
ORDER BY part.feature_id
