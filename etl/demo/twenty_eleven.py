"""The neighbourhoods of 2011 behind those of 2021: most unchanged, some split, merged or redrawn, and their figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.demo.indices import DOMAINS, Indices
from etl.demo.people import People, standardise
from etl.demo.places import Places
from etl.demo.plan import FloatArray, IntArray
from etl.demo.ranking import combine_domains, rank_worst_first

SPLITS, MERGERS, IRREGULARS = 26, 11, 2
FIRST_OLD_NUMBER = 909_001
DRIFT = 0.22  # how much a neighbourhood's standing moved between editions, in standard deviations


@dataclass(frozen=True)
class Before:
    """LSOAs of 2011: `frame` has one row each (code, name, district), `pairs` one per pair with one of 2021.

    `ranks` holds the ranks of 2019 (imd and the domains); `deri` the components of the Digital Exclusion Risk Index.
    """

    frame: pd.DataFrame
    pairs: pd.DataFrame
    population: IntArray
    children: IntArray
    older_60_plus: IntArray
    ranks: dict[str, IntArray]
    deri: dict[str, FloatArray]


def draw_before(*, places: Places, people: People, indices: Indices, rng: np.random.Generator) -> Before:
    """Return the LSOAs of 2011 and what was published about them."""
    pairs = _draw_pairs(places, rng)
    codes = pairs["lsoa11_code"].drop_duplicates().sort_values().to_numpy()
    old = np.searchsorted(codes, pairs["lsoa11_code"].to_numpy())
    new = pairs["place"].to_numpy()
    weight = people.population[new].astype(np.float64)

    def carry(values: FloatArray) -> FloatArray:
        summed = np.bincount(old, weight * values[new], minlength=len(codes))
        carried: FloatArray = summed / np.bincount(old, weight, minlength=len(codes))
        return carried

    def drift() -> FloatArray:
        moved: FloatArray = DRIFT * rng.normal(size=len(codes))
        return moved

    share = 1 / pairs.groupby("place")["place"].transform("size").to_numpy(np.float64)
    population = np.rint(np.bincount(old, weight * share, minlength=len(codes)) * rng.normal(0.96, 0.02, len(codes)))
    ranks = {
        domain: rank_worst_first(standardise(carry(_trait(indices.ranks[domain]))) + drift()) for domain in DOMAINS
    }
    first = pairs.drop_duplicates("lsoa11_code").sort_values("lsoa11_code")
    return Before(
        frame=first[["lsoa11_code", "lsoa11_name", "lad_code", "lad_name"]].reset_index(drop=True),
        pairs=pairs,
        population=population.astype(np.int64),
        children=np.rint(carry(people.children / people.population) * population).astype(np.int64),
        older_60_plus=np.rint(carry(people.older.sum(axis=1) / people.population) * 1.3 * population).astype(np.int64),
        ranks=ranks | {"imd": rank_worst_first(combine_domains(ranks))},
        deri={
            "broadband": 3.6 + 0.5 * carry(standardise(indices.slow_broadband)) + 0.3 * drift(),
            "demography": 2.85 + 0.8 * carry(people.age) + 0.15 * carry(people.deprivation) + 0.4 * drift(),
            "deprivation": np.exp(0.85 + 0.45 * carry(people.deprivation) + 0.3 * drift()),
            "health_access": np.exp(0.02 + 0.45 * carry(people.rural) + 0.8 * drift()),
        },
    )


def _trait(ranks: IntArray) -> FloatArray:
    """Return a trait in standard deviations, higher for worse ranks (the logistic quantile, near enough normal)."""
    share = (len(ranks) - ranks + 0.5) / len(ranks)
    trait: FloatArray = np.log(share / (1 - share))
    return trait


def _draw_pairs(places: Places, rng: np.random.Generator) -> pd.DataFrame:
    """Return the pairs, CHGIND as the ONS writes it, in order of the new code.

    Changes are drawn within MSOAs, each in an MSOA of its own, so that no two of them touch the same place.
    """
    frame = places.frame
    codes = (f"E01{number}" for number in range(FIRST_OLD_NUMBER, 1_000_000))
    change = {place: [(code, name, "U")] for place, code, name in frame[["lsoa21_code", "lsoa21_name"]].itertuples()}
    groups = list(frame.groupby("msoa21_code").indices.values())
    chosen = iter(rng.permutation(len(groups)))

    def old(place: int, letter: str, kind: str) -> tuple[str, str, str]:
        return next(codes), f"{frame['msoa21_name'].iloc[place]}{letter}", kind

    for _ in range(SPLITS):
        first, second = _neighbours(groups[next(chosen)], places)
        change[first] = change[second] = [old(first, "F", "S")]
    for _ in range(MERGERS):
        first, _ = _neighbours(groups[next(chosen)], places)
        change[first] = [old(first, "G", "M"), old(first, "H", "M")]
    for _ in range(IRREGULARS):
        first, second = _neighbours(groups[next(chosen)], places)
        shared = old(first, "J", "X")
        change[first], change[second] = [shared], [shared, old(second, "K", "X")]
    rows = [(place, *pair) for place, pairs in change.items() for pair in pairs]
    pairs = pd.DataFrame(rows, columns=["place", "lsoa11_code", "lsoa11_name", "change"])
    return pairs.join(frame[["lsoa21_code", "lsoa21_name", "lad_code", "lad_name"]], on="place")


def _neighbours(group: IntArray, places: Places) -> tuple[int, int]:
    """Return the first two neighbourhoods of a group that border each other."""
    ties = places.graph[group][:, group].tocoo()
    return int(group[ties.row[0]]), int(group[ties.col[0]])
