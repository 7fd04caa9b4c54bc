-- One row per practice and neighbourhood in which patients of it live: its number in the tiles, and how many.
SELECT patients.practice_code, place.feature_id, patients.patients
FROM registered_patients AS patients
JOIN neighbourhood AS place USING (lsoa21_code)
ORDER BY patients.practice_code, place.feature_id
