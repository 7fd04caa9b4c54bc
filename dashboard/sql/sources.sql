-- One row per published source; those that were left out come last.
SELECT source_id, title, publisher, edition, licence, attribution, url, sha256, retrieved_at, "rows", status, note
FROM source
ORDER BY status = 'left_out', title
