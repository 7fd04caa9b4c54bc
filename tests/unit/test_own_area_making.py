"""From what people bring to neighbourhoods: codes, corners, files, and clear words for what is wrong."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from dashboard.opening import open_register
from dashboard.own.area_codes import read_codes
from dashboard.own.area_making import fit_corners, fit_shape
from dashboard.own.areas import CODES
from dashboard.own.boundary_files import read_boundaries
from dashboard.own.boundary_formats import BoundaryFileError
from dashboard.register.actor import local_actor
from dashboard.register.piece import Sort
from dashboard.repository import Repository, open_repository
from etl.errors import CommonGroundError
from etl.methods.arrays import MethodError
from etl.methods.best_fit import fit_boundary
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.unit.page_scripts import open_page, words_of
from tests.unit.small_snapshot import LSOAS, WARDS, make_home

ME = local_actor()
SQUARE = shapely.box(380_000, 390_000, 381_000, 391_000)
BOW_TIE = shapely.Polygon([(380_000, 390_000), (381_000, 391_000), (381_000, 390_000), (380_000, 391_000)])


def frame(
    *shapes: shapely.Polygon, names: tuple[str, ...] = ("North PCN",), crs: str | None = "EPSG:27700"
) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"code": ["1"] * len(shapes), "PCN_NAME": names[: len(shapes)]}, geometry=list(shapes), crs=crs
    )


def geojson(made: gpd.GeoDataFrame) -> bytes:
    return made.to_crs("EPSG:4326").to_json().encode()


def written(made: gpd.GeoDataFrame, folder: Path, *, driver: str, suffix: str) -> bytes:
    path = folder / f"file{suffix}"
    made.to_file(path, driver=driver, engine="pyogrio")
    if suffix == ".gpkg":
        return path.read_bytes()
    return zipped({part.name: part.read_bytes() for part in folder.iterdir()})


def zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_the_same_boundary_comes_out_of_every_kind_of_file(tmp_path: Path) -> None:
    made = frame(SQUARE, shapely.box(400_000, 390_000, 400_009, 390_009), names=("North PCN", "South PCN"))
    for number, data in enumerate(
        [
            geojson(made),
            written(made, _new(tmp_path, "a"), driver="GPKG", suffix=".gpkg"),
            written(made, _new(tmp_path, "b"), driver="ESRI Shapefile", suffix=".shp"),
        ]
    ):
        north, south = read_boundaries(data)
        assert (north.name, south.name) == ("North PCN", "South PCN"), number
        assert north.geometry.symmetric_difference(SQUARE).area < 10, number
        assert not north.was_mended


def _new(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def test_a_boundary_that_crosses_itself_is_mended_and_said() -> None:
    (mended,) = read_boundaries(geojson(frame(BOW_TIE)))
    assert mended.was_mended
    assert mended.geometry.is_valid
    assert mended.geometry.area == pytest.approx(500_000, rel=0.01)


def test_geojson_of_one_geometry_in_old_style_metres_is_read() -> None:
    body = {**shapely.geometry.mapping(SQUARE), "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}
    (shape,) = read_boundaries(json.dumps(body).encode())
    assert (shape.name, shape.geometry.area) == ("Area 1", pytest.approx(1e6))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no kind that can be read"),
        (b"\xff\xfe\x00", "no kind that can be read"),
        (b"[" * 100_000, "no kind that can be read"),
        (b"[1]", "not GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [' + b'{"geometry": null},' * 501 + b'"x"]}', "no areas"),
        (b'{"type": "FeatureCollection", "features": [{"geometry": {"type": "Cube"}}]}', "not GeoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "no areas"),
        (b'{"type": "Point", "coordinates": [0, 52]}', "no areas"),
        (b'{"type": "Polygon", "coordinates": []}', "no areas"),
        (json.dumps(shapely.geometry.mapping(SQUARE)).encode(), "not longitudes and latitudes"),
        (json.dumps(shapely.geometry.mapping(shapely.box(2.3, 48.8, 2.4, 48.9))).encode(), "does not lie in England"),
        (b'{"type": "Polygon", "coordinates": [[[-2, 53], [-2.1, 53], [-2, 53]]]}', "not GeoJSON|no area"),
        (b"SQLite format 3\x00" + b"\x00" * 200, "not a GeoPackage"),
        (b"SQLite format 3\x00" + b"\x00" * 52 + b"GPKG" + b"\x00" * 99, "damaged"),
        (b"PK\x03\x04 not a zip", "cannot be opened"),
        (b"x" * 20_000_001, "20 MB is the most"),
    ],
)
def test_a_file_that_no_boundary_can_be_read_from_is_refused_in_words(data: bytes, message: str) -> None:
    with pytest.raises(BoundaryFileError, match=message) as caught:
        read_boundaries(data)
    assert caught.value.todo


def _spoilt(archive: bytes) -> bytes:
    """Return a zip whose packed bytes make no sense, though its table of contents does."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        first = min(packed.infolist(), key=lambda one: one.header_offset)
    begin = first.header_offset + 30 + len(first.filename)
    return archive[:begin] + b"\xff" * 8 + archive[begin + 8 :]


