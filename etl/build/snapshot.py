"""One build from end to end: what is done, in what order, and what can be done side by side."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import numpy as np
from duckdb_extensions import import_extension

from etl.build.access import add_thin_support, store_access
from etl.build.centroids import say_what_stands_in
from etl.build.certainty import store_certainty
from etl.build.clusters import store_clusters
from etl.build.contract import ENGLAND_NEIGHBOURHOODS, Totals, check_contract
from etl.build.figures import collect_figures
from etl.build.gather import gather_register, gather_sources, is_wanted, part_sources
from etl.build.places import Places, choose_neighbourhoods, settle_places
from etl.build.points import place_assets, place_points
from etl.build.provenance import store_build, store_sources
from etl.build.request import LoadRequest, Provenance
from etl.build.rows import insert_rows
from etl.build.scores import flag_left_behind, score_all
from etl.build.shapes import Shapes, draw_shapes, store_shapes
from etl.build.storage import store_figures
from etl.build.trends import store_trends
from etl.progress import LoadProgress
from etl.registry import sources
from etl.settings import Settings
from etl.snapshots import SPILL
from etl.tables import TABLES
from etl.tables.staging import STAGING
from etl.tiles import Layer, build_tiles

# At this zoom all of England fits on a phone.
FIRST_ZOOM = 4
MEMORY_LIMIT = "1500MB"
STEPS = (
    "Places",
    "Other sources",
    "Boundaries",
    "Figures and scores",
    "How sure the order is",
    "Postcodes and practices",
    "Tiles",
    "Checks",
)


@dataclass(frozen=True)
class Build:
    """A build's own name and time."""

    build_id: str
    built_at: datetime
    version: str = version("commonground")


def build_snapshot(
    path: Path, *, build: Build, settings: Settings, request: LoadRequest, progress: LoadProgress
) -> None:
    """Build a whole snapshot in a new file and check it; nothing else is touched.

    The boundaries are projected, dissolved and cut into tiles on one thread while the other sources are read on
    another: both let go of the interpreter.

    Raises
    ------
    CommonGroundError
        If a source cannot be had or read, the area is unknown, or the result breaks the contract.
    """
    first, others = part_sources(sources(vintage=request.vintage))
    progress.start(total_steps=len(STEPS) + len(("Register", "Vector tiles")) + len(first) + len(others))
    with duckdb.connect(str(path)) as con, _one_thread_aside() as aside:
        _prepare(con, folder=path.parent)
        progress.step("Places")
        provenance = gather_sources(con, sources=first, settings=settings, request=request, progress=progress)
        places = settle_places(con)
        chosen = choose_neighbourhoods(places, request=request)
        shapes_to_come = aside.submit(draw_shapes, places, chosen=chosen)
        progress.step("Other sources")
        register = gather_register(con, settings=settings, request=request, progress=progress)
        wanted = [source for source in others if is_wanted(source, request=request, register=register)]
        provenance += gather_sources(con, sources=wanted, settings=settings, request=request, progress=progress)
        provenance.append(register)
        _finish(con, places, shapes_to_come, provenance, aside=aside, progress=progress)
        store_build(con, build_id=build.build_id, built_at=build.built_at, version=build.version, request=request)
        progress.step("Checks")
        check_contract(con, totals=_expect(con, request=request, places=places, drawn=int(chosen.sum())))
        con.execute("CHECKPOINT")


@contextmanager
def _one_thread_aside() -> Iterator[ThreadPoolExecutor]:
    """Work on one thread aside; when the build fails, nobody waits for what that thread is still at."""
    aside = ThreadPoolExecutor(1)
    try:
        yield aside
    finally:
        aside.shutdown(wait=False, cancel_futures=True)


def _finish(
    con: duckdb.DuckDBPyConnection,
    places: Places,
    shapes_to_come: Future[Shapes],
    provenance: list[Provenance],
    *,
    aside: ThreadPoolExecutor,
    progress: LoadProgress,
) -> None:
    progress.step("Boundaries")
    shapes = shapes_to_come.result()
    store_shapes(con, places=places, shapes=shapes)
    tiles = aside.submit(build_tiles, _layers(places, shapes=shapes), progress=progress.source("Vector tiles"))
    progress.step("Figures and scores")
    store_sources(con, say_what_stands_in(provenance, centroids=places.centroids, points=shapes.points))
    catalogue = [(indicator, each.spec.source_id) for each in provenance for indicator in each.spec.indicators]
    figures = collect_figures(con, places=places, catalogue=catalogue)
    score_all(con, places=places, figures=figures)
    flag_left_behind(con, places=places, figures=figures)
    store_clusters(con, shapes=shapes)
    place_assets(con, shapes=shapes)
    served = store_access(con, places=places, shapes=shapes)
    store_trends(con, catalogue=catalogue)
    progress.step("Postcodes and practices")
    place_points(con, shapes=shapes)
    # What comes before keeps one core busy beside the tiles; the draws keep both, and so come when tiles are few.
    store_certainty(con, places=places, figures=figures, progress=progress.source("How sure the order is"))
    add_thin_support(figures, served=served)
    store_figures(con, places=places, figures=figures)
    progress.step("Tiles")
    insert_rows(con, "tile", tiles.result())


def _prepare(con: duckdb.DuckDBPyConnection, *, folder: Path) -> None:
    import_extension("spatial", con=con)
    con.execute("LOAD spatial")
    con.execute("SET memory_limit = $limit", {"limit": MEMORY_LIMIT})
    con.execute("SET temp_directory = $folder", {"folder": str(folder / SPILL)})
    for table in TABLES:
        con.execute(table.ddl())
    for table in STAGING:
        con.execute(table.ddl().replace("CREATE TABLE", "CREATE TEMP TABLE", 1))


def _layers(places: Places, *, shapes: Shapes) -> dict[str, Layer]:
    layers = {}
    for level, drawn in shapes.levels.items():
        if level != "england" and len(drawn.codes):
            feature_ids = np.searchsorted(np.unique(places.codes[level]), drawn.codes)
            layers[level] = Layer(feature_ids=feature_ids, geometries=drawn.geometries, first_zoom=FIRST_ZOOM)
    return layers


def _expect(con: duckdb.DuckDBPyConnection, *, request: LoadRequest, places: Places, drawn: int) -> Totals:
    census = con.execute("SELECT sum(population) FROM staged_population").fetchall()[0][0]
    expected = len(places.lsoa) if request.is_demo else ENGLAND_NEIGHBOURHOODS
    return Totals(neighbourhoods=expected, population=int(census), drawn=drawn)
