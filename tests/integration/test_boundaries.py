"""Boundary files, good and bad, through the sources that read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from duckdb_extensions import import_extension

from etl.errors import SourceError
from etl.geometry import to_national_grid
from etl.sources import lsoa_boundaries, msoa_boundaries
from etl.sources.spec import Source
from etl.tables.staged_places import STAGED_BOUNDARY, STAGED_MSOA_NAME

Feature = dict[str, Any]


class Watched:
    """Progress that remembers rows."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int | None]] = []

    def bytes_done(self, done: int, total: int | None) -> None:
        raise AssertionError((done, total))

    def rows_done(self, done: int, total: int | None) -> None:
        self.rows.append((done, total))


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        # As in a build: with spatial loaded, DuckDB would turn GeoArrow columns into geometries of its own.
        import_extension("spatial", con=connection)
        connection.execute("LOAD spatial")
        connection.execute(STAGED_BOUNDARY.ddl())
        connection.execute(STAGED_MSOA_NAME.ddl())
        yield connection


def square(west: float, south: float = 52.0) -> shapely.Polygon:
    return shapely.box(west, south, west + 0.1, south + 0.1)


def feature(code: str | None, name: str | None, geometry: shapely.Geometry | None) -> Feature:
    drawn = None if geometry is None else json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "properties": {"LSOA21CD": code, "LSOA21NM": name, "FID": 7}, "geometry": drawn}


GOOD = [
    feature("E01000002", "Somewhere 001B", square(-1.0)),
    feature("W01000001", "Rhywle 001A", square(-3.0)),
    feature("E01000001", "Somewhere 001A", shapely.MultiPolygon([square(-0.9), square(-0.7)])),
]


def write_geojson(folder: Path, features: list[Feature], **more: object) -> Path:
    path = folder / "LSOA_2021_EN_BGC.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", **more, "features": features}))
    return path


def write_parquet(folder: Path, features: list[Feature], *, geometry: str = "geometry", geo: bool = True) -> Path:
    path = folder / "LSOA_2021_EN_BGC.parquet"
    drawn = [f["geometry"] and shapely.to_wkb(shapely.from_geojson(json.dumps(f["geometry"]))) for f in features]
    columns = {name: [f["properties"][name] for f in features] for name in ("LSOA21CD", "LSOA21NM")}
    table = pa.table(
        {**{n: pa.array(v, pa.string()) for n, v in columns.items()}, geometry: pa.array(drawn, pa.binary())}
    )
    about = {"version": "1.1.0", "primary_column": geometry, "columns": {geometry: {"encoding": "WKB"}}}
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(about)} if geo else None), path)
    return path


def read(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    source: Source = lsoa_boundaries.SOURCE,
    expected_rows: int = 0,
    progress: Watched | None = None,
) -> int:
    return source.read(con, replace(source.spec, expected_rows=expected_rows), [path], progress or Watched())


@pytest.mark.parametrize("write", [write_geojson, write_parquet])
def test_england_is_staged_in_order_of_code_and_wales_is_left_out(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, write: Callable[[Path, list[Feature]], Path]
) -> None:
    progress = Watched()
    assert read(con, write(tmp_path, GOOD), expected_rows=2, progress=progress) == 3
    assert progress.rows == [(3, 2)]
    lsoa_boundaries.SOURCE.tidy(con)
    staged = con.execute("SELECT * FROM staged_boundary").fetchall()
    assert [row[:2] for row in staged] == [("E01000001", "Somewhere 001A"), ("E01000002", "Somewhere 001B")]
    multi = shapely.from_wkb(staged[0][2])
    assert multi.equals(shapely.MultiPolygon([square(-0.9), square(-0.7)]))


