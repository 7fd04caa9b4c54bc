"""Who lives in the made-up places: how many, how old, how well off, and why it differs from place to place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from etl.demo.places import Places
from etl.demo.plan import FloatArray, IntArray

# How deprived, how old and how short of qualifications people tend to be, in standard deviations.
DEPRIVATION = {
    "city": 0.45, "port": 1.05, "seaside": 0.55, "pit": 0.75, "new": 0.1,
    "market": -0.3, "commuter": -1.1, "village": -0.5, "country": -0.75,
}  # fmt: skip
AGE = {
    "city": -0.75, "port": -0.2, "seaside": 1.0, "pit": 0.05, "new": -0.7,
    "market": 0.25, "commuter": 0.1, "village": 0.6, "country": 0.75,
}  # fmt: skip
SKILLS_GAP = {
    "city": -0.1, "port": 1.1, "seaside": 0.2, "pit": 0.7, "new": 0.2,
    "market": -0.1, "commuter": -0.6, "village": -0.3, "country": -0.3,
}  # fmt: skip
INNER_CITY = 1.3
UNIVERSITY = (0.35, 0.30, 0.30)  # east and north of the city's middle, and how far it reaches, in radii of the city
OLDER_BANDS = (0.055, 0.205, 0.265, 0.225, 0.135, 0.115)  # 65, 66 to 69, 70 to 74, 75 to 79, 80 to 84, 85 and over
PEOPLE_RANGE = (1_000, 3_000)


@dataclass(frozen=True)
class Traits:
    """What people are like, one entry per LSOA: standard deviations, but shares from 0 to 1 for inner and student."""

    deprivation: FloatArray
    age: FloatArray
    skills_gap: FloatArray
    rural: FloatArray
    inner: FloatArray
    student: FloatArray


@dataclass(frozen=True)
class People(Traits):
    """Traits and counts of residents, one entry per LSOA.

    `older` has shape (n, 6): residents aged 65, 66 to 69, 70 to 74, 75 to 79, 80 to 84, 85 and over.
    """

    population: IntArray
    children: IntArray
    older: IntArray
    disabled: IntArray


def standardise(values: FloatArray) -> FloatArray:
    """Return values with mean 0 and standard deviation 1."""
    scaled: FloatArray = (values - values.mean()) / values.std()
    return scaled


def draw_field(*, graph: csr_array[Any, tuple[int, int]], rounds: int, rng: np.random.Generator) -> FloatArray:
    """Return a standardised random trait that neighbours share: noise averaged with theirs, again and again."""
    ties = (graph > 0).astype(np.float64)
    ties = ties + csr_array(np.eye(ties.shape[0]))
    ties = csr_array(ties / ties.sum(axis=1)[:, None])
    field: FloatArray = rng.normal(size=ties.shape[0])
    for _ in range(rounds):
        field = ties @ field
    return standardise(field)


def draw_people(*, places: Places, rng: np.random.Generator) -> People:
    """Return who lives where: most deprived in the inner city, the port and the pit town; oldest by the sea."""
    frame, count = places.frame, len(places.frame)
    kind = frame["kind"]
    by_sea = np.exp(-frame["to_sea_m"].to_numpy(np.float64) / 1_500) * (kind != "port").to_numpy()
    inner = np.where(kind == "city", np.clip(1 - frame["radii_out"].to_numpy(np.float64) / 0.9, 0, 1), 0.0)
    student = _draw_students(places)
    rural = standardise(np.log(frame["area_m2"].to_numpy(np.float64)))
    deprivation = standardise(
        kind.map(DEPRIVATION).to_numpy(np.float64)
        + INNER_CITY * inner
        + 0.75 * draw_field(graph=places.graph, rounds=3, rng=rng)
        + 0.35 * rng.normal(size=count)
    )
    age = standardise(
        kind.map(AGE).to_numpy(np.float64)
        + 0.55 * by_sea
        - 0.35 * inner - 2.2 * student - 0.15 * deprivation
        + 0.40 * draw_field(graph=places.graph, rounds=2, rng=rng)
        + 0.35 * rng.normal(size=count)
    )  # fmt: skip
    skills_gap = kind.map(SKILLS_GAP).to_numpy(np.float64) - 1.4 * student + 0.25 * rng.normal(size=count)
    traits = Traits(deprivation=deprivation, age=age, skills_gap=skills_gap, rural=rural, inner=inner, student=student)
    return _count_people(traits, rng)


def _draw_students(places: Places) -> FloatArray:
    city = next(town for town in places.plan.settlements if town.kind == "city")
    east, north, reach = (part * city.radius_m for part in UNIVERSITY)
    distance = np.hypot(places.centres[:, 0] - city.easting - east, places.centres[:, 1] - city.northing - north)
    share: FloatArray = np.exp(-((distance / reach) ** 2))
    return share


def _count_people(traits: Traits, rng: np.random.Generator) -> People:
    deprivation, age, student = traits.deprivation, traits.age, traits.student
    count = len(age)
    population = np.exp(rng.normal(np.log(1_570), 0.17, count) + 0.25 * student).clip(*PEOPLE_RANGE).astype(np.int64)
    older_share = 1 / (1 + np.exp(1.60 - 0.52 * age - 0.05 * rng.normal(size=count)))
    bands = np.array(OLDER_BANDS) * np.exp(0.06 * age[:, None] * np.arange(6) + 0.08 * rng.normal(size=(count, 6)))
    older = np.rint(bands / bands.sum(axis=1, keepdims=True) * (older_share * population)[:, None]).astype(np.int64)
    child_share = (0.185 - 0.032 * age + 0.014 * deprivation - 0.09 * student).clip(0.03, 0.33)
    disabled_share = 1 / (1 + np.exp(1.60 - 0.27 * deprivation - 0.22 * age - 0.07 * rng.normal(size=count)))
    return People(
        **vars(traits),
        population=population,
        children=np.rint(child_share * population).astype(np.int64),
        older=older,
        disabled=np.rint(disabled_share * population).astype(np.int64),
    )


def aged_60_plus(*, people: People) -> IntArray:
    """Return residents aged 60 and over in each LSOA."""
    counts: IntArray = np.rint(people.older.sum(axis=1) * 1.29).astype(np.int64)
    return counts


def working_age(*, people: People) -> IntArray:
    """Return residents aged 18 to 66 in each LSOA."""
    adults = people.population - people.children
    counts: IntArray = np.rint(adults * 0.97 - people.older[:, 1:].sum(axis=1) * 0.93).astype(np.int64)
    return counts
