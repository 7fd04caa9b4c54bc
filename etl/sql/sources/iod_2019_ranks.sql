-- Grain: one row per LSOA of 2011 and index or domain of IoD 2019; the value is the rank. Parameters: none.
INSERT INTO staged_value_2011 (lsoa11_code, indicator_id, value)
SELECT lsoa11_code, indicator_id, value
FROM read_iod_2019_ranks
UNPIVOT (value FOR indicator_id IN (
  imd_2019,
  income_2019,
  employment_2019,
  education_2019,
  health_2019,
  crime_2019,
  barriers_2019,
  living_environment_2019
))
