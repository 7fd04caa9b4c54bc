-- Grain: one row per LSOA 2021. Parameters: none.
INSERT INTO staged_population (lsoa21_code, population)
SELECT lsoa21_code, residents FROM read_census_age
