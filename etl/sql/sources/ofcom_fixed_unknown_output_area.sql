-- The first output area of the coverage file that the look-up does not know, if any. Parameters: none.
SELECT min(oa21_code)
FROM read_ofcom_fixed
WHERE oa21_code NOT IN (SELECT oa21_code FROM read_ofcom_output_areas)
HAVING count(*) > 0