def test_zips_without_one_whole_shapefile_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(frame(SQUARE), _new(tmp_path, "a"), driver="ESRI Shapefile", suffix=".shp")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    two = {**parts, **{f"other/{name}": content for name, content in parts.items()}}
    broken = {
        "no Shapefile": zipped({"readme.txt": b"hello"}),
        "2 Shapefiles": zipped(two),
        "which projection": zipped({name: content for name, content in parts.items() if not name.endswith(".prj")}),
        "damaged": zipped({**parts, "file.shp": b"nonsense"}),
        "cannot be opened": _spoilt(whole),
    }
    for message, data in broken.items():
        with pytest.raises(BoundaryFileError, match=message):
            read_boundaries(data)
    # A name that climbs out of its folder is only a name: parts are unpacked under names of our own.
    climbing = zipped({f"../../up/{name}": content for name, content in parts.items()})
    assert read_boundaries(climbing)[0].name == "North PCN"
    monkeypatch.setattr("dashboard.own.boundary_formats.MOST_UNPACKED", 10)
    with pytest.raises(BoundaryFileError, match="too large unpacked"):
        read_boundaries(whole)


def test_of_two_layers_of_areas_none_is_guessed_and_points_beside_areas_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    frame(SQUARE).to_file(path, layer="teams", driver="GPKG", engine="pyogrio")
    frame(SQUARE).set_geometry([SQUARE.centroid]).to_file(path, layer="offices", driver="GPKG", engine="pyogrio")
    assert [shape.name for shape in read_boundaries(path.read_bytes())] == ["North PCN"]
    frame(BOW_TIE).to_file(path, layer="old teams", driver="GPKG", engine="pyogrio")
    with pytest.raises(BoundaryFileError, match="2 layers of areas: “teams” and “old teams”"):
        read_boundaries(path.read_bytes())


def test_too_many_shapes_or_corners_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    two = geojson(frame(SQUARE, SQUARE, names=("a", "b")))
    monkeypatch.setattr("dashboard.own.boundary_files.MOST_SHAPES", 1)
    with pytest.raises(BoundaryFileError, match="more than 1 areas"):
        read_boundaries(two)
    monkeypatch.undo()
    monkeypatch.setattr("dashboard.own.boundary_files.MOST_CORNERS", 4)
    with pytest.raises(BoundaryFileError, match="more than 4 corners"):
        read_boundaries(two)


