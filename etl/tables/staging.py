"""Tables that live only while a snapshot is built: what every source's `tidy` fills, whatever its file looked like."""

from __future__ import annotations

from etl.tables.declaration import Table
from etl.tables.staged_figures import STAGED_APPOINTMENTS, STAGED_VALUE, STAGED_VALUE_2011
from etl.tables.staged_places import (
    STAGED_BOUNDARY,
    STAGED_CENTROID,
    STAGED_HEALTH_LOOKUP,
    STAGED_MSOA_NAME,
    STAGED_PAIR,
    STAGED_POPULATION,
    STAGED_POPULATION_2011,
    STAGED_RURAL_URBAN,
    STAGED_WARD_LOOKUP,
)
from etl.tables.staged_points import STAGED_ASSET, STAGED_POSTCODE, STAGED_PRACTICE, STAGED_REGISTERED

STAGING: tuple[Table, ...] = (
    STAGED_BOUNDARY,
    STAGED_CENTROID,
    STAGED_HEALTH_LOOKUP,
    STAGED_WARD_LOOKUP,
    STAGED_PAIR,
    STAGED_MSOA_NAME,
    STAGED_RURAL_URBAN,
    STAGED_POPULATION,
    STAGED_POPULATION_2011,
    STAGED_VALUE,
    STAGED_VALUE_2011,
    STAGED_APPOINTMENTS,
    STAGED_POSTCODE,
    STAGED_PRACTICE,
    STAGED_REGISTERED,
    STAGED_ASSET,
)
