"""Where neighbourhoods begin: one seed for about as many people everywhere."""

from __future__ import annotations

import numpy as np
import shapely
from scipy.spatial import cKDTree

from etl.demo.land import Land, lobes
from etl.demo.plan import FloatArray

SAMPLES = 40_000
SPREAD = 0.66  # standard deviation of where people live, as a share of their town's radius
ROUNDS = 9
CROWDING = 0.7


def place_seeds(*, land: Land, count: int, rng: np.random.Generator) -> FloatArray:
    """Return one seed per neighbourhood, about as many per person everywhere (Lloyd's method).

    In two dimensions Lloyd's method spreads seeds as the square root of what it weighs; weighing people by their
    density as well makes seeds follow people. A little less than all of it keeps country cells round.
    """
    people = _sample_people(land, rng)
    weights = land.density(people) ** CROWDING
    seeds = people[rng.choice(len(people), size=count, replace=False)]
    for _ in range(ROUNDS):
        nearest = cKDTree(seeds).query(people)[1]
        total = np.bincount(nearest, weights, minlength=count)
        moved = np.stack([np.bincount(nearest, weights * people[:, axis], minlength=count) for axis in (0, 1)], axis=1)
        seeds = np.where(total[:, None] > 0, moved / np.maximum(total, 1e-12)[:, None], seeds)
    return seeds


def _sample_people(land: Land, rng: np.random.Generator) -> FloatArray:
    """Return points spread over dry land as people are, shape (SAMPLES, 2)."""
    towns = land.settlements
    people = np.array([*(town.people for town in towns), land.countryside_people])
    where = rng.choice(len(people), size=2 * SAMPLES, p=people / people.sum())
    middles = np.array([(town.easting, town.northing) for town in towns] + [(0.0, 0.0)])
    radii = np.array([*(town.radius_m for town in towns), 0.0])
    step = rng.normal(0, SPREAD, (len(where), 2)) * radii[where][:, None]
    angle = np.arctan2(step[:, 1], step[:, 0])
    for number, town in enumerate(towns):
        step[where == number] *= lobes(town=town, angle=angle[where == number])[:, None]
    points = middles[where] + step
    west, south, east, north = land.outline.bounds
    strewn = rng.uniform((west, south), (east, north), (len(where), 2))
    points = np.where((where == len(towns))[:, None], strewn, points)
    shapely.prepare(land.outline)
    dry: FloatArray = points[shapely.contains_xy(land.outline, points)]
    return dry[:SAMPLES]
