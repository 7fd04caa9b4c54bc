-- One row per pair of an LSOA of 2011 that has changed and one of 2021 that it became.
SELECT lsoa11_code, lsoa21_code, change, lsoa11_population
FROM lsoa_pair
WHERE change != 'U'
ORDER BY lsoa11_code, lsoa21_code
