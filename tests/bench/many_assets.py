"""A register of very many made-up assets, spread over the neighbourhoods of a snapshot as people are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from pyproj import Transformer

from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Availability, Place, Precision, Trust
from dashboard.register.register import Register
from dashboard.register.taxonomy import read_taxonomy
from dashboard.warehouse import open_warehouse

SEED = 20_251_121
# An LSOA has some 1,700 people; most of what is near it lies within this many metres of its middle.
SPREAD_M = 600.0
AT_ONCE = 10_000
STATES = (Availability.OPEN, Availability.UNKNOWN, Availability.WAITING_LIST, Availability.FULL, Availability.PAUSED)
HOURS = ("", "Mo-Fr 09:00-17:00", "We 11:00-14:00", "Mo-Su 08:00-20:00", "Sa 10:00-12:00")


class SaidPlaces:
    """A geography that takes every entry at its word, so that filling a register is quick."""

    def lsoa_of(self, place: Place) -> str:
        """Return what the place says."""
        return place.lsoa21_code

    def lsoas_of(self, places: Sequence[Place]) -> Sequence[str]:
        """Return what the places say."""
        return [place.lsoa21_code for place in places]

    def centroid_of(self, lsoa21_code: str) -> tuple[float, float] | None:  # noqa: ARG002
        """Return nothing: no place here is rough."""
        return None

    def areas_of(self, lsoa21_code: str) -> frozenset[str]:
        """Return the LSOA alone."""
        return frozenset({lsoa21_code} - {""})


def make_register(path: Path, *, snapshot: Path, count: int) -> Register:
    """Return a new register of `count` published entries."""
    register = Register(f"sqlite:///{path}", geography=SaidPlaces())
    assets = make_assets(snapshot, count=count)
    for first in range(0, count, AT_ONCE):
        register.entries.bring_in(assets[first : first + AT_ONCE], actor=local_actor())
    return register


def make_assets(snapshot: Path, *, count: int) -> list[Asset]:
    """Return made-up assets; the same count gives the same ones."""
    rng = np.random.default_rng(SEED)
    homes = open_warehouse(snapshot).table("neighbourhood").select("lsoa21_code", "easting", "northing", "population")
    frame: pd.DataFrame = homes.df().sort_values("lsoa21_code")
    share = frame["population"].to_numpy(dtype=np.float64)
    home = rng.choice(len(frame), size=count, p=share / share.sum())
    grid = frame[["easting", "northing"]].to_numpy()[home] + rng.normal(0, SPREAD_M, (count, 2))
    lon, lat = Transformer.from_crs(27700, 4326, always_xy=True).transform(grid[:, 0], grid[:, 1])
    lsoa = frame["lsoa21_code"].to_numpy()[home]
    taxonomy = read_taxonomy()
    kinds, offers, referral = (
        np.array([term.term_id for term in taxonomy.choices(facet)]) for facet in ("kinds", "offers", "referral")
    )
    today = datetime.now(UTC).date()
    return [
        Asset(
            asset_id=f"many-{i}",
            name=f"Group {i} of {lsoa[i]}",
            kind=str(rng.choice(kinds)),
            offers=tuple(rng.choice(offers, size=rng.integers(1, 4), replace=False).tolist()),
            referral=tuple(rng.choice(referral, size=rng.integers(1, 3), replace=False).tolist()),
            availability=STATES[rng.integers(len(STATES))],
            opening_hours=HOURS[rng.integers(len(HOURS))],
            place=Place(
                precision=Precision.EXACT, lon=round(lon[i], 6), lat=round(lat[i], 6), lsoa21_code=str(lsoa[i])
            ),
            trust=_trust(today, days=int(rng.integers(900))),
        )
        for i in range(count)
    ]


def _trust(today: date, *, days: int) -> Trust:
    """Return when an entry was confirmed; one in three was never."""
    if days % 3 == 0:
        return Trust()
    on = today - timedelta(days=days)
    return Trust(confirmed_on=on, confirmed_by="Demo Council", next_check_due=on + timedelta(days=365))
