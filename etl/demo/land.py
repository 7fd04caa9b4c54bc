"""The land of the demo: a ragged coast, an estuary, an island, and where its people live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from etl.demo.plan import FloatArray, Plan, Settlement
from etl.demo.wiggle import roughen

COAST_ROUGHNESS = 0.13
BORDER_ROUGHNESS = 0.10
COAST_SPACING_M = 130.0
BORDER_SPACING_M = 260.0
FALL_OFF = 2.2  # how sharply a town ends at its radius


@dataclass(frozen=True)
class Land:
    """The land, and every settlement on it, villages included."""

    outline: shapely.MultiPolygon
    settlements: tuple[Settlement, ...]
    countryside_people: float

    def density(self, points: FloatArray) -> FloatArray:
        """Return people per square metre at each point, shape (n, 2)."""
        per_town = [_town_density(town, points) for town in self.settlements]
        density: FloatArray = np.sum(per_town, axis=0) + self.countryside_people / float(self.outline.area)
        return density


def draw_land(*, plan: Plan, rng: np.random.Generator) -> Land:
    """Return the land of a plan with villages strewn over it by chance."""
    outline = _draw_outline(plan, rng)
    villages = _strew_villages(plan, outline, rng)
    return Land(outline, plan.settlements + villages, plan.villages.countryside_people)


def lobes(*, town: Settlement, angle: FloatArray) -> FloatArray:
    """Return how far a town reaches in each direction (radians), as a multiple of its radius: towns are not round."""
    twist = town.easting / 700 + town.northing / 900
    reach: FloatArray = 1 + 0.20 * np.cos(2 * angle + twist) + 0.15 * np.cos(3 * angle + 1.7 * twist)
    return reach + 0.12 * np.cos(5 * angle + 2.3 * twist)


def _draw_outline(plan: Plan, rng: np.random.Generator) -> shapely.MultiPolygon:
    mainland: list[FloatArray] = []
    islands = []
    for shore in plan.shores:
        is_border = shore.kind == "border"
        path = roughen(
            path=np.vstack([shore.points, shore.points[:1]]) if shore.kind == "island" else shore.points,
            roughness=BORDER_ROUGHNESS if is_border else COAST_ROUGHNESS,
            spacing_m=BORDER_SPACING_M if is_border else COAST_SPACING_M,
            rng=rng,
        )
        if shore.kind == "island":
            islands.append(shapely.Polygon(path))
        else:
            mainland.append(path[:-1])
    parts = [shapely.make_valid(shapely.Polygon(np.vstack(mainland))), *map(shapely.make_valid, islands)]
    largest = [max(shapely.get_parts(part), key=lambda one: one.area) for part in parts]
    return shapely.set_precision(shapely.MultiPolygon(largest), 0.001)


def _strew_villages(plan: Plan, outline: shapely.MultiPolygon, rng: np.random.Generator) -> tuple[Settlement, ...]:
    """Return villages on dry land, clear of the towns and of each other, nameless until the map is drawn."""
    inner = outline.simplify(200).buffer(-900)
    shapely.prepare(inner)
    west, south, east, north = inner.bounds
    taken = [(town.easting, town.northing, town.radius_m + 1_700) for town in plan.settlements]
    villages: list[Settlement] = []
    while len(villages) < plan.villages.count:
        x, y = rng.uniform(west, east), rng.uniform(south, north)
        people = rng.uniform(*plan.villages.people)
        if not shapely.contains_xy(inner, x, y) or any(np.hypot(x - a, y - b) < gap for a, b, gap in taken):
            continue
        taken.append((x, y, 3_000))
        villages.append(Settlement("", "village", x, y, people, plan.villages.radius_m))
    return tuple(villages)


def _town_density(town: Settlement, points: FloatArray) -> FloatArray:
    """Return one town's people per square metre: dense in the middle, ending at about its radius."""
    offset = points - (town.easting, town.northing)
    reach = town.radius_m * lobes(town=town, angle=np.arctan2(offset[:, 1], offset[:, 0]))
    shape: FloatArray = np.exp(-((np.hypot(*offset.T) / reach) ** FALL_OFF))
    return town.people / (np.pi * town.radius_m**2) * shape
