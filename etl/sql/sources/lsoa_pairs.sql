-- Grain: one row per pair of LSOAs of 2011 and 2021. Parameters: none.
INSERT INTO staged_pair
SELECT lsoa11_code, lsoa21_code, change FROM read_lsoa_pairs