def test_a_best_fit_takes_whole_neighbourhoods_and_says_how_well_they_fit() -> None:
    shapes = np.array([shapely.box(i, 0, i + 1, 1) for i in range(4)], dtype=object)
    points, people = np.array([[i + 0.5, 0.5] for i in range(4)]), np.array([100.0, 200.0, 300.0, 400.0])
    # All of the second, three quarters of the first, a quarter of the third.
    fit = fit_boundary(shapely.box(0.25, 0, 2.25, 1), points=points, shapes=shapes, population=people)
    assert fit.is_inside.tolist() == [True, True, False, False]
    assert fit.is_touched.tolist() == [True, True, True, False]
    assert fit.share_outside == pytest.approx(25 / 300)
    assert fit.share_left_out == pytest.approx(75 / 350)
    nobody = fit_boundary(shapely.box(9, 9, 10, 10), points=points, shapes=shapes, population=people)
    assert np.isnan([nobody.share_outside, nobody.share_left_out]).all()
    for empty in (shapely.Polygon(), shapely.Polygon([(0, 0), (1, 1), (2, 2)]), None):
        with pytest.raises(MethodError, match="no area"):
            fit_boundary(empty, points=points, shapes=shapes, population=people)


@pytest.fixture
def demo(demo_settings: Settings) -> Repository:
    return open_repository(current_snapshot(demo_settings))


def test_a_districts_boundary_fits_the_districts_neighbourhoods(demo: Repository) -> None:
    places = demo.areas_of_level("lsoa")
    district = str(demo.areas_of_level("lad")["area_code"].iloc[0])
    made = fit_shape(demo, demo.boundary(district))
    assert set(made.lsoa21_codes) == set(places.loc[places["lad_code"] == district, "area_code"])
    assert "About 0% of those people live outside" in made.notes[0]
    one = demo.area(made.lsoa21_codes[0])
    assert one is not None
    assert one.bounds is not None
    west, south, east, north = one.bounds
    drawn = fit_corners(demo, [(west, south), (west, north), (east, north), (east, south)])
    assert one.area_code in drawn.lsoa21_codes
    alone = fit_shape(demo, demo.boundary(one.area_code))
    assert alone.notes[0].startswith("1 neighbourhood with")
    assert "has its middle inside, and is taken in whole. About 0%" in alone.notes[0]
    west, south, east, north = demo.extent
    crossed = fit_corners(demo, [(west, south), (east, north), (east, south), (west, north)])
    assert "crosses itself" in crossed.notes[0]


@pytest.mark.parametrize(
    ("corners", "message"),
    [
        ([(-2.0, 53.0), (-2.1, 53.0)], "at least three"),
        ([(-8.0, 50.0), (-8.1, 50.0), (-8.1, 50.1)], "No neighbourhood of England lies there"),
    ],
)
def test_a_boundary_that_takes_nobody_in_is_said(
    demo: Repository, corners: list[tuple[float, float]], message: str
) -> None:
    with pytest.raises(CommonGroundError, match=message):
        fit_corners(demo, corners)


def test_a_boundary_smaller_than_a_neighbourhood_or_of_no_area_is_said(demo: Repository) -> None:
    place = demo.areas_of_level("lsoa").iloc[0]
    west, south, east, north = (float(place[side]) for side in ("west", "south", "east", "north"))
    corner = [(west, south), (west + (east - west) / 1e4, south), (west, south + (north - south) / 1e4)]
    with pytest.raises(CommonGroundError, match=r"its middle inside|lies there"):
        fit_corners(demo, corner)
    line = [(west, south), ((west + east) / 2, (south + north) / 2), (east, north)]
    with pytest.raises(CommonGroundError, match=r"no area|lies there|its middle inside"):
        fit_corners(demo, line)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_home(tmp_path)


def test_pasted_codes_of_any_size_become_neighbourhoods(settings: Settings) -> None:
    repository = open_repository(current_snapshot(settings))
    assert read_codes(repository, f"{LSOAS[2].lower()}; {WARDS[0]}\n").lsoa21_codes == LSOAS[:3]
    made = read_codes(repository, f"{LSOAS[0]},E01999999")
    assert made.lsoa21_codes == LSOAS[:1]
    assert "1 code is not known here: E01999999" in made.notes[0]
    for text, message in (("nothing", "no code of an area"), ("E01999999 E01999998", "2 codes are not known")):
        with pytest.raises(CommonGroundError, match=message):
            read_codes(repository, text)


