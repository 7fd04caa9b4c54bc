"""Population-weighted centroids: read in every layout, refused when they cannot be right, and used wherever asked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest
import shapely

from dashboard.opening import open_register
from dashboard.own.area_making import BY_CENTROID, BY_POINT_INSIDE, NothingMadeError, fit_shape
from dashboard.pages import my_places
from dashboard.planning.asking import weigh_plan
from dashboard.planning.state import Plan, make_site
from dashboard.questions.shapes import points_in_metres, to_degrees
from dashboard.repository import open_repository
from etl.build.centroids import choose_points, say_what_stands_in
from etl.build.request import Provenance
from etl.build.unknown_codes import refuse_unknown_codes
from etl.errors import MissingSourceError, SourceError
from etl.geometry import points_on_surface, to_lonlat
from etl.methods.access import measure_access
from etl.methods.best_fit import fit_boundary
from etl.progress import SilentSource
from etl.publish import current_snapshot
from etl.settings import Settings
from etl.sources import iod_2019_ranks
from etl.sources.lsoa_centroids import SOURCE, SPEC
from tests.unit.page_scripts import open_page, words_of
from tests.unit.small_snapshot import LSOAS, make_home

# One in London, one in Cornwall, and one in Wales, which is counted and left out.
METRES = {
    "E01000001": (532_151.538, 181_867.433),
    "E01018765": (172_123.5, 30_456.789),
    "W01000003": (244_606.0, 393_291.0),
}
ENGLAND = [(code, *place) for code, place in sorted(METRES.items()) if code.startswith("E")]
HEADER = "FID,LSOA21CD,GlobalID,x,y\r\n"


def as_csv(places: dict[str, tuple[float, float]]) -> str:
    rows = [f"{number},{code},7c1f-{number},{x!r},{y!r}\r\n" for number, (code, (x, y)) in enumerate(places.items())]
    return HEADER + "".join(rows)


def degrees(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    moved = to_lonlat(np.array(list(places.values()))).tolist()
    return {code: (lon, lat) for code, (lon, lat) in zip(places, moved, strict=True)}


def as_geojson(places: dict[str, tuple[float, float]], *, kind: str = "Point", **more: object) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"FID": number, "LSOA21CD": code},
            "geometry": {"type": kind, "coordinates": place if kind == "Point" else [place]},
        }
        for number, (code, place) in enumerate(places.items())
    ]
    return json.dumps({"type": "FeatureCollection", **more, "features": features})


def stage(con: duckdb.DuckDBPyConnection, path: Path, *, expected_rows: int = 0) -> int:
    rows = SOURCE.read(con, replace(SPEC, expected_rows=expected_rows), [path], SilentSource())
    SOURCE.tidy(con)
    return rows


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("points.csv", as_csv(METRES)),
        ("points.csv", as_csv(degrees(METRES))),
        ("points.geojson", as_geojson(degrees(METRES))),
        ("points.geojson", "\ufeff\n" + as_geojson(degrees(METRES))),
        (
            "points.geojson",
            as_geojson(METRES, crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}),
        ),
    ],
    ids=["csv-in-metres", "csv-in-degrees", "geojson", "geojson-with-mark", "old-geojson-in-metres"],
)
def test_every_layout_gives_the_same_metres(
    name: str, content: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", newline="")
    assert stage(con, path) == len(METRES)
    rows = con.table("staged_centroid").fetchall()
    assert [code for code, *_ in rows] == [code for code, *_ in ENGLAND]
    # There and back between degrees and metres is good to a millimetre.
    assert np.allclose([place for _, *place in rows], [place for _, *place in ENGLAND], rtol=0, atol=0.002)


TWICE = as_geojson(METRES).replace("W01000003", "E01000001")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", as_csv({"": (1.0, 2.0)}), r"The cell is empty and must not be .*row 2, column “LSOA21CD”"),
        ("a.csv", as_csv({"E1": (1.0, 2.0)}), "“E1” is not a valid code, such as E01005347"),
        ("a.csv", as_csv(METRES) + "9,E01018765,g,1,2\r\n", "“E01018765” occurs more than once, first in row 3"),
        ("a.csv", as_csv(METRES).replace("30456.789", "north"), r"“north” is text where a number belongs .*row 3"),
        ("a.csv", as_csv(METRES).replace("30456.789", "inf"), "“inf” is text where a number belongs"),
        ("a.csv", as_csv(METRES).replace("GlobalID,x", "GlobalID,across"), "No column is headed “x”"),
        ("a.csv", as_csv({"E01000001": (0.0, 0.0)}), "E01000001 lies outside England: its point is at 0, 0"),
        (
            "a.csv",
            as_csv({code: (lat, lon) for code, (lon, lat) in degrees(METRES).items()}),
            r"E01000001 lies outside England: .*\(and so it is with 1 more\).*longitude first",
        ),
        ("a.csv", as_csv({"E01000001": (-11_584.2, 6_712_345.6)}), "must be in metres of the National Grid"),
        (
            "a.geojson",
            as_geojson(degrees(METRES), kind="MultiPoint"),
            r"E01000001 is not drawn as one point.*feature 1",
        ),
        ("a.geojson", as_geojson(degrees(METRES)).replace('"LSOA21CD"', '"CODE"'), "A column is missing"),
        ("a.geojson", as_geojson(degrees(METRES))[:200], "cut short, or another kind of file"),
        ("a.geojson", TWICE, "“E01000001” occurs more than once"),
        ("a.geojson", as_geojson({"W01000003": (244_606.0, 393_291.0)}), "about 33,755 are expected; it may be cut"),
    ],
)
def test_what_cannot_be_right_is_refused_by_file_and_place(
    name: str, content: str, said: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(SourceError, match=said) as refused:
        stage(con, path, expected_rows=SPEC.expected_rows if "expected" in said else 0)
    assert f"source lsoa_centroids, file {name}" in str(refused.value)
    assert refused.value.todo


def test_a_file_that_has_gone_is_said_to_be_gone(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError, match=r"There is no file .*gone\.csv"):
        stage(con, tmp_path / "gone.csv")


def test_a_code_that_no_boundary_knows_is_refused_with_the_name_of_the_geojson(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("INSERT INTO staged_boundary VALUES ('E01000001', 'City of London 001A', '')")
    path = tmp_path / "points.geojson"
    path.write_text(as_geojson(degrees(METRES)), encoding="utf-8")
    stage(con, path)
    with pytest.raises(SourceError, match=r"“E01018765” is not a code .*file points\.geojson, column “lsoa21_code”\)"):
        refuse_unknown_codes(con, spec=SPEC, files=[path])


# Four squares of a kilometre: people at one end of the first, none known of the second, one just outside the third.
SQUARES = np.array([shapely.box(i * 1_000, 0, (i + 1) * 1_000, 1_000) for i in range(4)], dtype=object)
CODES = np.array([f"E0100000{i}" for i in range(4)])
CENTROIDS = np.array([[50.0, 500.0], [np.nan, np.nan], [2_500.0, 1_010.0], [3_900.0, 900.0]])


def test_a_centroid_is_used_where_it_lies_inside_and_a_point_on_the_surface_elsewhere() -> None:
    points = choose_points(CENTROIDS, shapes=SQUARES, codes=CODES)
    assert points.tolist() == [[50.0, 500.0], [1_500.0, 500.0], [2_500.0, 500.0], [3_900.0, 900.0]]
    none = choose_points(np.full((4, 2), np.nan), shapes=SQUARES, codes=CODES)
    assert none.tolist() == points_on_surface(SQUARES).tolist()


def test_how_many_a_point_stands_in_for_is_said_once_and_of_this_source_alone() -> None:
    told = [
        Provenance(spec=spec, sha256="", retrieved_at=datetime.now(UTC), rows=4, note=spec.note)
        for spec in (SPEC, iod_2019_ranks.SPEC)
    ]
    points = choose_points(CENTROIDS, shapes=SQUARES, codes=CODES)
    first, second = say_what_stands_in(told, centroids=CENTROIDS, points=points)
    assert first.note.startswith(f"{SPEC.note} 2 of 4 neighbourhoods have none, or one outside their boundary")
    assert second == told[1]
    assert say_what_stands_in(told, centroids=points, points=points) == told
    left_out = [replace(told[0], rows=None, note="Left out: its file is gone.")]
    assert say_what_stands_in(left_out, centroids=np.full((4, 2), np.nan), points=points) == left_out


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ({0: (9_000.0, 500.0)}, r"The centroid of E01000000 lies 8\.0 km away from its boundary \(source"),
        (
            {1: (1_500.0, 4_000.0), 3: (3_500.0, -1_500.0)},
            r"E01000001 lies 3\.0 km away .*\(and so it is with 1 more\)",
        ),
    ],
)
def test_centroids_of_other_places_are_refused(moved: dict[int, tuple[float, float]], said: str) -> None:
    centroids = CENTROIDS.copy()
    for place, at in moved.items():
        centroids[place] = at
    with pytest.raises(SourceError, match=said) as refused:
        choose_points(centroids, shapes=SQUARES, codes=CODES)
    assert "of one edition" in refused.value.todo


def test_walks_and_best_fits_are_measured_from_the_centroid() -> None:
    population = np.full(4, 1_000.0)
    asset, boundary = np.array([[-500.0, 500.0]]), shapely.box(0, 0, 200, 1_000)
    answers = []
    for centroids in (CENTROIDS, np.full((4, 2), np.nan)):
        points = choose_points(centroids, shapes=SQUARES, codes=CODES)
        access = measure_access(origins=points, population=population, assets=asset)
        fit = fit_boundary(boundary, points=points, shapes=SQUARES, population=population)
        answers.append((access.nearest_m[0], int(access.count_within_800m[0]), fit.is_inside.tolist()))
    assert answers == [
        (pytest.approx(1.3 * 550), 1, [True, False, False, False]),
        (pytest.approx(1.3 * 1_000), 0, [False, False, False, False]),
    ]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return a home in which centroids are loaded: people of the second neighbourhood live at its western end."""
    made = make_home(tmp_path / "with")
    with duckdb.connect(str(current_snapshot(made))) as con:
        con.execute("UPDATE neighbourhood SET easting = 1100 WHERE lsoa21_code = ?", [LSOAS[1]])
        con.execute("UPDATE source SET source_id = 'lsoa_centroids', status = 'loaded' WHERE source_id = 'two'")
    return made


