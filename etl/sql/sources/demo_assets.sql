-- Grain: one row per made-up asset; its position is empty when only its address is known. Parameters: none.
INSERT INTO staged_asset (asset_id, name, kind, offers, state, lon, lat)
SELECT asset_id, name, kind, offers, state, lon, lat
FROM read_demo_assets
