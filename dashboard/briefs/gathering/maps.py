"""The two maps of a brief, from the boundaries and ranks of a snapshot."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely

from dashboard.briefs import maps
from dashboard.briefs.map_frame import DARK, WHITE, Frame, draw_marks, draw_ring, frame_around
from dashboard.briefs.map_paths import Shapes
from dashboard.briefs.model.maps import Legend, MapPicture
from dashboard.components.maps.palettes import NO_FIGURE_COLOUR, PALETTES, THIRDS
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.repository import Repository
from dashboard.words import count
from etl.methods.arrays import ByteArray, FloatArray
from etl.methods.bivariate import classify_bivariate

MISSING = "There is no map: the boundary of this area was not loaded here."
LOCATOR_TITLE, NEED_TITLE = "Where it is", "Need and digital exclusion"
PLAN_TITLE = "Need, digital exclusion and the places of the plan"
# What an area is shown within, and the level drawn around it.
AROUND = {"lsoa": "lad", "msoa": "lad", "ward": "lad", "custom": "icb", "lad": "icb", "sicbl": "icb", "icb": "england"}
DRAWN_LEVEL = {"england": "lad"}
LEVEL_WORDS = {"lsoa": "neighbourhoods", "lad": "districts"}
BIVARIATE = PALETTES["bivariate"]
# What is smaller than this on the drawing would be missed.
SPECK = 15.0


def make_maps(
    repository: Repository, area: Area, *, accent: str, need: str, exclusion: str, sites: FloatArray
) -> tuple[MapPicture, ...]:
    """Return the locator and the map of need and digital exclusion; each says why when it cannot be drawn.

    Parameters
    ----------
    sites
        Places of a plan in metres, shape (n, 2), which are numbered on the second map.
    """
    shape = repository.boundary(area.area_code)
    if shape is None:
        missing = Legend(items=())
        return tuple(
            MapPicture(map_id=name, title=title, svg="", alt="", legend=missing, missing=MISSING)
            for name, title in (("locator", LOCATOR_TITLE), ("need", NEED_TITLE))
        )
    return (
        _draw_locator(repository, area, shape=shape, accent=accent),
        _draw_need(repository, area, shape=shape, need=need, exclusion=exclusion, sites=sites),
    )


def _draw_locator(repository: Repository, area: Area, *, shape: Shapes, accent: str) -> MapPicture:
    parent = _parent(repository, area)
    around = repository.boundary(parent.area_code) if parent else None
    whole = shape if around is None else around
    frame = frame_around(shapely.total_bounds([whole, shape]), margin=0.06)
    box = (frame.west, frame.south, frame.east, frame.north)
    neighbours = repository.boundaries_in(
        level="icb" if parent is None or parent.area_type == "england" else "lad", box=box
    )
    layers = [maps.Layer(neighbours.shapes, [maps.LAND], stroke="#B3BEC6", stroke_width=0.5)]
    items = []
    if parent is not None and around is not None:
        layers.append(maps.Layer([around], ["#C3D0DA"], stroke=DARK, stroke_width=0.8))
        items.append((parent.name, "#C3D0DA", "fill"))
    layers.append(maps.Layer([shape], [accent], stroke=DARK, stroke_width=1.0))
    ring = _ring_around(shape, frame=frame)
    items.insert(0, (f"{area.name}{', in the ring' if ring else ''}", accent, "fill"))
    items.append(("Around it", maps.LAND, "fill"))
    where = f" within {parent.name}" if parent else ""
    return MapPicture(
        map_id="locator",
        title=f"{LOCATOR_TITLE}{where}",
        svg=maps.draw_map(frame, layers=layers, marks=ring),
        alt=f"Map of where {area.name} lies{where}; it takes up {_share_of(shape, whole)} of the land shown dark.",
        legend=Legend(items=maps.legend_of(items)),
    )


def _ring_around(shape: Shapes, *, frame: Frame) -> str:
    """Return a ring around an area that is a speck on the map; nothing for any other."""
    west, south, east, north = shape.bounds
    if max(east - west, north - south) > SPECK * frame.metres_per_unit:
        return ""
    return draw_ring(*frame.place((west + east) / 2, (south + north) / 2))


def _share_of(shape: Shapes, whole: Shapes) -> str:
    percent = 100 * float(shapely.area(shape)) / max(float(shapely.area(whole)), 1.0)
    return f"{percent:.0f}%" if percent >= 1 else "less than 1%"


def _parent(repository: Repository, area: Area) -> Area | None:
    kind = AROUND.get(area.area_type, "")
    if area.area_type == CUSTOM and _is_within_district(repository, area):
        kind = "lad"
    if kind == "england":
        return repository.area(ENGLAND)
    return repository.area({"lad": area.lad_code, "icb": area.icb_code}.get(kind) or "")


def _is_within_district(repository: Repository, area: Area) -> bool:
    inside = repository.area_of_neighbourhoods("lad")[repository.neighbourhoods_of(area.area_code)]
    return len(np.unique(inside)) == 1


def _draw_need(
    repository: Repository, area: Area, *, shape: Shapes, need: str, exclusion: str, sites: FloatArray
) -> MapPicture:
    level = DRAWN_LEVEL.get(area.area_type, "lsoa")
    frame = frame_around(shape.bounds, margin=0.5 if area.area_type == "lsoa" else 0.08)
    found = repository.boundaries_in(level=level, box=(frame.west, frame.south, frame.east, frame.north))
    classes = classes_of(repository, level=level, need=need, exclusion=exclusion)
    colours = [NO_FIGURE_COLOUR, *BIVARIATE]
    layers = [
        maps.Layer(found.shapes, [colours[number] for number in classes[found.feature_ids]], stroke_width=0.5),
        maps.Layer([shape], ["none"], stroke=WHITE, stroke_width=4.5),
        maps.Layer([shape], ["none"], stroke=DARK, stroke_width=2.2),
    ]
    items = [(f"need {row}, digital exclusion {column}", BIVARIATE[3 * i + j], "fill")
             for i, row in enumerate(THIRDS) for j, column in enumerate(THIRDS)]  # fmt: skip
    items += [("No figure", NO_FIGURE_COLOUR, "fill"), (area.name, DARK, "outline")]
    inside = repository.neighbourhoods_of(area.area_code) if level == "lsoa" else np.arange(len(classes))
    return MapPicture(
        map_id="need",
        title=PLAN_TITLE if len(sites) else f"{NEED_TITLE}, by {LEVEL_WORDS[level][:-1]}",
        svg=maps.draw_map(frame, layers=layers, marks=draw_marks(sites, frame=frame)),
        alt=describe_classes(classes[inside], area_name=area.name, level=LEVEL_WORDS[level]),
        legend=Legend(items=maps.legend_of(items), axes=("Need", "Digital exclusion")),
    )


def describe_classes(classes: ByteArray, *, area_name: str, level: str) -> str:
    """Return in words what the map of need and digital exclusion shows."""
    if len(classes) == 1:
        return f"Map of {area_name} and around it, by thirds of England. {_describe_one(int(classes[0]))}"
    worst, best, none = (int((classes == number).sum()) for number in (1, 9, 0))
    between = len(classes) - worst - best - none
    said = [f"{count(worst)} are in the worst third on both", f"{count(best)} in the best third on both"]
    said += [f"{count(none)} have no figure"] if none else []
    return (
        f"Map of {area_name} by thirds of England. Of its {count(len(classes))} {level}, "
        f"{', '.join(said)} and {count(between)} between."
    )


def _describe_one(number: int) -> str:
    if not number:
        return "There is no figure for it."
    need, exclusion = THIRDS[(number - 1) // 3], THIRDS[(number - 1) % 3]
    return f"It is in the {need} on need and in the {exclusion} on digital exclusion."


@lru_cache(maxsize=8)
def classes_of(repository: Repository, *, level: str, need: str, exclusion: str) -> ByteArray:
    """Return the class of need and digital exclusion of every area of a level, by feature_id; all 0 without figures."""
    if not {need, exclusion} <= set(repository.indicators):
        return np.zeros(len(repository.areas_of_level(level)), dtype=np.uint8)
    ranks = [repository.values_of_level(level=level, indicator_id=key).national_rank for key in (need, exclusion)]
    return classify_bivariate(need_ranks=ranks[0], exclusion_ranks=ranks[1])
