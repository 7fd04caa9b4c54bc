-- Grain: one row per entry published in a register that is a SQLite file, public columns only; its point is empty when
-- it has only a service area. Parameters: path, table_name.
INSERT INTO staged_asset (asset_id, name, kind, offers, state, lon, lat, lsoa21_code)
SELECT
    asset_id, name, kind, nullif(offers, ''), nullif(availability, ''), lon, lat, nullif(lsoa21_code, '')
FROM sqlite_scan($path, $table_name)
ORDER BY asset_id