def test_geoparquet_says_itself_which_column_is_the_boundary(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert read(con, write_parquet(tmp_path, GOOD, geometry="shape")) == 3
    assert read(con, write_parquet(tmp_path, GOOD, geo=False)) == 3


def test_reading_twice_keeps_the_second(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read(con, write_geojson(tmp_path, GOOD))
    read(con, write_geojson(tmp_path, GOOD[:1]))
    assert con.execute("SELECT lsoa21_code FROM read_lsoa_boundaries").fetchall() == [("E01000002",)]


def test_a_ring_that_crosses_itself_is_let_through_to_be_repaired(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    bow_tie = shapely.Polygon([(-1, 52), (-0.9, 52.1), (-0.9, 52), (-1, 52.1)])
    assert read(con, write_geojson(tmp_path, [feature("E01000001", "A", bow_tie)])) == 1


FAULTS = {
    "a code that is none": (
        feature("Somewhere", "A", square(-1)),
        "“Somewhere” is not a valid code, such as E01000001",
    ),
    "an MSOA's code": (feature("E02000001", "A", square(-1)), "“E02000001” is not a valid code"),
    "no code": (feature(None, "A", square(-1)), "A code is missing"),
    "no name": (feature("E01000009", None, square(-1)), "E01000009 has no name"),
    "an empty name": (feature("E01000009", "", square(-1)), "E01000009 has no name"),
    "a code that comes twice": (feature("E01000002", "A", square(-1)), "E01000002 comes twice, as feature 1 and again"),
    "no boundary": (feature("E01000009", "A", None), "E01000009 has no boundary"),
    "an empty boundary": (feature("E01000009", "A", shapely.Polygon()), "E01000009 has an empty boundary"),
    "a point": (feature("E01000009", "A", shapely.Point(-1, 52)), "E01000009 is not drawn as a polygon"),
    "National Grid": (feature("E01000009", "A", shapely.box(4e5, 3e5, 4.1e5, 3.1e5)), "EPSG:27700.*not degrees"),
    "latitude first": (feature("E01000009", "A", shapely.box(52, -1, 52.1, -0.9)), "the wrong way round"),
    "another country": (
        feature("E01000009", "A", shapely.box(10, 52, 10.1, 52.1)),
        r"outside England: its middle is 10\.",
    ),
}


@pytest.mark.parametrize("write", [write_geojson, write_parquet])
@pytest.mark.parametrize(("fault", "said"), FAULTS.values(), ids=list(FAULTS))
def test_a_bad_feature_is_named_with_its_number(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    write: Callable[[Path, list[Feature]], Path],
    fault: Feature,
    said: str,
) -> None:
    with pytest.raises(SourceError, match=said) as refusal:
        read(con, write(tmp_path, [*GOOD, fault]))
    message = str(refusal.value)
    for part in ("feature 4 of the file", "lsoa_boundaries", "LSOA_2021_EN_BGC", "load again"):
        assert part in message
    assert not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'read_lsoa_boundaries'").fetchall()


def test_how_many_features_are_bad_is_said(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    bad = [feature(f"E0100010{n}", "A", shapely.Point(-1, 52)) for n in range(3)]
    with pytest.raises(SourceError, match="and so it is with 2 more"):
        read(con, write_geojson(tmp_path, [*GOOD, *bad]))


def test_a_boundary_that_cannot_be_read_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    broken = feature("E01000009", "A", square(-1))
    broken["geometry"]["coordinates"] = [[[-1, 52], [-0.9, 52]]]
    with pytest.raises(SourceError, match="E01000009 has no boundary, or one that cannot be read"):
        read(con, write_geojson(tmp_path, [*GOOD, broken]))


@pytest.mark.parametrize("column", ["LSOA21CD", "LSOA21NM"])
def test_a_missing_column_is_named_with_those_that_are_there(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, column: str
) -> None:
    features = [f | {"properties": {n: v for n, v in f["properties"].items() if n != column}} for f in GOOD]
    with pytest.raises(SourceError, match=rf"A column is missing; the file has .*FID.*“{column}”"):
        read(con, write_geojson(tmp_path, features))


def test_parquet_without_boundaries_says_which_column_it_lacks(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "LSOA_2021_EN_BGC.parquet"
    pq.write_table(pa.table({"LSOA21CD": ["E01000001"], "LSOA21NM": ["A"]}), path)
    with pytest.raises(SourceError, match=r"A column is missing; the file has LSOA21CD, LSOA21NM.*“geometry”"):
        read(con, path)


def test_boundaries_that_are_not_wkb_are_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "LSOA_2021_EN_BGC.parquet"
    pq.write_table(pa.table({"LSOA21CD": ["E01000001"], "LSOA21NM": ["A"], "geometry": ["POLYGON EMPTY"]}), path)
    with pytest.raises(SourceError, match=r"must be well-known binary \(WKB\), and are kept as string"):
        read(con, path)


@pytest.mark.parametrize("geo", [b"{", b"[]", b"\xff"], ids=["cut short", "a list", "no text"])
def test_parquet_that_says_nothing_sensible_of_its_geometry_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, geo: bytes
) -> None:
    path = tmp_path / "LSOA_2021_EN_BGC.parquet"
    columns = {"LSOA21CD": ["E01000001"], "LSOA21NM": ["A"], "geometry": [shapely.to_wkb(square(-1))]}
    pq.write_table(pa.table(columns).replace_schema_metadata({b"geo": geo}), path)
    with pytest.raises(SourceError, match="cannot be read as GeoParquet or GeoJSON"):
        read(con, path)


def test_a_corner_that_is_no_number_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = write_geojson(tmp_path, [feature("E01000001", "A", square(-1))])
    path.write_text(path.read_text(encoding="utf-8").replace("-1.0", "NaN", 1), encoding="utf-8")
    with pytest.raises(SourceError, match="E01000001 has a corner that is no number; it is feature 1"):
        read(con, path)


def test_codes_that_are_no_text_are_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "LSOA_2021_EN_BGC.parquet"
    columns = {"LSOA21CD": [["E01000001"]], "LSOA21NM": ["A"], "geometry": [shapely.to_wkb(square(-1))]}
    pq.write_table(pa.table(columns), path)
    with pytest.raises(SourceError, match="The column must be text, and is list"):
        read(con, path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"LSOA21CD,LSOA21NM\nE01000001,A\n", id="a table"),
        pytest.param(b'{"type": "FeatureCollection", "features": [{"type": "Fea', id="GeoJSON cut short"),
        pytest.param(b'{"error": {"code": 400}}', id="an error of the service"),
        pytest.param(b"PAR1\x15\x04\x15", id="Parquet cut short"),
        pytest.param(b"\xff\xfe\x00garbage", id="garbage"),
    ],
)
def test_a_file_that_is_neither_geoparquet_nor_geojson_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "LSOA_2021_EN_BGC.geojson"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="cannot be read as GeoParquet or GeoJSON") as refusal:
        read(con, path)
    assert str(tmp_path) not in str(refusal.value), "in words, not in those of the library that reads it"


def test_an_empty_file_is_said_to_be_empty(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "LSOA_2021_EN_BGC.parquet"
    path.touch()
    with pytest.raises(SourceError, match=r"The file is empty \(source lsoa_boundaries"):
        read(con, path)


def test_the_number_of_boundaries_must_be_as_expected(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="has 2 boundaries of England where 33,755 are expected"):
        read(con, write_geojson(tmp_path, GOOD), expected_rows=33_755)
    with pytest.raises(SourceError, match="holds no boundary of England"):
        read(con, write_geojson(tmp_path, [GOOD[1]]))


def test_msoas_without_a_library_name_go_by_their_official_one(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute("INSERT INTO staged_msoa_name VALUES ('E02000001', 'Somewhere 001', 'Old Town')")
    places = [("E02000001", "Somewhere 001"), ("E02000002", "Somewhere 002")]
    features = [
        feature("", "", square(-1 + n)) | {"properties": {"MSOA21CD": code, "MSOA21NM": name}}
        for n, (code, name) in enumerate(places)
    ]
    read(con, write_geojson(tmp_path, features), source=msoa_boundaries.SOURCE)
    msoa_boundaries.SOURCE.tidy(con)
    named = con.execute("SELECT msoa21_code, local_name FROM staged_msoa_name ORDER BY 1").fetchall()
    assert named == [("E02000001", "Old Town"), ("E02000002", "Somewhere 002")]


def test_the_publishers_own_geojson_is_read(con: duckdb.DuckDBPyConnection, real_data: Path) -> None:
    path = real_data / "geography" / "LSOA_2021_BGC_Greater_Manchester.geojson"
    assert read(con, path, expected_rows=1_702) == 1_702
    names = con.execute("SELECT lsoa21_name FROM read_lsoa_boundaries WHERE lsoa21_code = 'E01004766'").fetchall()
    assert names == [("Bolton 005A",)]


def test_projected_boundaries_fall_back_on_the_metres_they_were_drawn_in(real_data: Path) -> None:
    table = pq.read_table(real_data / "geography" / "LSOA_2021_EN_BGC.parquet", columns=["geometry"]).slice(0, 2_000)
    metres = shapely.get_coordinates(to_national_grid(shapely.from_wkb(table["geometry"].to_numpy())))[:, 0]
    on_whole_metres = np.abs(metres - np.round(metres)) <= 0.0015
    # By chance 3 in 1,000 would be; another datum shift than the portal's own would leave it at that.
    assert on_whole_metres.mean() > 0.05
