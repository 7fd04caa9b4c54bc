-- Grain: one row per open GP practice of England (status A, prescribing setting 4, national grouping not Wales).
-- Parameters: none.
INSERT INTO staged_practice
SELECT
    practice.practice_code,
    practice.name,
    nullif(regexp_replace(upper(practice.postcode), '^\s*(\w+?)\s*(\w{3})\s*$', '\1 \2'), '') AS postcode,
    lists.patients AS registered_patients
FROM read_gp_practices AS practice
LEFT JOIN read_gp_practice_lists AS lists
    ON lists.practice_code = practice.practice_code AND lists.sex = 'ALL' AND lists.age = 'ALL'
WHERE practice.status IN ('A', 'ACTIVE')
    AND practice.prescribing_setting = '4'
    AND coalesce(practice.national_grouping, '') NOT LIKE 'W%'
