-- Grain: one row per entry published in a register that is a PostgreSQL database, public columns only; its point is
-- empty when it has only a service area. Parameters: url, table_name.
INSERT INTO staged_asset (asset_id, name, kind, offers, state, lon, lat, lsoa21_code)
SELECT
    asset_id, name, kind, nullif(offers, ''), nullif(availability, ''), lon, lat, nullif(lsoa21_code, '')
FROM postgres_scan($url, 'public', $table_name)
ORDER BY asset_id
