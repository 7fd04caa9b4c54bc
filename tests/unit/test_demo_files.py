"""The made-up ICB is written as its publishers would, and every code in it is known to every other file."""

from __future__ import annotations

import csv
import filecmp
import gzip
import io
import re
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from dashboard.register.taxonomy import read_taxonomy
from etl.demo import write_demo
from etl.errors import StorageError
from tests.demo_mirror import AGE_FILE, AGE_HEADER_LINE, FILES, find, read, read_ages, write_once

MEGABYTE = 1_000_000
CODE = re.compile(r"\b[EW]\d{8}\b")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_once(tmp_path_factory.getbasetemp())


def contents(path: Path) -> bytes:
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else raw


def first_line(path: Path) -> bytes:
    return contents(path).splitlines(keepends=True)[0]


# No real file of centroids has been met yet.
@pytest.mark.parametrize("table", sorted(set(FILES) - {"scores_2025", "centroids"}))
def test_a_file_has_the_very_heading_line_of_the_published_one(demo: Path, real_data: Path, table: str) -> None:
    assert first_line(find(demo, FILES[table])) == first_line(find(real_data, FILES[table]))


def test_file_7_has_all_56_headings_even_the_one_that_was_cut_short(demo: Path, real_data: Path) -> None:
    full, ours = (
        next(csv.reader(contents(find(folder, name)).decode("utf-8-sig").splitlines()))
        for folder, name in ((real_data, "File_7_IoD2025_first_8_rows*.csv"), (demo, FILES["scores_2025"]))
    )
    assert ours == full
    assert len(ours) == 56


def test_the_nomis_export_is_as_messy_as_the_real_one(demo: Path, real_data: Path) -> None:
    ours, real = (find(folder, AGE_FILE).read_bytes().split(b"\r\n") for folder in (demo, real_data))
    assert ours[AGE_HEADER_LINE : AGE_HEADER_LINE + 2] == real[AGE_HEADER_LINE : AGE_HEADER_LINE + 2]
    assert ours[-7:] == real[-7:]
    assert {line.count(b",") for line in ours[:AGE_HEADER_LINE]} == {7}


def test_appointments_have_the_published_columns_and_words(demo: Path, real_data: Path) -> None:
    ours = pd.read_csv(find(demo, "Regional_CSV_*.csv"))
    real = pd.read_csv(find(real_data, "Regional_CSV_Devon.csv"))
    assert list(ours.columns) == list(real.columns)
    for words in ("APPT_STATUS", "HCP_TYPE", "APPT_MODE", "TIME_BETWEEN_BOOK_AND_APPT"):
        assert set(ours[words]) == set(real[words])
    assert list(ours["Appointment_Month"].unique()) == list(real["Appointment_Month"].unique())


def test_practices_have_as_many_cells_as_the_published_ones_and_no_header(demo: Path, real_data: Path) -> None:
    ours, real = (pd.read_csv(find(folder, "epraccur.csv"), header=None, dtype=str) for folder in (demo, real_data))
    assert ours.shape[1] == real.shape[1] == 27
    assert ours[0].str.fullmatch(r"Z\d{5}").all()
    assert set(ours[12]) == {"A", "C"}
    assert set(read(demo, "patients")["CODE"]) == set(ours.loc[(ours[12] == "A") & (ours[25] == "4"), 0])


def test_postcodes_come_in_a_zip_laid_out_as_code_point_open(demo: Path, real_data: Path) -> None:
    heads = "Doc/Code-Point_Open_Column_Headers.csv"
    with (
        zipfile.ZipFile(find(demo, "codepo_gb.zip")) as ours,
        zipfile.ZipFile(find(real_data, "codepo_gb.zip")) as real,
    ):
        assert ours.read(heads) == real.read(heads)
        rows = pd.read_csv(io.BytesIO(ours.read("Data/CSV/zh.csv")), header=None)
        sample = pd.read_csv(io.BytesIO(real.read("Data/CSV/al.csv")), header=None, nrows=9)
        assert "Data/CSV/zh.csv" not in real.namelist(), "ZH must stay a postcode area that does not exist"
    assert rows.shape[1] == sample.shape[1]
    assert rows[0].str.fullmatch(r"ZH\d{1,2} \d[A-Z]{2}").all()
    assert rows[0].is_unique
    assert ((rows[1] == 90) == (rows[2] == 0)).all()


