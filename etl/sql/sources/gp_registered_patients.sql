-- Grain: one row per GP practice and LSOA (of 2011 or of 2021, as published) with patients of it, all sexes together.
-- Patients whose place is not known, or who live outside England, are left out. Parameters: none.
INSERT INTO staged_registered
SELECT practice_code, upper(lsoa_code) AS lsoa_code, sum(patients) AS patients
FROM read_gp_registered_patients
WHERE upper(sex) = 'ALL' AND upper(lsoa_code) LIKE 'E01%'
GROUP BY practice_code, upper(lsoa_code)
HAVING sum(patients) > 0
