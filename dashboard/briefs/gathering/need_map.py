"""The map of need and digital exclusion, by thirds of England."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from dashboard.briefs import maps
from dashboard.briefs.map_frame import DARK, WHITE, draw_marks, frame_around
from dashboard.briefs.map_paths import Shapes
from dashboard.briefs.model.maps import Legend, MapPicture
from dashboard.components.maps.palettes import NO_FIGURE_COLOUR, PALETTES, THIRDS
from dashboard.questions.places import Area
from dashboard.repository import Repository
from dashboard.words import count
from etl.methods.arrays import ByteArray, FloatArray
from etl.methods.bivariate import classify_bivariate

NEED_TITLE = "Need and digital exclusion"
PLAN_TITLE = "Need, digital exclusion and the places of the plan"
# The level that is drawn, where it is not neighbourhoods.
DRAWN_LEVEL = {"england": "lad"}
LEVEL_WORDS = {"lsoa": "neighbourhoods", "lad": "districts"}
BIVARIATE = PALETTES["bivariate"]


def draw_need(
    repository: Repository, area: Area, *, shape: Shapes, need: str, exclusion: str, sites: FloatArray
) -> MapPicture:
    """Return the map of need and digital exclusion, with the places of a plan numbered on it."""
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
        alt=describe_classes(classes[inside], area_name=area.name, level=LEVEL_WORDS[level])
        + (" The places of the plan are numbered." if len(sites) else ""),
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