@pytest.mark.parametrize("level", ["LSOA", "MSOA"])
def test_boundaries_have_the_published_columns_and_lie_in_the_north_sea(
    demo: Path, real_data: Path, level: str
) -> None:
    ours = gpd.read_parquet(find(demo, f"{level}_2021_EN_BGC.parquet"))
    real = gpd.read_parquet(find(real_data, f"{level}_2021_EN_BGC.parquet"))
    assert list(ours.columns) == list(real.columns)
    assert ours.crs == real.crs
    assert not real.intersects(ours.union_all().convex_hull).any(), "nobody may take the demo for a real place"


def test_centroids_lie_where_people_do_inside_their_neighbourhood(demo: Path) -> None:
    centroids = read(demo, "centroids")
    assert list(centroids.columns) == ["FID", "LSOA21CD", "GlobalID", "x", "y"]
    assert centroids["GlobalID"].is_unique
    places = gpd.read_parquet(find(demo, "LSOA_2021_EN_BGC.parquet")).to_crs(27700).set_index("LSOA21CD")
    points = gpd.GeoSeries.from_xy(centroids["x"], centroids["y"], index=centroids["LSOA21CD"], crs=27700)
    shapes = places.geometry.loc[points.index]
    # Boundaries went to degrees and back, and may have moved by a few metres.
    assert (points.distance(shapes) < 5).all()
    assert (points.distance(shapes.representative_point()) > 100).sum() > 300


def test_no_code_of_the_demo_is_a_real_one(demo: Path, real_data: Path) -> None:
    def codes(folder: Path) -> set[str]:
        names = [*FILES.values(), "Regional_CSV_[DH]*.csv"]
        texts = [contents(path) for name in names for path in folder.rglob(name)]
        return set().union(*(CODE.findall(text.decode("utf-8-sig", "replace")) for text in texts))

    ours = codes(demo)
    assert len(ours) > 1_000
    assert not ours & codes(real_data)
    nhs = {"ZD1", "ZD2", "QZ9", "Y90"}
    real_practices = pd.read_csv(find(real_data, "epraccur.csv"), header=None, dtype=str)
    assert not nhs & set(real_practices[[2, 3, 14, 23]].to_numpy().ravel())
    assert not set(read(demo, "patients")["CODE"]) & set(real_practices[0])


def test_every_file_tells_of_the_same_neighbourhoods(demo: Path) -> None:
    codes = set(gpd.read_parquet(find(demo, "LSOA_2021_EN_BGC.parquet"))["LSOA21CD"])
    assert len(codes) == 900
    for table in ("centroids", "health_lookup", "ward_lookup", "pairs", "rural_urban"):
        assert set(read(demo, table)["LSOA21CD"]) == codes, table
    assert set(read(demo, "scores_2025").iloc[:, 0]) == codes
    assert set(read(demo, "underlying_2025")["lsoa21_code"]) == codes
    assert set(read(demo, "disability")["geography code"]) == codes
    assert set(read_ages(demo).index) == codes
    assert set(pd.read_csv(find(demo, "OA21_LSOA21*.csv"))["LSOA21CD"]) == codes
    assert set(pd.read_csv(find(demo, "OA21_LSOA21*.csv"))["OA21CD"]) == set(
        pd.read_csv(find(demo, "*fixed_oa_coverage*.csv"))["output_area"]
    )


def test_every_file_of_2011_tells_of_the_same_neighbourhoods_of_2011(demo: Path) -> None:
    pairs = read(demo, "pairs")
    codes = set(pairs["LSOA11CD"])
    assert set(read(demo, "deri")["lsoa11_code"]) == codes
    assert set(read(demo, "ranks_2019").iloc[:, 0]) == codes
    assert set(read(demo, "people_2015").iloc[:, 0]) == codes
    assert set(pairs["CHGIND"]) == {"U", "S", "M", "X"}
    old, new = (
        pairs["LSOA11CD"].map(pairs["LSOA11CD"].value_counts()),
        pairs["LSOA21CD"].map(pairs["LSOA21CD"].value_counts()),
    )
    assert (pairs.loc[(old == 1) & (new == 1), "CHGIND"] == "U").all()
    assert (pairs.loc[pairs["CHGIND"] == "S", "LSOA11CD"].value_counts() > 1).all()
    assert (pairs.loc[pairs["CHGIND"] == "M", "LSOA21CD"].value_counts() > 1).all()


