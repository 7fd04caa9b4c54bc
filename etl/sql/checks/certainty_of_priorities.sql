-- Every LSOA that has a priority has a certainty, and no other.
SELECT count(*)
FROM left_behind
FULL JOIN certainty USING (lsoa21_code)
WHERE left_behind.priority IS NULL OR certainty.rank_low IS NULL
