"""Each source turns its publisher's layout into staging rows: small files in every layout that is known of."""

from __future__ import annotations

import importlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl.errors import SourceError
from etl.progress import SilentSource
from etl.sources import health_lookup, iod_2025_indicator_measures
from etl.sources.iod_2025_scores import LAYOUT as FILE_7
from etl.sources.spec import Source
from etl.statements import run_statement
from etl.tables.areas import REGISTERED_PATIENTS
from tests.reading_cases import spell, write_workbook

Rows = list[tuple[object, ...]]
Stage = Callable[..., Rows]


class CountedRows(SilentSource):
    """A progress line that remembers the last count."""

    rows: tuple[int, int | None] = (0, None)

    def rows_done(self, done: int, total: int | None) -> None:
        self.rows = (done, total)


@pytest.fixture
def stage(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Stage:
    """Return a function that reads and tidies made-up files and gives back one staging table."""

    def run(source: str | Source, files: dict[str, str | bytes | Path], table: str) -> Rows:
        chosen = source if isinstance(source, Source) else importlib.import_module(f"etl.sources.{source}").SOURCE
        paths = []
        for name, content in files.items():
            path = content if isinstance(content, Path) else tmp_path / name
            if isinstance(content, str):
                path.write_text(content, encoding="utf-8")
            elif isinstance(content, bytes):
                path.write_bytes(content)
            paths.append(path)
        progress = CountedRows()
        rows = chosen.read(con, replace(chosen.spec, expected_rows=0), paths, progress)
        chosen.tidy(con)
        assert progress.rows == (rows, None)
        return sorted(con.table(table).fetchall(), key=str)

    return run


def zipped(folder: Path, name: str, members: dict[str, str]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    return path


def test_the_older_income_index_is_read_where_file_7_has_it(stage: Stage) -> None:
    header = [column.heading for column in FILE_7.columns]
    cells = {"number": "0.25", "rank": "7", "decile": "2", "integer": "1500"}
    row = ["E01000001", *(cells[column.type] for column in FILE_7.columns[1:])]
    rows = stage("iod_2025_scores", {"File_7.csv": spell([header, row])}, "staged_value")
    assert len(rows) == 16
    assert ("E01000001", "idaopi_2025", 0.25, 7.0, 2, "published") in rows


def test_file_8_is_read_from_the_publishers_workbook_of_one_sheet_per_domain(stage: Stage, tmp_path: Path) -> None:
    own = ["LSOA code (2021)", "LSOA name (2021)"]
    measures = [measure.heading for measure in iod_2025_indicator_measures.MEASURES]
    code = ["E01000001", "City of London 001A"]
    book = write_workbook(
        tmp_path / "File_8.xlsx",
        {
            "Notes": [["Indicator", "Details"], ["Acute morbidity indicator", "A ratio"]],
            "IoD25 Health Domain": [[*own, *measures[4:8]], [*code, 84.789, 26.702, -1.699, 63.609]],
            "IoD25 Education Domain": [[*own, measures[1], measures[8]], [*code, 0.03, "*"]],
            "IoD25 Barriers Domain": [
                [*own, measures[0], measures[2], measures[3], *measures[9:]],
                [*code, 0.756, 95.563, 1385.981, 0.032, -0.274, 1.492],
            ],
        },
    )
    rows = stage("iod_2025_indicators", {"": book}, "staged_value")
    assert {(row[1], row[2]) for row in rows} == {
        ("broadband_2025", 0.756),
        ("adult_skills_english_2025", 0.03),
        ("travel_connectivity_2025", 95.563),
        ("patients_per_gp_2025", 1385.981),
        ("acute_morbidity_2025", 84.789),
        ("illness_disability_ratio_2025", 26.702),
        ("mental_health_2025", -1.699),
        ("years_life_lost_2025", 63.609),
        ("overcrowding_2025", 0.032),
        ("housing_affordability_2025", -0.274),
        ("homelessness_2025", 1.492),
    }, "the starred entry to higher education has no row"


AGES = "Aged 70 to 74 years,Aged 75 to 79 years,Aged 80 to 84 years,Aged 85 years and over"
RM121 = (
    "RM121 - Sex by age,,,,,,,\nUnits      :,Persons,,,,,,\n,,,,,,,\n"
    f"2021 super output area - lower layer,Total,Aged 65 years,Aged 66 to 69 years,{AGES}\n,,,,,,,\n"
    'E01011954 : Hartlepool 001A,"2,000",20,80,100,40,40,20\nW01000001 : Swansea 001A,1000,1,2,3,4,5,6\n'
    ",,,,,,,\n,In order to protect against disclosure,,,,,,\n"
)


def test_the_export_of_rm121_gives_population_and_shares_of_england(
    stage: Stage, con: duckdb.DuckDBPyConnection
) -> None:
    assert stage("census_age", {"RM121.csv": RM121}, "staged_population") == [("E01011954", 2000)]
    values = con.sql("SELECT indicator_id, value FROM staged_value ORDER BY 1").fetchall()
    assert values == [("share_65_74_2021", 10.0), ("share_65_plus_2021", 15.0), ("share_75_plus_2021", 5.0)]


def test_the_bulk_table_of_ages_gives_the_same(stage: Stage, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ages = ",".join(f"Age: {age}" for age in ["Total", "Aged 65 to 69 years", *AGES.split(",")])
    text = f"date,geography,geography code,{ages}\n2021,Hartlepool 001A,E01011954,2000,100,100,40,40,20\n"
    path = zipped(tmp_path, "census2021-ts007a.zip", {"census2021-ts007a-lsoa.csv": text, "metadata/ts007a.txt": "x"})
    assert stage("census_age", {"": path}, "staged_population") == [("E01011954", 2000)]
    values = con.sql("SELECT indicator_id, value FROM staged_value ORDER BY 1").fetchall()
    assert values == [("share_65_74_2021", 10.0), ("share_65_plus_2021", 15.0), ("share_75_plus_2021", 5.0)]


def test_ages_without_65_to_69_in_any_form_are_refused(stage: Stage) -> None:
    text = f"geography code,Total,{AGES}\nE01011954,2000,100,40,40,20\n"
    with pytest.raises(SourceError, match="Residents aged 65 to 69 are not counted"):
        stage("census_age", {"RM121.csv": text}, "staged_population")


def test_the_bulk_zip_of_disability_gives_percentages(stage: Stage, tmp_path: Path) -> None:
    header = "date,geography,geography code,Disability: Total: All usual residents,"
    text = f"{header}Disability: Disabled under the Equality Act\n2021,City of London 001A,E01000001,1475,152\n"
    path = zipped(tmp_path, "census2021-ts038.zip", {"census2021-ts038-lsoa.csv": text, "census2021-ts038-oa.csv": "x"})
    rows = stage("census_disability", {"": path}, "staged_value")
    assert rows == [("E01000001", "share_disabled_2021", pytest.approx(100 * 152 / 1475), None, None, "published")]


CCG = "CCG_CODE,CCG_ONS_CODE,CCG_NAME,Appointment_Month,APPT_MODE,COUNT_OF_APPOINTMENTS\n"
SUB_ICB = CCG.replace("CCG", "SUB_ICB_LOCATION")


def test_appointments_of_any_status_are_added_up_by_month_and_mode(stage: Stage) -> None:
    text = CCG + "15N,E38000230,NHS Devon CCG,MAR2019,Telephone,10\n15N,E38000230,NHS Devon CCG,MAR2019,Telephone,5\n"
    other = CCG + "15N,E38000230,NHS Devon CCG,APR2019,Video/Online,7\n"
    rows = stage("gp_appointments", {"Regional_CSV_A.csv": text, "Regional_CSV_B.csv": other}, "staged_appointments")
    assert rows == [
        ("15N", "E38000230", "NHS Devon CCG", "2019-03", "telephone", 15),
        ("15N", "E38000230", "NHS Devon CCG", "2019-04", "video_online", 7),
    ]


def test_later_editions_by_sub_icb_location_are_read_from_the_zip(stage: Stage, tmp_path: Path) -> None:
    text = SUB_ICB + "14L,E38000217,NHS Greater Manchester ICB - 14L,01APR2025,Video Conference/Online,3\n"
    path = zipped(
        tmp_path, "Appointments_GP_Regional_CSV_Apr_25.zip", {"Regional_CSV_GM.csv": text, "COVERAGE.csv": "x\n"}
    )
    rows = stage("gp_appointments", {"": path}, "staged_appointments")
    assert rows == [("14L", "E38000217", "NHS Greater Manchester ICB - 14L", "2025-04", "video_online", 3)]


def test_an_unknown_mode_of_appointment_is_refused(stage: Stage) -> None:
    text = CCG + "15N,E38000230,NHS Devon CCG,MAR2019,Telepathy,10\n"
    with pytest.raises(SourceError, match=r"“Telepathy” is not a valid code.*row 2, column “APPT_MODE”"):
        stage("gp_appointments", {"Regional_CSV_A.csv": text}, "staged_appointments")


def practice(code: str, *, postcode: str, status: str = "A", setting: str = "4", grouping: str = "Y63") -> list[str]:
    cells = [""] * 27
    cells[0], cells[1], cells[2], cells[9], cells[12], cells[25] = (
        code,
        f"Surgery {code}",
        grouping,
        postcode,
        status,
        setting,
    )
    return cells


def test_only_open_gp_practices_of_england_are_staged_with_their_list_size(stage: Stage) -> None:
    practices = [
        practice("A81001", postcode="TS181HU"),
        practice("A81002", postcode=" ts18  2aw"),
        practice("A81003", postcode="TS26 8DB", status="C"),
        practice("A81004", postcode="TS26 8DB", setting="9"),
        practice("W00005", postcode="CF10 1AA", grouping="W00"),
        practice("A81006", postcode=""),
    ]
    lists = "CODE,SEX,AGE,NUMBER_OF_PATIENTS\nA81001,ALL,ALL,4000\nA81001,MALE,ALL,2000\n"
    files = {"epraccur.csv": spell(practices), "gp-reg-pat-prac-all.csv": lists}
    assert stage("gp_practices", files, "staged_practice") == [
        ("A81001", "Surgery A81001", "TS18 1HU", 4000),
        ("A81002", "Surgery A81002", "TS18 2AW", None),
        ("A81006", "Surgery A81006", None, None),
    ]


def test_postcodes_of_england_with_a_position_are_staged_with_one_space(stage: Stage, tmp_path: Path) -> None:
    lines = (
        '"M1 1AD",10,383848,398589,"E92000001","","","","",""\n'
        '"M14 4PX",10,385000,395000,"E92000001","","","","",""\n'
        '"EC1A1BB",50,532000,181000,"E92000001","","","","",""\n'
        '"M1 9ZZ",90,0,0,"E92000001","","","","",""\n'
    )
    scotland = '"AB10 1AB",10,394235,806529,"S92000003","","","","",""\n'
    path = zipped(
        tmp_path,
        "codepo_gb.zip",
        {"Data/CSV/m.csv": lines, "Data/CSV/ab.csv": scotland, "Doc/Code-Point_Open_Column_Headers.csv": "PC,PQ\n"},
    )
    rows = stage("code_point_open", {"": path}, "staged_postcode")
    assert rows == [("EC1A 1BB", 532000, 181000), ("M1 1AD", 383848, 398589), ("M14 4PX", 385000, 395000)]


REGISTERED = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,NUMBER_OF_PATIENTS\n"


def test_registered_patients_are_those_of_all_sexes_with_a_known_place_in_england(stage: Stage, tmp_path: Path) -> None:
    lines = REGISTERED + "".join(
        f"GP_PRAC_PAT_LIST,01APR2024,{practice},A SURGERY,{lsoa},{sex},{patients}\n"
        for practice, lsoa, sex, patients in (
            ("P84001", "E01000001", "ALL", 40),
            ("P84001", "E01000001", "MALE", 25),
            ("P84001", "E01000002", "ALL", 10),
            ("P84001", "W01000001", "ALL", 3),
            ("P84001", "NO2011", "ALL", 2),
            ("P84002", "E01000002", "ALL", 0),
        )
    )
    packed = zipped(
        tmp_path,
        "gp-reg-pat-prac-lsoa-male-female-Apr-24.zip",
        {"gp-reg-pat-prac-lsoa-all.csv": lines, "gp-reg-pat-prac-lsoa-male.csv": "x\n"},
    )
    rows = stage("gp_registered_patients", {"": packed}, "staged_registered")
    assert rows == [("P84001", "E01000001", 40), ("P84001", "E01000002", 10)]


def test_registered_patients_are_read_under_the_heading_of_earlier_years(stage: Stage) -> None:
    lines = REGISTERED.replace("NUMBER_OF_PATIENTS", "Number of Patients") + "GP,01JUL2019,P84001,A,E01000001,ALL,7\n"
    rows = stage("gp_registered_patients", {"gp-reg-pat-prac-lsoa-all-jul-19.csv": lines}, "staged_registered")
    assert rows == [("P84001", "E01000001", 7)]


def test_registered_patients_of_2011_go_to_the_neighbourhoods_that_theirs_became(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute(REGISTERED_PATIENTS.ddl())
    con.execute("CREATE TABLE neighbourhood (lsoa21_code VARCHAR, population INTEGER)")
    people = (("E01000001", 100), ("E01000011", 300), ("E01000012", 100), ("E01000099", 50))
    con.executemany("INSERT INTO neighbourhood VALUES (?, ?)", people)
    pairs = (("E01000001", "E01000001"), ("E01000010", "E01000011"), ("E01000010", "E01000012"))
    con.executemany("INSERT INTO staged_pair VALUES (?, ?, 'S')", pairs)
    con.execute("CREATE TABLE practice AS SELECT 'P84001' AS practice_code")
    registered = [
        ("P84001", "E01000001", 40),
        ("P84001", "E01000010", 80),
        # Of 2021 already.
        ("P84001", "E01000099", 5),
        # A practice that is not open, and a place that is nowhere.
        ("P84002", "E01000001", 9),
        ("P84001", "E01999999", 9),
    ]
    con.executemany("INSERT INTO staged_registered VALUES (?, ?, ?)", registered)
    run_statement(con, "registered_patients")
    found = dict(con.execute("SELECT lsoa21_code, patients FROM registered_patients").fetchall())
    assert found == {"E01000001": 40.0, "E01000011": 60.0, "E01000012": 20.0, "E01000099": 5.0}


OFCOM = (
    "output_area,laua,All Premises,All Matched Premises,Number of premises unable to receive 30Mbit/s,"
    "Number of premises below the USO,Number of premises with Gigabit availability\n"
)
OUTPUT_AREAS = "OA21CD,LSOA21CD,LSOA21NM,MSOA21CD\n"


def test_ofcoms_premises_are_added_up_to_neighbourhoods_before_they_are_divided(stage: Stage, tmp_path: Path) -> None:
    coverage = OFCOM + (
        "E00000001,E09000001,100,100,10,1,50\nE00000002,E09000001,300,300,0,0,300\n"
        "E00000003,E09000001,0,0,0,0,0\nN00000001,N09000001,90,90,9,9,9\nS00088956,S12000033,90,90,9,9,9\n"
    )
    lookup = OUTPUT_AREAS + "".join(f"E0000000{n},E0100000{lsoa},A,E02000001\n" for n, lsoa in ((1, 1), (2, 1), (3, 2)))
    zip_path = zipped(
        tmp_path,
        "fixed-coverage-output-areas.zip",
        {"202501_fixed_oa_coverage_r01.csv": coverage, "202501_fixed_oa_res_coverage_r01.csv": "x\n"},
    )
    rows = stage("ofcom_fixed", {"": zip_path, "OA21_LSOA21_MSOA21_LAD22_EW_LU.csv": lookup}, "staged_value")
    assert {(row[0], row[1], row[2]) for row in rows} == {
        ("E01000001", "ofcom_no_30mbit", 2.5),
        ("E01000001", "ofcom_below_uso", 0.25),
        ("E01000001", "ofcom_gigabit", 87.5),
    }, "a neighbourhood without premises has no row"


def test_an_output_area_that_the_look_up_does_not_know_is_refused(stage: Stage) -> None:
    files = {
        "202501_fixed_oa_coverage_r01.csv": OFCOM + "E00000009,E09000001,100,100,10,1,50\n",
        "OA21_LSOA21_MSOA21_LAD22_EW_LU.csv": OUTPUT_AREAS + "E00000001,E01000001,A,E02000001\n",
    }
    with pytest.raises(SourceError, match="output area “E00000009” is not in the look-up"):
        stage("ofcom_fixed", files, "staged_value")


def test_a_health_look_up_of_a_later_year_is_read_with_or_without_nhs_codes(stage: Stage) -> None:
    header = "LSOA21CD,SICBL26CD,SICBL26NM,ICB26CD,ICB26NM,LAD26CD,LAD26NM\n"
    row = "E01012392,E38000068,NHS Cheshire and Merseyside ICB - 01F,E54000008,NHS Cheshire,E06000006,Halton\n"
    rows = stage(health_lookup.source_for(2026), {"LSOA21_SICBL26.csv": header + row}, "staged_health_lookup")
    assert rows == [
        (
            "E01012392",
            "E38000068",
            "01F",
            "NHS Cheshire and Merseyside ICB - 01F",
            "E54000008",
            "NHS Cheshire",
            "E06000006",
            "Halton",
        )
    ]


def test_pairs_are_read_with_the_heading_of_the_feature_service_too(stage: Stage) -> None:
    text = "ObjectId,F_LSOA11CD,LSOA21CD,CHGIND\n1,E01000001,E01000001,U\n2,W01000001,W01000001,U\n"
    assert stage("lsoa_pairs", {"LSOA11_LSOA21_LAD22.csv": text}, "staged_pair") == [("E01000001", "E01000001", "U")]


def test_a_kind_of_change_that_is_unknown_is_refused(stage: Stage) -> None:
    with pytest.raises(SourceError, match="“Q” is not a valid code, such as U, S, M or X"):
        stage("lsoa_pairs", {"p.csv": "LSOA11CD,LSOA21CD,CHGIND\nE01000001,E01000001,Q\n"}, "staged_pair")


def test_silent_progress_is_enough_to_read(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "RUC21_LSOA21_EN.csv"
    path.write_text("LSOA21CD,RUC21CD,RUC21NM\nE01000001,UN1,Urban\n", encoding="utf-8")
    source = importlib.import_module("etl.sources.rural_urban").SOURCE
    assert source.read(con, replace(source.spec, expected_rows=1), [path], SilentSource()) == 1
