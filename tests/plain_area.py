"""What the page of a neighbourhood says, worked out again from what was loaded, as one would by hand in pandas."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from pyproj import Transformer

from etl.settings import PROJECT

RECIPE, NEED = "digital_exclusion_2025", "imd_2025"


@dataclass(frozen=True)
class Plain:
    """A snapshot as tables: one row per neighbourhood, in order of its code.

    Parameters
    ----------
    values
        One column per indicator, as loaded.
    ranks
        1 = worst; the publisher's where it prints them, otherwise of the values.
    indicators
        By id: name, unit, polarity, domain, decimals.
    places
        population, icb_code, easting, northing.
    helpers
        Metres of every community asset that gives digital help and takes people.
    """

    values: pd.DataFrame
    ranks: pd.DataFrame
    indicators: pd.DataFrame
    places: pd.DataFrame
    helpers: np.ndarray

    def mean_over(self, codes: pd.Index) -> pd.Series:
        """Return the mean of every indicator over some neighbourhoods, by the people of those that have a value."""
        values, people = self.values.loc[codes], self.places.loc[codes, "population"]
        return values.mul(people, axis=0).sum() / values.notna().mul(people, axis=0).sum()

    def percent_of(self, ranks: pd.DataFrame) -> pd.DataFrame:
        """Return ceil(100 · rank / N), in whole numbers."""
        return -(-100 * (2 * ranks) // (2 * ranks.count()))


def read_plainly(snapshot: Path) -> Plain:
    """Return what a snapshot holds; ranks that no publisher gave are worked out anew."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        long = con.execute("SELECT lsoa21_code, indicator_id, value, national_rank, origin FROM indicator_value").df()
        indicators = con.execute("SELECT * FROM indicator ORDER BY position").df().set_index("indicator_id")
        places = con.execute("SELECT * EXCLUDE geometry FROM neighbourhood").df().set_index("lsoa21_code").sort_index()
        assets = con.execute("SELECT offers, state, lon, lat FROM asset WHERE lon IS NOT NULL").df()
    values = long.pivot(index="lsoa21_code", columns="indicator_id", values="value").reindex(places.index)
    printed = long[long["origin"] == "published"].pivot(
        index="lsoa21_code", columns="indicator_id", values="national_rank"
    )
    ranks = {}
    for key, column in values.items():
        polarity = indicators.loc[key, "polarity"]
        if key in printed and printed[key].notna().any():
            ranks[key] = printed[key].reindex(places.index)
        elif polarity != "neutral":
            method = "min" if str(key).startswith("thin_support") else "average"
            ranks[key] = column.rank(ascending=polarity == "higher_is_better", method=method)
    takes = ~assets["state"].isin(["paused", "full"])
    helps = assets["offers"].fillna("").str.split(";").map(lambda offers: "digital_help" in offers)
    lonlat = assets.loc[takes & helps, ["lon", "lat"]].to_numpy().T
    metres = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform(*lonlat)
    return Plain(values, pd.DataFrame(ranks), indicators, places, np.column_stack(metres))


def points_plainly(plain: Plain) -> pd.DataFrame:
    """Return the points that each input adds to the digital exclusion score, columns (component, indicator).

    What is missing in a place leaves its weight to the others of its component, and a component to the others.
    """
    recipe = tomllib.loads((PROJECT / "data" / "recipes" / f"{RECIPE}.toml").read_text(encoding="utf-8"))
    shares: dict[tuple[str, str], pd.Series] = {}
    there: dict[str, pd.Series] = {}
    for component in recipe["component"]:
        name, given = component["name"], {one["indicator_id"]: one["weight"] for one in component["input"]}
        given = {key: weight for key, weight in given.items() if key in plain.values}
        present = plain.values[list(given)].notna() * pd.Series(given)
        there[name] = (present.sum(axis=1) > 0) * component["weight"]
        for key in given:
            shares[name, key] = (present[key] / present.sum(axis=1)).fillna(0.0)
    whole = pd.DataFrame(there).sum(axis=1)
    points = {}
    for (name, key), share in shares.items():
        percentile = 100 * plain.values[key].rank() / plain.values[key].count()
        points[name, key] = percentile * share * there[name] / whole
    return pd.DataFrame(points)


