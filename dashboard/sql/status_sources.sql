-- One row per source, those left out included.
SELECT * FROM source ORDER BY title
