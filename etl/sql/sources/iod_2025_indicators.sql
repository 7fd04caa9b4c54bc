-- Grain: one row per LSOA and underlying indicator that has a value. Parameters: none.
INSERT INTO staged_value (lsoa21_code, indicator_id, value, origin)
SELECT lsoa21_code, indicator_id, value, 'published'
FROM read_iod_2025_indicators
UNPIVOT (value FOR indicator_id IN (
  broadband_2025,
  adult_skills_english_2025,
  travel_connectivity_2025,
  patients_per_gp_2025,
  acute_morbidity_2025,
  illness_disability_ratio_2025,
  mental_health_2025,
  years_life_lost_2025,
  higher_education_2025,
  overcrowding_2025,
  housing_affordability_2025,
  homelessness_2025
))
