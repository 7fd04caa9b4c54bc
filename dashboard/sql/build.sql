-- One row: this snapshot.
SELECT build_id, built_at, version, area, area_name, is_demo, lookup_vintage
FROM build
