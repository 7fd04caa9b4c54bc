-- One row per pair of an LSOA of 2011 and one of 2021, with the people of the old one where they are known.
INSERT INTO lsoa_pair
SELECT pair.lsoa11_code, pair.lsoa21_code, pair.change, people.population AS lsoa11_population
FROM staged_pair AS pair
JOIN neighbourhood USING (lsoa21_code)
LEFT JOIN staged_population_2011 AS people ON people.lsoa11_code = pair.lsoa11_code
ORDER BY pair.lsoa11_code, pair.lsoa21_code
