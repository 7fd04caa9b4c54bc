-- Grain: one row per LSOA 2021 with residents, and age group; percentages of residents. Parameters: none.
INSERT INTO staged_value (lsoa21_code, indicator_id, value, origin)
WITH grouped AS (
    SELECT
        lsoa21_code,
        residents,
        coalesce(aged_65_to_69, aged_65 + aged_66_to_69) + aged_70_to_74 AS aged_65_to_74,
        aged_75_to_79 + aged_80_to_84 + aged_85_plus AS aged_75_plus
    FROM read_census_age
    WHERE residents > 0
)
SELECT lsoa21_code, indicator_id, value, 'published'
FROM (
    SELECT
        lsoa21_code,
        100.0 * aged_65_to_74 / residents AS share_65_74_2021,
        100.0 * aged_75_plus / residents AS share_75_plus_2021,
        100.0 * (aged_65_to_74 + aged_75_plus) / residents AS share_65_plus_2021
    FROM grouped
)
UNPIVOT (value FOR indicator_id IN (share_65_74_2021, share_75_plus_2021, share_65_plus_2021))
