-- Grain: one row per LSOA of 2011. Parameters: none.
INSERT INTO staged_population_2011 (lsoa11_code, population)
SELECT lsoa11_code, population FROM read_iod_2019_population
