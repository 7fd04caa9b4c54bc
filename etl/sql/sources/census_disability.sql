-- Grain: one row per LSOA 2021, the percentage of residents who are disabled. Parameters: none.
INSERT INTO staged_value (lsoa21_code, indicator_id, value, origin)
SELECT lsoa21_code, 'share_disabled_2021', 100.0 * disabled / residents, 'published'
FROM read_census_disability
