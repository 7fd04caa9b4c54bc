"""Made-up community assets: a few hundred groups and places, more of some kinds where they are needed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pyproj import Transformer

from etl.demo.files import write_csv
from etl.demo.people import People
from etl.demo.places import Places
from etl.demo.plan import DATA, FloatArray, read_words

ROUGH_M = 1_000
A_YEAR = 365
REFERRALS = ("self", "self;link_worker", "self;gp;link_worker", "self;community_group")


def write_assets(
    *, folder: Path, places: Places, people: People, postcodes: pd.DataFrame, rng: np.random.Generator
) -> None:
    """Write `community_assets.csv`: some entries are stale, unchecked, rough, full, paused or without a position."""
    settings = tomllib.loads((DATA / "assets.toml").read_text(encoding="utf-8"))
    rows = list(_draw_assets(settings, places, people, postcodes, rng))
    write_csv(frame=pd.DataFrame(rows), path=folder / "community_assets.csv")


def _draw_assets(
    settings: dict[str, Any], places: Places, people: People, postcodes: pd.DataFrame, rng: np.random.Generator
) -> Iterator[dict[str, object]]:
    streets = read_words()["addresses"]["street"]
    to_lon_lat = Transformer.from_crs(27700, 4326, always_xy=True)
    taken: set[str] = set()
    more = rng.spawn(1)[0]
    number = 0
    for kind in settings["kind"]:
        weight = _weight(kind["where"], places, people)
        # One postcode serves one asset: weights pass from a neighbourhood to each of its postcodes.
        share = weight[postcodes["place"]]
        for at in rng.choice(len(postcodes), size=kind["count"], replace=False, p=share / share.sum()).tolist():
            number += 1
            home = postcodes.iloc[at]
            place = places.frame.iloc[home["place"]]
            name = _name(kind["names"], str(place["local_name"]), taken, rng)
            is_rough = bool(rng.random() < settings["rough_share"])
            is_placed = bool(rng.random() >= settings["unplaced_share"])
            grid = ROUGH_M if is_rough else 1
            lon, lat = to_lon_lat.transform(round(home["easting"] / grid) * grid, round(home["northing"] / grid) * grid)
            who = _choose(settings["who"], rng)
            offers = [*_offers(kind, rng), *_some(kind["also"], share=0.4, rng=more)]
            yield {
                "asset_id": f"demo-{number:04d}",
                "name": name,
                "kind": kind["kind"],
                "description": kind["description"],
                "offers": ";".join(dict.fromkeys(offers)),
                "audiences": who["audience"],
                "referral": str(rng.choice(REFERRALS)),
                "state": str(_choose(settings["state"], rng)["text"]),
                "meets": ";".join(kind["meets"]),
                "opening_hours": str(more.choice(kind["hours"])),
                "accessibility": ";".join(_some(kind["accessibility"], share=settings["access_share"], rng=more)),
                "is_free": "yes" if more.random() < settings["free_share"] else "",
                "organisation": kind["organisation"].format(place=place["local_name"], district=place["lad_name"]),
                "organisation_sort": kind["organisation_sort"],
                "address": f"{rng.integers(1, 90)} {rng.choice(streets['first'])} {rng.choice(streets['last'])}",
                "postcode": home["postcode"],
                "lon": round(lon, 6) if is_placed else None,
                "lat": round(lat, 6) if is_placed else None,
                "is_approximate": "yes" if is_rough else "no",
                # Telephone numbers that Ofcom keeps for drama, and a domain that the IETF keeps for examples.
                "phone": f"01632 960{number % 1000:03d}" if rng.random() < 0.7 else "",  # noqa: PLR2004
                "website": f"https://demo-{number:04d}.example.org" if rng.random() < 0.45 else "",  # noqa: PLR2004
                "confirmed_on": _confirmed(settings, rng, more),
            }


def _weight(where: str, places: Places, people: People) -> FloatArray:
    """Return how likely each neighbourhood is to have an asset of a kind."""
    kind = places.frame["kind"]
    is_country = kind.isin(["country", "village"]).to_numpy()
    factors: dict[str, FloatArray] = {
        "even": np.ones(len(kind)),
        "needy": np.exp(0.7 * people.deprivation),
        "coast": np.exp(1.1 * people.age),
        "country": is_country.astype(np.float64),
    }
    return people.population * factors[where]


def _name(patterns: list[str], place: str, taken: set[str], rng: np.random.Generator) -> str:
    """Return a name nobody has; a group in the same place as its namesake gets a number."""
    plain = str(rng.choice(patterns)).format(place=place)
    name = next(one for one in (plain, *(f"{plain} {more}" for more in range(2, 99))) if one not in taken)
    taken.add(name)
    return name


def _offers(kind: dict[str, Any], rng: np.random.Generator) -> list[str]:
    return [offer for place, offer in enumerate(kind["offers"]) if place < kind["always"] or rng.random() < 0.4]  # noqa: PLR2004


def _some(choices: list[str], *, share: float, rng: np.random.Generator) -> list[str]:
    return [one for one in choices if rng.random() < share]


def _choose(choices: list[dict[str, Any]], rng: np.random.Generator) -> dict[str, Any]:
    return choices[int(rng.choice(len(choices), p=[one["share"] for one in choices]))]


def _confirmed(settings: dict[str, Any], rng: np.random.Generator, more: np.random.Generator) -> str:
    """Return the day an entry was confirmed, or nothing for one that nobody has confirmed."""
    days = int(rng.integers(settings["confirmed_days"]))
    late = A_YEAR + int(rng.integers(A_YEAR)) if rng.random() < settings["stale_share"] else 0
    first: date = settings["confirmed_from"]
    return "" if more.random() < settings["unchecked_share"] else (first + timedelta(days=days - late)).isoformat()
