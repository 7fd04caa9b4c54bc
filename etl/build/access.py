"""How well each neighbourhood is served by the community assets around it, for every group of them."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl import geometry
from etl.build.figures import Figures
from etl.build.places import Places
from etl.build.rows import insert_rows, number_or_null, read_columns, words_at
from etl.build.scores import OWN_SOURCE
from etl.build.shapes import Shapes
from etl.methods.access import Access, measure_access
from etl.methods.arrays import BoolArray, FloatArray
from etl.methods.ranking import decile, rank_worst_first
from etl.sources.spec import Indicator
from etl.tables.support import ANY_ASSET, CLOSED_STATES, DIGITAL_HELP, KIND_PREFIX

PER_PEOPLE = 10_000
THIN_SUPPORT = Indicator(
    indicator_id=f"thin_support_{DIGITAL_HELP}",
    name="Places to get help online",
    unit=f"per {PER_PEOPLE:,} people",
    polarity="higher_is_better",
    domain="Support",
    period="As in the register when this was put together",
    definition=(
        "Community assets that help people get online and are within 1.6 km on foot, each shared among everybody who "
        "can reach it and counting less from further away (enhanced two-step floating catchments, Luo and Qi 2009). "
        "Assets that are paused or full are left out."
    ),
    caveat=(
        "It knows only what is in the register: few assets may mean that few have been added yet. Walks are straight "
        "lines times 1.3. Every neighbourhood with none in reach shares rank 1."
    ),
    decimals=2,
)


def store_access(con: duckdb.DuckDBPyConnection, *, places: Places, shapes: Shapes) -> FloatArray | None:
    """Fill `access` for every group that has an asset, and return the E2SFCA of those that give digital help.

    An asset that is paused or full helps nobody new and counts as no supply. Without any asset in the register
    nothing is known of support, and None is returned: that is not the same as no support.
    """
    columns = read_columns(con.execute("SELECT kind, offers, state, lon, lat FROM asset ORDER BY asset_id"))
    is_counted = ~np.isnan(columns["lon"].astype(np.float64))
    if not is_counted.any():
        return None
    is_counted &= ~np.isin(columns["state"].astype(str), CLOSED_STATES)
    lonlat = np.column_stack([columns["lon"], columns["lat"]]).astype(np.float64)[is_counted]
    points = geometry.from_lonlat(lonlat)
    groups = group_members(columns["kind"][is_counted], columns["offers"][is_counted])
    measured = {
        group: measure_access(origins=shapes.points, population=places.population, assets=points[is_member])
        for group, is_member in groups.items()
    }
    insert_rows(
        con, "access", pa.concat_tables(_rows(places.lsoa, group, access) for group, access in measured.items())
    )
    return measured[DIGITAL_HELP].e2sfca


def group_members(kinds: NDArray[np.object_], offers: NDArray[np.object_]) -> dict[str, BoolArray]:
    """Return which assets belong to each group that has any, shape (n,); `any` and digital help are always there."""
    members: dict[str, list[int]] = {ANY_ASSET: list(range(len(kinds))), DIGITAL_HELP: []}
    for place, (kind, offered) in enumerate(zip(kinds, offers, strict=True)):
        members.setdefault(f"{KIND_PREFIX}{kind}", []).append(place)
        for offer in filter(None, str(offered or "").split(";")):
            members.setdefault(offer, []).append(place)
    return {group: _mask(members[group], size=len(kinds)) for group in sorted(members)}


def add_thin_support(figures: Figures, *, served: FloatArray | None) -> None:
    """Add the support that gives digital help to the figures, so that it is mapped and ranked as any other.

    Where most have nothing in reach, mean ranks would leave nobody among the worst: equal ones share the worst rank.
    """
    if served is None:
        return
    # The sums of two builds can differ in their last bits; twelve digits decide whether two are equal.
    values = np.round(PER_PEOPLE * served, 12)
    ranks = rank_worst_first(values, polarity=THIN_SUPPORT.polarity, ties="worst")
    figures.append_ranked(THIN_SUPPORT, OWN_SOURCE, "modelled", values=values, ranks=ranks, deciles=decile(ranks))


def _mask(places: list[int], *, size: int) -> BoolArray:
    mask = np.zeros(size, dtype=np.bool_)
    mask[places] = True
    return mask


def _rows(lsoa: NDArray[np.str_], group: str, access: Access) -> pa.Table:
    nearest_m = np.where(np.isfinite(access.nearest_m), access.nearest_m, np.nan)
    return pa.table(
        {
            "lsoa21_code": words_at(lsoa, np.arange(len(lsoa))),
            "asset_group": words_at(np.array([group]), np.zeros(len(lsoa), dtype=np.int64)),
            "nearest_m": number_or_null(nearest_m),
            "count_within_800m": access.count_within_800m.astype(np.int32),
            "count_within_1600m": access.count_within_1600m.astype(np.int32),
            "e2sfca": access.e2sfca,
        }
    )
