-- Grain: one row, the id of this snapshot.
SELECT build_id FROM build
