-- Grain: one row per LSOA of 2011 and score or component of DERI v1.6. Parameters: none.
INSERT INTO staged_value_2011 (lsoa11_code, indicator_id, value)
SELECT lsoa11_code, indicator_id, value
FROM read_deri_v1_6
UNPIVOT (value FOR indicator_id IN (
  deri_score_v1_6,
  deri_broadband_v1_6,
  deri_demography_v1_6,
  deri_deprivation_v1_6,
  deri_health_access_v1_6,
  depahri_score_v1_6
))
