-- One row per published asset, in order of its id.
SELECT asset_id, name, kind
FROM asset
ORDER BY asset_id
