-- One row per open practice and LSOA of 2021 in which patients of it live. A code of 2011 goes to the LSOAs that it
-- became, shared by their people where they are several; any other code is one of 2021.
INSERT INTO registered_patients
WITH became AS (
    SELECT
        pair.lsoa11_code AS lsoa_code,
        pair.lsoa21_code,
        place.population / sum(place.population) OVER (PARTITION BY pair.lsoa11_code) AS share
    FROM staged_pair AS pair
    JOIN neighbourhood AS place USING (lsoa21_code)
),
stayed AS (
    SELECT lsoa21_code AS lsoa_code, lsoa21_code, 1.0 AS share
    FROM neighbourhood
    WHERE lsoa21_code NOT IN (SELECT lsoa_code FROM became)
)
SELECT registered.practice_code, home.lsoa21_code, sum(registered.patients * home.share) AS patients
FROM staged_registered AS registered
JOIN practice ON practice.practice_code = registered.practice_code
JOIN (SELECT * FROM became UNION ALL SELECT * FROM stayed) AS home USING (lsoa_code)
GROUP BY registered.practice_code, home.lsoa21_code
ORDER BY registered.practice_code, home.lsoa21_code