def support_plainly(plain: Plain) -> pd.Series:
    """Return digital help within a walk, per 10,000 people, from every pair of neighbourhood and asset."""
    people = plain.places["population"].to_numpy(dtype=float)
    east, north = plain.places[["easting", "northing"]].to_numpy().T
    reached = np.zeros(len(people))
    for at in plain.helpers:
        walk = 1.3 * np.hypot(east - at[0], north - at[1])
        weight = np.select([walk <= 400, walk <= 800, walk <= 1600], [1.0, 0.68, 0.22], default=0.0)
        if weight.any():
            reached += weight / (people * weight).sum()
    return pd.Series(10_000 * reached, index=plain.places.index)


def likest_plainly(plain: Plain, *, code: str, figures: list[str], most: int = 5) -> pd.Series:
    """Return how far the neighbourhoods most like one are from it, in standard deviations, by code."""
    standard = (plain.values[figures] - plain.values[figures].mean()) / plain.values[figures].std(ddof=0)
    distance = ((standard - standard.loc[code]) ** 2).mean(axis=1, skipna=False) ** 0.5
    return distance.drop(code).dropna().sort_values(kind="stable").head(most)


def ranks_in_draws(plain: Plain, *, codes: list[str], count: int = 10_000, seed: int = 2025) -> np.ndarray:
    """Return the rank of some places in each of many ways of weighing need and the default recipe; shape (count, k).

    Weights come from gamma distributions around those chosen, as the program draws them from the same seed; all that
    follows is as docs/methods.md says it. Every input that is loaded must be there everywhere.
    """
    rng = np.random.default_rng(seed)
    recipe = tomllib.loads((PROJECT / "data" / "recipes" / f"{RECIPE}.toml").read_text(encoding="utf-8"))

    def draw(weights: list[float]) -> np.ndarray:
        drawn = rng.standard_gamma(24 * np.array(weights) / sum(weights), (count, len(weights)))
        return drawn / drawn.sum(axis=1, keepdims=True)

    pillars = draw([1, 1])
    others, strays = rng.integers(1, 4, count), rng.random(count) < 0.75
    scaling = np.where(strays, others, 0)
    components = draw([component["weight"] for component in recipe["component"]])
    weights, inputs = [], []
    for position, component in enumerate(recipe["component"]):
        given = draw([one["weight"] for one in component["input"]])
        is_loaded = [one["indicator_id"] in plain.values for one in component["input"]]
        loaded = given[:, is_loaded]
        weights.append(components[:, [position]] * loaded / loaded.sum(axis=1, keepdims=True))
        inputs += [one["indicator_id"] for one, there in zip(component["input"], is_loaded, strict=True) if there]
    shares = np.hstack(weights)
    columns = [plain.values[key].to_numpy() for key in inputs]
    scaled = [np.array([_on_scale(column, way, ranks=_mean_ranks(column)) for column in columns]) for way in range(4)]
    need = [_on_scale(plain.values[NEED].to_numpy(), way, ranks=plain.ranks[NEED].to_numpy()) for way in range(4)]
    at = [plain.values.index.get_loc(code) for code in codes]
    found = np.empty((count, len(codes)), dtype=np.int64)
    for number, way in enumerate(scaling):
        score = shares[number] @ scaled[way]
        ranks = np.empty(len(score))
        ranks[np.argsort(-score, kind="stable")] = np.arange(1, len(score) + 1)
        standing = _on_scale(score, way, ranks=ranks)
        priority = pillars[number, 0] * need[way] + pillars[number, 1] * standing
        for column, place in enumerate(at):
            before = np.count_nonzero(priority[:place] == priority[place])
            found[number, column] = 1 + np.count_nonzero(priority > priority[place]) + before
    return found


def _mean_ranks(values: np.ndarray) -> np.ndarray:
    return pd.Series(values).rank(ascending=False).to_numpy()


def _on_scale(values: np.ndarray, way: int, *, ranks: np.ndarray) -> np.ndarray:
    """Return values as percentiles (0), from least to greatest (1), in standard deviations (2), as the IMD does (3)."""
    if way == 1:
        return 100 * (values - values.min()) / (values.max() - values.min())
    if way == 2:
        return (values - values.mean()) / values.std()
    relative = (len(values) - ranks + 1) / len(values)
    return 100 * relative if way == 0 else -23 * np.log(1 - relative * (1 - np.exp(-100 / 23)))