def test_neighbourhoods_nest_in_msoas_and_names_say_so(demo: Path) -> None:
    lookup, names = read(demo, "health_lookup"), read(demo, "msoa_names")
    msoa = lookup["LSOA21NM"].str[:-1]
    assert set(msoa) == set(names["msoa21nm"])
    assert names["msoa21hclnm"].is_unique
    assert set(msoa.value_counts()) <= {4, 5, 6}
    assert (lookup.groupby(msoa)["LAD24CD"].nunique() == 1).all()
    assert (lookup.groupby("LAD24CD")["SICBL24CD"].nunique() == 1).all()
    assert lookup["ICB24CD"].nunique() == 1
    assert lookup["LSOA21NM"].is_unique
    assert (read(demo, "ward_lookup").groupby("WD24CD")["LAD24CD"].nunique() == 1).all()


def test_assets_are_made_up_and_some_are_as_untidy_as_a_real_register(demo: Path) -> None:
    assets = pd.read_csv(find(demo, "community_assets.csv"), dtype={"phone": str})
    assert 300 <= len(assets) <= 400
    assert assets["name"].is_unique
    assert assets["phone"].dropna().str.startswith("01632 960").all(), "numbers kept for drama only"
    assert assets["website"].dropna().str.endswith(".example.org").all()
    assert (assets["confirmed_on"] < "2025-01-01").sum() >= 20, "some entries must be stale"
    assert 0 < assets["lon"].isna().sum() < 20
    assert set(assets["state"]) == {"open", "waiting_list", "full", "paused"}
    assert 0 < assets["confirmed_on"].isna().sum() < 80, "some entries nobody has confirmed"
    assert assets["opening_hours"].nunique() > 10
    assert assets["offers"].str.contains("digital_help").sum() >= 80


def test_the_same_seed_writes_the_same_bytes_and_few_of_them(demo: Path, tmp_path: Path) -> None:
    again = write_demo(folder=tmp_path / "demo")
    ours, theirs = (sorted(p.relative_to(root) for p in root.rglob("*") if p.is_file()) for root in (demo, again))
    assert ours == theirs
    same, different, unreadable = filecmp.cmpfiles(demo, again, [str(name) for name in ours], shallow=False)
    assert (different, unreadable) == ([], [])
    assert sum((demo / name).stat().st_size for name in same) < 15 * MEGABYTE


def test_assets_speak_in_the_words_of_the_taxonomy(demo: Path) -> None:
    assets = pd.read_csv(find(demo, "community_assets.csv"), dtype=str).fillna("")
    facets = {"kind": "kinds", "offers": "offers", "audiences": "audiences", "referral": "referral", "meets": "meets"}
    facets |= {"accessibility": "accessibility", "organisation_sort": "organisation_sorts"}
    taxonomy = read_taxonomy()
    for column, facet in facets.items():
        used = {one for cell in assets[column] for one in cell.split(";") if one}
        assert used <= taxonomy.terms[facet].keys(), column


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(StorageError, match=r"could not be written to .*taken.*Free some space"):
        write_demo(folder=tmp_path / "taken")


def test_patients_by_neighbourhood_add_up_to_each_practices_list(demo: Path) -> None:
    registered = pd.read_csv(find(demo, "gp-reg-pat-prac-lsoa-all.csv"))
    lists = read(demo, "patients").set_index("CODE")["NUMBER_OF_PATIENTS"]
    assert registered.groupby("PRACTICE_CODE")["NUMBER_OF_PATIENTS"].sum().to_dict() == lists.astype(int).to_dict()
    assert registered["LSOA_CODE"].str.startswith("E01").all()
    assert registered.groupby("PRACTICE_CODE")["LSOA_CODE"].nunique().min() > 3
