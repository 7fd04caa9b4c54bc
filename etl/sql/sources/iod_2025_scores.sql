-- Grain: one row per LSOA and index, domain or sub-domain of IoD 2025 that has a score. Parameters: none.
INSERT INTO staged_value (lsoa21_code, indicator_id, value, national_rank, decile, origin)
SELECT lsoa21_code, indicator_id, value, national_rank, decile, 'published'
FROM read_iod_2025_scores
UNPIVOT ((value, national_rank, decile) FOR indicator_id IN (
  (imd_score, imd_rank, imd_decile) AS 'imd_2025',
  (income_score, income_rank, income_decile) AS 'income_2025',
  (employment_score, employment_rank, employment_decile) AS 'employment_2025',
  (education_score, education_rank, education_decile) AS 'education_2025',
  (health_score, health_rank, health_decile) AS 'health_2025',
  (crime_score, crime_rank, crime_decile) AS 'crime_2025',
  (barriers_score, barriers_rank, barriers_decile) AS 'barriers_2025',
  (living_environment_score, living_environment_rank, living_environment_decile) AS 'living_environment_2025',
  (idaci_score, idaci_rank, idaci_decile) AS 'idaci_2025',
  (idaopi_score, idaopi_rank, idaopi_decile) AS 'idaopi_2025',
  (children_young_people_score, children_young_people_rank, children_young_people_decile) AS 'children_young_people_2025',
  (adult_skills_subdomain_score, adult_skills_subdomain_rank, adult_skills_subdomain_decile) AS 'adult_skills_subdomain_2025',
  (geographical_barriers_score, geographical_barriers_rank, geographical_barriers_decile) AS 'geographical_barriers_2025',
  (wider_barriers_score, wider_barriers_rank, wider_barriers_decile) AS 'wider_barriers_2025',
  (indoors_score, indoors_rank, indoors_decile) AS 'indoors_2025',
  (outdoors_score, outdoors_rank, outdoors_decile) AS 'outdoors_2025'
))
WHERE value IS NOT NULL