def test_pasted_names_of_neighbourhoods_become_them_too(settings: Settings) -> None:
    repository = open_repository(current_snapshot(settings))
    named = repository.areas_of_level("lsoa").set_index("area_code")["official_name"]
    first, second = named[LSOAS[0]], named[LSOAS[1]]
    assert read_codes(repository, f"{first.lower()}, {second}\n").lsoa21_codes == LSOAS[:2]
    made = read_codes(repository, f"{first}\nNowhere upon Sea 999Z")
    assert (made.lsoa21_codes, made.notes[0][:50]) == (LSOAS[:1], "1 name is not known here: Nowhere upon Sea 999Z. T")


def test_the_page_makes_an_area_from_codes_keeps_it_changes_it_and_removes_it(settings: Settings) -> None:
    register = open_register(settings)
    page = open_page("my_places", settings)
    assert "No neighbourhood has been chosen yet" in words_of(page)
    page.radio(key="own_way").set_value("Paste codes").run()
    page.text_area(key="own_codes").set_value("nonsense").run()
    press(page, "Use these codes")
    assert "no code of an area" in words_of(page)
    page.text_area(key="own_codes").set_value(WARDS[0]).run()
    press(page, "Use these codes")
    assert "3 neighbourhoods" in words_of(page)
    field(page, "Its name").set_value("Our *patch*")
    press(page, "Save this area")
    assert not page.exception
    (title,) = register.kept.list(actor=ME, sort=Sort.CUSTOM_AREA)
    assert register.kept.get(title.piece_id, actor=ME).body[CODES] == list(LSOAS[:3])
    page.button(key=f"change-{title.piece_id}").click().run()
    page.radio(key="own_way").set_value("Tap or search").run()
    page.text_input(key="own_search").set_value(LSOAS[5]).run()
    page.button(key=f"own_search-{LSOAS[5]}").click().run()
    press(page, "Save the changes")
    changed = register.kept.get(title.piece_id, actor=ME)
    assert (changed.version, changed.body[CODES]) == (2, [*LSOAS[:3], LSOAS[5]])
    page.button(key=f"remove-{title.piece_id}").click().run()
    assert register.kept.list(actor=ME) == ()


def test_the_page_takes_a_file_with_one_boundary_or_several(demo_settings: Settings, demo: Repository) -> None:
    first, second = (demo.boundary(str(code)) for code in demo.areas_of_level("ward")["area_code"].iloc[:2])
    page = open_page("my_places", demo_settings)
    page.radio(key="own_way").set_value("Bring a file").run()
    page.file_uploader[0].upload("a.geojson", b"nonsense", "application/json").run()
    assert "no kind that can be read" in words_of(page)
    several = geojson(frame(first, second, names=("North [PCN]", "South PCN")))
    page.file_uploader[0].upload("b.geojson", several, "application/json").run()
    page.multiselect(key="own_shapes").select(0).select(1).run()
    press(page, "Use this boundary")
    assert "have their middle inside" in words_of(page)
    assert not page.exception


def test_a_boundary_is_drawn_corner_by_corner(demo_settings: Settings, demo: Repository) -> None:
    west, south, east, north = demo.extent
    page = open_page("my_places", demo_settings)
    page.radio(key="own_way").set_value("Draw round it").run()
    assert "0 corners" in words_of(page)
    draft = page.session_state["own_area_draft"]
    draft.corners += [(west, south), (west, north), (east, north), (east, south), (0.0, 0.0)]
    page.run()
    press(page, "Take the last one back")
    assert "4 corners" in words_of(page)
    press(page, "Use this boundary")
    assert "900 neighbourhoods" in words_of(page)


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()


def field(page: AppTest, label: str) -> TextInput:
    return next(one for one in page.text_input if one.label == label)