# In the first neighbourhood: 520 m on foot from the second's people, 1,040 m from its middle.
((LON, LAT),) = to_degrees(np.array([[700.0, 500.0]])).tolist()


def test_a_plan_is_weighed_from_where_people_live(settings: Settings, tmp_path: Path) -> None:
    reached = []
    for home in (settings, make_home(tmp_path / "without")):
        repository = open_repository(current_snapshot(home))
        answer = weigh_plan(repository, open_register(home), Plan(sites=(make_site(LON, LAT),)))
        reached.append(answer.newly["within_800m"])
    assert reached == [1_000 + 2_000, 1_000]


def test_pages_say_which_point_they_measure_from(settings: Settings, tmp_path: Path) -> None:
    for home, by, walks in (
        (settings, my_places.BY_CENTROID, "from the population-weighted centroid of each neighbourhood"),
        (make_home(tmp_path / "without"), my_places.BY_POINT_INSIDE, "from one point inside each neighbourhood"),
    ):
        assert by in words_of(open_page("my_places", home))
        assert walks in words_of(open_page("plan", home, sites=f"{LAT},{LON}"))


def test_a_boundary_is_fitted_by_the_centroid_and_says_so(
    demo_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = open_repository(current_snapshot(demo_settings))
    places = repository.areas_of_level("lsoa")
    centroids = repository.neighbourhood_points
    labels = np.column_stack(points_in_metres(places["lon"].to_numpy(), places["lat"].to_numpy()))
    apart = np.hypot(*(centroids - labels).T)
    place = int(apart.argmax())
    assert apart[place] > 500, "in the country people may live far from the point inside"
    near = 0.4 * apart[place]
    made = fit_shape(repository, shapely.Point(centroids[place]).buffer(near))
    assert places["area_code"].iloc[place] in made.lsoa21_codes
    assert made.notes[-1] == BY_CENTROID
    with pytest.raises(NothingMadeError, match="has its middle inside"):
        fit_shape(repository, shapely.Point(labels[place]).buffer(1.0))
    monkeypatch.setattr(repository, "has_centroids", False)
    assert fit_shape(repository, shapely.Point(centroids[place]).buffer(near)).notes[-1] == BY_POINT_INSIDE
