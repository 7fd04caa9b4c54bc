-- One row per open GP practice, with the point of its postcode in metres where that is known.
SELECT practice_code, name, easting, northing, registered_patients
FROM practice
ORDER BY practice_code
