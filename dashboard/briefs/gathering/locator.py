"""The map of where an area lies, within the district or the system around it."""

from __future__ import annotations

import numpy as np
import shapely

from dashboard.briefs import maps
from dashboard.briefs.map_frame import DARK, Frame, draw_ring, frame_around
from dashboard.briefs.map_paths import Shapes
from dashboard.briefs.model.maps import Legend, MapPicture
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.repository import Repository

LOCATOR_TITLE = "Where it is"
# What an area is shown within.
AROUND = {"lsoa": "lad", "msoa": "lad", "ward": "lad", "custom": "icb", "lad": "icb", "sicbl": "icb", "icb": "england"}
PARENT_COLOUR, NEIGHBOUR_EDGE = "#C3D0DA", "#B3BEC6"
# What is smaller than this on the drawing would be missed.
SPECK = 15.0


def draw_locator(repository: Repository, area: Area, *, shape: Shapes, accent: str) -> MapPicture:
    """Return the map of where an area lies; one that would be a speck has a ring around it."""
    parent = _parent(repository, area)
    around = repository.boundary(parent.area_code) if parent else None
    whole = shape if around is None else around
    frame = frame_around(shapely.total_bounds([whole, shape]), margin=0.06)
    box = (frame.west, frame.south, frame.east, frame.north)
    neighbours = repository.boundaries_in(
        level="icb" if parent is None or parent.area_type == "england" else "lad", box=box
    )
    layers = [maps.Layer(neighbours.shapes, [maps.LAND], stroke=NEIGHBOUR_EDGE, stroke_width=0.5)]
    items = []
    if parent is not None and around is not None:
        layers.append(maps.Layer([around], [PARENT_COLOUR], stroke=DARK, stroke_width=0.8))
        items.append((parent.name, PARENT_COLOUR, "fill"))
    layers.append(maps.Layer([shape], [accent], stroke=DARK, stroke_width=1.0))
    ring = _ring_around(shape, frame=frame)
    items.insert(0, (f"{area.name}{', in the ring' if ring else ''}", accent, "fill"))
    # Around England there is only paper.
    if ENGLAND not in {area.area_code, parent.area_code if parent else ""}:
        items.append(("Around it", maps.LAND, "fill"))
    where = f" within {parent.name}" if parent else ""
    return MapPicture(
        map_id="locator",
        title=f"{LOCATOR_TITLE}{where}",
        svg=maps.draw_map(frame, layers=layers, marks=ring),
        alt=f"Map of where {area.name} lies{where}{', in a ring' if ring else ''}; it takes up "
        f"{_share_of(shape, whole)} of the land shown dark.",
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
