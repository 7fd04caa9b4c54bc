"""How sure the order of places is, and where places that come first lie side by side."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

# The indicator that says the same as `certainty.share_in_worst_tenth`, so that it is mapped as any other.
CERTAINTY_ID = "certainty_worst_tenth"
CLUSTER_KINDS = ("high_high", "low_low", "high_low", "low_high", "not_significant", "island")

CERTAINTY = Table(
    name="certainty",
    grain="One row per LSOA that has a priority: how sure its place in the order is, for the default question.",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column("rank_low", "INTEGER", "Rank at the 5% point of all draws, 1 = worst.", minimum=1),
        Column("rank_high", "INTEGER", "Rank at the 95% point of all draws.", minimum=1),
        Column(
            "share_in_worst_tenth",
            "DOUBLE",
            "Share of draws of weights and scalings that put it in England's worst tenth.",
            unit="share",
            minimum=0,
            maximum=1,
        ),
    ),
)

CLUSTER = Table(
    name="cluster",
    grain="One row per LSOA that is drawn and has a priority: how it stands among its neighbours (local Moran's I).",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column("kind", "VARCHAR", "Priority here, then around; an island has no neighbours.", values=CLUSTER_KINDS),
        Column("local_moran", "DOUBLE", "Local Moran's I of the priority.", is_optional=True),
        Column("p_value", "DOUBLE", "Pseudo p-value of 999 permutations.", is_optional=True, minimum=0, maximum=1),
        Column("cluster_id", "INTEGER", "Cluster of high-high LSOAs that touch; 1 has most people.", is_optional=True),
        Column("cluster_name", "VARCHAR", "Where that cluster is, in words.", is_optional=True),
    ),
)

NEIGHBOUR = Table(
    name="neighbour",
    grain="One row per LSOA and neighbour: two that share a border or a point, both ways round; drawn LSOAs only.",
    key=("lsoa21_code", "neighbour_code"),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column("neighbour_code", "VARCHAR", "LSOA beside it.", references="neighbourhood.lsoa21_code"),
    ),
)
