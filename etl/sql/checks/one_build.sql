-- There is one build row.
SELECT abs(count(*) - 1) FROM build
