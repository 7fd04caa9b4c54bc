-- Share of appointments by mode, month by month, for each sub-ICB location, each ICB and England, out of those whose
-- mode is known. Counts of merged CCGs add up through the NHS code that a sub-ICB location took over from its CCG.
INSERT INTO trend
WITH located AS (
    SELECT place.sicbl_code, place.icb_code, counted.period, counted.mode, counted.appointments
    FROM staged_appointments AS counted
    JOIN (SELECT DISTINCT sicbl_ods_code, sicbl_code, icb_code FROM place) AS place
        ON place.sicbl_ods_code = counted.ods_code
    WHERE counted.mode != 'unknown'
),
summed AS (
    SELECT area_code, period, mode, sum(appointments) AS appointments
    FROM (
        SELECT sicbl_code AS area_code, period, mode, appointments FROM located
        UNION ALL SELECT icb_code, period, mode, appointments FROM located
        UNION ALL SELECT 'E92000001', period, mode, appointments FROM located
    )
    GROUP BY area_code, period, mode
)
SELECT
    area_code,
    'appointments_' || mode AS indicator_id,
    period,
    100.0 * appointments / sum(appointments) OVER (PARTITION BY area_code, period) AS value
FROM summed
ORDER BY indicator_id, area_code, period
