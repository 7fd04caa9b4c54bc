-- One row per indicator, in the order of the alphabet.
SELECT indicator_id
FROM indicator
ORDER BY indicator_id
