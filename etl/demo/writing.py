"""The whole demo, drawn by chance from one seed and written as a mirror that the loaders read."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from etl.demo.appointment_files import write_appointments
from etl.demo.assets import write_assets
from etl.demo.census_files import write_census, write_digital_exclusion
from etl.demo.centroid_files import write_centroids
from etl.demo.coverage_files import write_coverage
from etl.demo.deprivation_files import write_deprivation
from etl.demo.geography_files import write_geography
from etl.demo.indices import draw_indices
from etl.demo.people import draw_people
from etl.demo.places import draw_places
from etl.demo.postcode_files import draw_postcodes, write_postcodes
from etl.demo.practice_files import write_practices
from etl.demo.twenty_eleven import draw_before
from etl.errors import StorageError

SEED = 2025
FIRST_FOLDER = "deprivation"
FOLDERS = frozenset({"assets", "census", FIRST_FOLDER, "digital", "geography", "nhs", "postcodes"})


def clear_demo(*, folder: Path) -> None:
    """Remove the demo that was written to a folder before, if there is one.

    Raises
    ------
    StorageError
        If the folder holds anything that no demo has: it is somebody's own, and is left as it is.
    """
    names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    strange = names - FOLDERS - {".DS_Store"}
    if strange or (names and FIRST_FOLDER not in names):
        what = f"{folder} is not a demo that Common Ground wrote: {min(strange or names)} is there."
        raise StorageError(what, todo="Move it away, or choose another folder with --home.")
    # What a demo is known by goes last, so that a removal that was cut off is taken for a demo the next time.
    for name in sorted(names, key=FIRST_FOLDER.__eq__):
        shutil.rmtree(folder / name, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def write_demo(*, folder: Path, seed: int = SEED) -> Path:
    """Write the made-up ICB under a folder, in the file names and layouts of the publishers.

    Parameters
    ----------
    folder
        Where the tree goes; it is made if need be, and files of the same names are written over.
    seed
        Where chance begins: the same seed gives the same bytes.

    Returns
    -------
    folder
        The folder, to be loaded as a mirror.

    Raises
    ------
    StorageError
        If the folder cannot be written or the disk is full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder, seed)
    except OSError as error:
        what = f"The demo could not be written to {folder}: {error.strerror or error}."
        raise StorageError(
            what, todo="Free some space (the demo needs about 15 MB) or choose another --home."
        ) from error
    return folder


def _write(folder: Path, seed: int) -> None:
    drawing, filing = np.random.default_rng(seed).spawn(2)
    places = draw_places(rng=drawing)
    people = draw_people(places=places, rng=drawing)
    indices = draw_indices(places=places, people=people, rng=drawing)
    before = draw_before(places=places, people=people, indices=indices, rng=drawing)
    postcodes = draw_postcodes(places=places, rng=drawing)
    write_deprivation(
        folder=folder / FIRST_FOLDER, places=places, people=people, indices=indices, before=before, rng=filing
    )
    write_geography(folder=folder / "geography", places=places, before=before)
    write_centroids(folder=folder / "geography", places=places)
    write_census(folder=folder / "census", places=places, people=people)
    write_digital_exclusion(folder=folder / "digital", before=before)
    write_coverage(folder=folder / "digital", places=places, people=people, indices=indices, rng=filing)
    write_appointments(folder=folder / "nhs" / "appointments", places=places, people=people, rng=filing)
    write_practices(folder=folder / "nhs", places=places, people=people, postcodes=postcodes, rng=filing)
    write_postcodes(folder=folder / "postcodes", places=places, postcodes=postcodes)
    write_assets(folder=folder / "assets", places=places, people=people, postcodes=postcodes, rng=filing)
