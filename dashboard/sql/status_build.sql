-- The one row of this snapshot's build.
SELECT * FROM build
