-- One row: how many published assets there are.
SELECT count(*) AS assets FROM asset
