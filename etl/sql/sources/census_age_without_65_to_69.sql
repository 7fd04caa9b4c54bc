-- One number: LSOAs whose residents aged 65 to 69 are counted in neither form. Parameters: none.
SELECT count(*) FROM read_census_age WHERE coalesce(aged_65_to_69, aged_65 + aged_66_to_69) IS NULL
