-- One row per open practice, at its postcode where that is known.
INSERT INTO practice
SELECT
    practice.practice_code,
    practice.name,
    practice.postcode,
    postcode.easting,
    postcode.northing,
    postcode.lsoa21_code,
    practice.registered_patients
FROM staged_practice AS practice
LEFT JOIN postcode ON postcode.postcode = practice.postcode
ORDER BY practice.practice_code
