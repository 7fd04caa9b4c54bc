"""The two maps of a brief, from the boundaries and ranks of a snapshot."""

from __future__ import annotations

from dashboard.briefs.gathering.locator import LOCATOR_TITLE, draw_locator
from dashboard.briefs.gathering.need_map import NEED_TITLE, draw_need
from dashboard.briefs.model.maps import Legend, MapPicture
from dashboard.questions.places import Area
from dashboard.repository import Repository
from etl.methods.arrays import FloatArray

MISSING = "There is no map: the boundary of this area was not loaded here."


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
        draw_locator(repository, area, shape=shape, accent=accent),
        draw_need(repository, area, shape=shape, need=need, exclusion=exclusion, sites=sites),
    )
