-- One row per published asset in an area. Parameters: $area_code.
SELECT asset.name, asset.kind, asset.lsoa21_code, area.name AS place
FROM asset
JOIN area_member USING (lsoa21_code)
JOIN area ON area.area_code = asset.lsoa21_code
WHERE area_member.area_code = $area_code
ORDER BY asset.kind, asset.name, asset.asset_id
