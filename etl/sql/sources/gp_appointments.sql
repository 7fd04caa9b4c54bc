-- Grain: one row per CCG or sub-ICB location, month and mode. Parameters: none.
INSERT INTO staged_appointments
SELECT
    ods_code,
    max(ons_code) AS ons_code,
    max(name) AS name,
    strftime(strptime(month, '%b%Y'), '%Y-%m') AS period,
    CASE mode
        WHEN 'Face-to-Face' THEN 'face_to_face'
        WHEN 'Telephone' THEN 'telephone'
        WHEN 'Home Visit' THEN 'home_visit'
        WHEN 'Unknown' THEN 'unknown'
        ELSE 'video_online'
    END AS mode,
    sum(appointments)::BIGINT AS appointments
FROM read_gp_appointments
GROUP BY ALL
