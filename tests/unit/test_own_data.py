"""Figures of people's own: read, recognised, placed, with small numbers hidden, and seen by those who may."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import duckdb
import numpy as np
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from scipy import sparse
from streamlit.testing.v1 import AppTest

from dashboard.components.find.map import find_given
from dashboard.components.own_data.bringing import _keep
from dashboard.components.own_figures import own_figure_names
from dashboard.components.visit import Visit
from dashboard.opening import open_register
from dashboard.own.area_codes import read_codes
from dashboard.own.data_cells import Geography, number_of
from dashboard.own.data_columns import CodeColumn, part_places, recognise, tidy_codes
from dashboard.own.data_placing import Placed, place_figures
from dashboard.own.data_reading import Measure, read_numbers, read_upload
from dashboard.own.figures import Described, figure_of_piece, learn_own_figure
from dashboard.questions.own_areas import OwnArea
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.errors import NotFoundError
from dashboard.register.piece import Piece, PieceDraft, Sharing, Sort
from dashboard.register.register import Register
from dashboard.repository import Repository, open_repository
from dashboard.state import View
from etl.errors import CommonGroundError
from etl.methods.arrays import MethodError
from etl.methods.disclosure import is_hidden, protect_counts
from etl.methods.spreading import link_to_nearest, spread_counts, spread_rates
from etl.publish import current_snapshot
from etl.settings import Settings, read_settings
from tests.registers import OTHER_PARTNER, PARTNER
from tests.unit.page_scripts import open_page, query_of, words_of
from tests.unit.small_snapshot import ENGLAND, LADS, LSOAS, POPULATIONS, WARDS, make_home

ME = local_actor()
APP = Described("NHS App [registrations]", "April 2026", "Ours", "higher_is_better", "lsoa", "count")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = make_home(tmp_path_factory.mktemp("template"))
    with duckdb.connect(str(current_snapshot(settings))) as con:
        practices = [("P84001", 500, 500), ("P84002", 10_500, 500), ("P84003", None, None)]
        for code, easting, northing in practices:
            con.execute(
                "INSERT INTO practice (practice_code, name, easting, northing) VALUES (?, ?, ?, ?)",
                [code, f"Surgery {code}", easting, northing],
            )
    return settings.home


@pytest.fixture
def settings(template: Path, tmp_path: Path) -> Settings:
    return read_settings({}, home=Path(shutil.copytree(template, tmp_path / "home")))


@pytest.fixture
def repository(settings: Settings) -> Repository:
    return open_repository(current_snapshot(settings))


def place(
    repository: Repository, *rows: tuple[str, float], geography: Geography = "lsoa", measure: Measure = "count"
) -> Placed:
    codes, numbers = zip(*rows, strict=True)
    return place_figures(
        repository, geography=geography, measure=measure, codes=codes, numbers=np.array(numbers, dtype=np.float64)
    )


def keep(repository: Repository, register: Register, placed: Placed, *, said: Described = APP) -> Piece:
    _keep(repository, Visit(register, PARTNER), said, placed, audience=Sharing.PARTNERS)
    (title,) = register.kept.list(actor=PARTNER, sort=Sort.OWN_DATA)
    return register.kept.get(title.piece_id, actor=PARTNER)


def test_counts_of_one_to_seven_are_hidden_and_others_rounded_to_five() -> None:
    counts = np.array([0, 1, 7, 7.9, 8, 12, 12.5, 13, 103, np.nan])
    assert is_hidden(counts).tolist() == [False, True, True, True, False, False, False, False, False, False]
    assert protect_counts(counts)[[0, 4, 5, 6, 7, 8]].tolist() == [0, 10, 10, 15, 15, 105]
    assert np.isnan(protect_counts(counts)[[1, 2, 3, 9]]).all()
    with pytest.raises(MethodError, match="below nought"):
        protect_counts(np.array([-1.0]))


def test_counts_that_are_shared_out_keep_their_total_and_rates_are_weighted_means() -> None:
    links = sparse.csr_array(np.array([[30.0, 10.0, 0.0], [0.0, 30.0, 0.0]]))
    assert spread_counts(links, counts=np.array([80.0, 9.0]))[:2].tolist() == [60.0, 29.0]
    assert spread_rates(links, rates=np.array([10.0, 50.0]))[:2].tolist() == [10.0, 40.0]
    assert np.isnan(spread_counts(links, counts=np.array([80.0, 9.0]))[2])
    assert np.isnan(spread_rates(links, rates=np.array([10.0, 50.0]))[2])
    near = link_to_nearest(
        sources=np.array([[0.0, 0], [9, 0]]),
        targets=np.array([[1.0, 0], [8, 0], [10, 0]]),
        weights=np.array([1.0, 2, 3]),
    )
    assert near.toarray().tolist() == [[1, 0, 0], [0, 2, 3]]
    # Two practices in one building halve what is nearest to both; one that is nearest to nobody has what it is near to.
    crowded = link_to_nearest(
        sources=np.array([[0.0, 0], [9, 0], [0, 0], [3, 0]]),
        targets=np.array([[1.0, 0], [8, 0], [10, 0]]),
        weights=np.array([1.0, 2, 3]),
    )
    assert crowded.toarray().tolist() == [[0.5, 0, 0], [0, 2, 3], [0.5, 0, 0], [1, 0, 0]]
    assert spread_counts(crowded, counts=np.array([10.0, 50, 20, 7])).tolist() == [37, 20, 30]
    assert link_to_nearest(sources=np.empty((0, 2)), targets=np.zeros((1, 2)), weights=np.ones(1)).shape == (0, 1)


@pytest.mark.parametrize(
    ("code", "geography"),
    [("e01005062", "lsoa"), ("E05000650", "ward"), ("P84001", "practice"), ("m14 4px", "postcode")],
)
def test_columns_are_recognised_whatever_they_are_called(code: str, geography: str) -> None:
    table = read_upload(f'Name;Where;Hits;Note\n"A; b";{code};1,234;x\nC;{code};*;y\n'.encode("utf-8-sig"))
    found = recognise(table)
    assert found is not None
    assert [(column.heading, column.geography) for column in found.codes] == [("Where", geography)]
    assert found.numbers == ("Hits",)
    assert read_numbers(table.column("Hits"), measure="count", rows=table.rows)[0] == 1_234
    assert tidy_codes([code, "nonsense"], geography=found.codes[0].geography)[1] == ""


def test_a_table_with_two_columns_of_codes_asks_which_is_meant(settings: Settings) -> None:
    page = bring(settings, f"ward,lsoa,n\n{WARDS[0]},{LSOAS[0]},60\nx,{LSOAS[1]},9\n{WARDS[0]},{LSOAS[2]},9\n")
    assert [option.split(":")[0] for option in page.selectbox[0].options] == ["lsoa"]
    page = bring(settings, f"ward,lsoa,n\n{WARDS[0]},{LSOAS[0]},60\n")
    assert page.selectbox[0].options == ["ward: Wards", "lsoa: Neighbourhoods (LSOAs)"]
    page.selectbox[0].select_index(1)
    confirm(page)
    register = open_register(settings)
    (title,) = register.kept.list(actor=ME, sort=Sort.OWN_DATA)
    assert list(register.kept.get(title.piece_id, actor=ME).body["values"]) == [LSOAS[0]]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", 1_234),
        ("1 234", 1_234),
        ("1\u00a0234\u202f567.5", 1_234_567.5),
        ("12.3 %", 12.3),
        ("£1,200", 1_200),
        ("-0.5", -0.5),
        ("\u22124", -4),
        ("12,3", None),
        ("1,23,456", None),
        ("12 34", None),
        ("nan", None),
    ],
)
def test_a_cell_is_the_number_that_anybody_reads_in_it_or_none(text: str, number: float | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", "*", "[c]", "[low]", "\u2013", "<5", "< 8", "Fewer than 8", "NaN", "suppressed"])
def test_a_number_that_its_publisher_left_out_is_none(text: str) -> None:
    numbers = read_numbers(["5", text], measure="count", rows=[2, 3])
    assert numbers[0] == 5
    assert np.isnan(numbers[1])


AWKWARD = {
    "codes in small letters with spaces": "code,n\n e01 900 001 ,5\nE01900002,6\n",
    "titles, two lines of headings and totals above": (
        "Table 1: NHS App\n\n,Registered,\nCode,n,Note\nTotal,*,\nE92000001,11,\nE01900001,5,\nE01900002,6,x\n"
    ),
    "a title with commas": "NHS App, April 2026\nCode,n\nE01900001,5\nE01900002,6\n",
    "years for headings": "code,2021\nE01900001,5\nE01900002,6\n",
    "totals and footnotes below": 'code,n\nE01900001,5\nE01900002,6\n,,\nTotal,11\n"Source: ours",\n',
    "no headings at all": "E01900001,5\nE01900002,6\n",
    "tabs": "code\tn\r\nE01900001\t5\r\nE01900002\t6\r\n",
}


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_tables_as_people_save_them_are_read(text: str) -> None:
    for content in (text.encode("utf-8-sig"), text.encode("cp1252"), text.encode("utf-16")):
        table = read_upload(content)
        column = CodeColumn(table.headings[0], "lsoa")
        kept, _ = part_places(table, column)
        assert tidy_codes(kept.column(column.heading), geography="lsoa") == ["E01900001", "E01900002"]
        numbers = read_numbers(kept.column(table.headings[1]), measure="count", rows=kept.rows)
        assert numbers.tolist() == [5, 6]


def test_the_first_sheet_of_a_workbook_that_holds_places_is_read(settings: Settings) -> None:
    places: list[list[str | float]] = [[code, 0.5] for code in LSOAS[:4]]
    sheets: dict[str, list[list[str | float]]] = {
        "Cover": [["NHS App"], ["Published", "April 2026"]],
        "Data (2)": [["Registrations"], [], ["code", "share"], *places, ["Total", 0.5]],
    }
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    table = read_upload(held.getvalue())
    assert (table.headings, table.rows, table.sheet) == (("code", "share"), (4, 5, 6, 7, 8), "Data (2)")
    page = open_page("own_data", settings)
    page.file_uploader[0].upload("figures.xlsx", held.getvalue(), "application/zip").run()
    assert "5 rows in the sheet “Data" in words_of(page)
    # A workbook keeps 50% as 0.5.
    assert "may be shares of one" in words_of(confirm(page, measure="percent", is_safe=True))
    said = confirm(page, measure="rate", is_safe=True).success[0].value
    assert "Row 8 holds no code of the kind “Neighbourhoods \\(LSOAs\\)”, and was left out" in said


def test_a_cell_too_many_is_refused_for_it_may_be_half_a_number() -> None:
    with pytest.raises(CommonGroundError, match="Row 3 has more cells than there are headings"):
        read_upload(b"code,n\nE01900001,5\nE01900002,1,234\n")


def test_the_row_that_is_named_is_the_one_in_the_file() -> None:
    table = read_upload(b'Title\n\n"of two\nlines",n\nE01900001,5\n\nE01900002,soon\n')
    assert table.rows == (5, 7)
    with pytest.raises(CommonGroundError, match="Row 7 holds “soon”"):
        read_numbers(table.column("n"), measure="count", rows=table.rows)


def test_what_becomes_of_rows_without_a_number_and_of_places_with_several_is_said(repository: Repository) -> None:
    rows = ((LSOAS[0], 20), (LSOAS[0], 40), (LSOAS[1], float("nan")))
    assert place(repository, *rows).notes[0] == (
        "1 row has no number, and was left out. 1 place has several rows: they were added up."
    )
    assert "the mean of them was taken" in place(repository, *rows, measure="rate").notes[0]


def test_two_columns_of_one_heading_or_none_are_told_apart() -> None:
    assert read_upload(b"a,a,\n1,2,3\n").headings == ("a (1)", "a (2)", "Column 3")
    assert recognise(read_upload(b"a,b\nx,1\n")) is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a table"),
        (b"only one column\n1\n", "not a table"),
        (b"a,b\n", "not a table"),
        (b"\x00\x01\x02", "not text"),
        (b"x" * 25_000_001, "25 MB is the most"),
        (b"a,b\n" + b"1,2\n" * 200_001, "more than 200,000 rows"),
    ],
)
def test_a_file_that_is_no_table_or_too_large_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(CommonGroundError, match=message) as caught:
        read_upload(content)
    assert caught.value.todo


@pytest.mark.parametrize(
    ("text", "measure", "message"),
    [
        ("soon", "count", "Row 3 holds “soon”, which is no number"),
        ("-4", "count", "below nought"),
        ("100.5%", "percent", "above 100 per cent"),
        ("inf", "rate", "no number"),
        ("12,3", "rate", "no number"),
        ("0,123", "rate", "no number"),
        ("=1+1", "rate", "no number"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_row(text: str, measure: Measure, message: str) -> None:
    with pytest.raises(CommonGroundError, match=message):
        read_numbers(["5", text], measure=measure, rows=[2, 3])
    with pytest.raises(CommonGroundError, match="empty"):
        read_numbers(["", "*", "n/a"], measure=measure, rows=[2, 3, 4])


def test_counts_of_neighbourhoods_are_protected_before_anything_is_kept(repository: Repository) -> None:
    placed = place(repository, (LSOAS[0], 103), (LSOAS[1], 3), (LSOAS[1], 2), (LSOAS[6], 8), ("E01999999", 50))
    assert placed.value[0] == 1_000 * 105 / POPULATIONS[0]
    assert np.isnan(placed.value[[1, 2]]).all()
    assert placed.hidden == (LSOAS[1],)
    assert (placed.totals[ENGLAND], placed.totals[LADS[0]], placed.totals[LADS[1]]) == (115, 110, 10)
    assert placed.origin == "given"
    said = " ".join(placed.notes)
    assert "1 neighbourhood has 1 to 7" in said
    assert "1 code is not known here" in said
    assert "LSOAs of 2011" in said


def test_no_hidden_number_is_what_is_left_of_a_total(repository: Repository) -> None:
    # 19 less at most 12 is 7, and 19 less what is shown as 10 is 7 only then: an exact total would give it away.
    placed = place(repository, (LSOAS[0], 12), (LSOAS[1], 7))
    assert placed.totals[LADS[0]] == placed.totals[ENGLAND] == 20
    # A district of 3 beside one of 40, which an exact sum of both would give away.
    placed = place(repository, (LSOAS[0], 3), (LSOAS[6], 40))
    assert LADS[0] in placed.hidden
    assert (placed.totals[LADS[1]], placed.totals[ENGLAND]) == (40, 45)
    assert "totals of larger areas are rounded to 5 too" in " ".join(placed.notes)
    exact = place(repository, (LSOAS[0], 103), (LSOAS[1], 9))
    assert exact.totals[LADS[0]] == 112
    assert "larger areas" not in " ".join(exact.notes)


def test_lsoas_of_2011_are_carried_over_to_those_that_they_became(settings: Settings) -> None:
    # One was split into the first two, two became the third; the fourth is given by its own code.
    split, merged = "E01900001", ("E01900002", "E01900003")
    pairs = [(split, LSOAS[0], "S", 900), (split, LSOAS[1], "S", 900)]
    pairs += [(merged[0], LSOAS[2], "M", 100), (merged[1], LSOAS[2], "M", 300)]
    with duckdb.connect(str(current_snapshot(settings))) as con:
        con.executemany("INSERT INTO lsoa_pair VALUES (?, ?, ?, ?)", pairs)
    repository = open_repository(current_snapshot(settings))
    given = (split, 30.0), (merged[0], 10.0), (merged[1], 50.0), (LSOAS[3], 20.0)
    rates = place(repository, *given, measure="rate")
    assert rates.value[:4].tolist() == [30.0, 30.0, 40.0, 20.0]
    assert rates.origin == "crosswalked"
    assert "3 LSOAs of 2011 that have changed were carried over to 3 of 2021" in rates.notes[0]
    counts = place(repository, *given)
    assert (counts.value[:4] / 1_000 * POPULATIONS[:4]).tolist() == [10, 20, 60, 20]
    assert counts.totals[ENGLAND] == 110
    # Half of a merger says nothing of the whole; and what is given for an LSOA of 2021 stands.
    part = place(repository, (split, 30.0), (merged[0], 10.0), (LSOAS[0], 99.0), measure="rate")
    assert part.value[:2].tolist() == [99.0, 30.0]
    assert np.isnan(part.value[2])
    assert "1 code is not known here, and left out: E01900002" in " ".join(part.notes)
    made = read_codes(repository, f"{split} {LSOAS[3]} E01999999")
    assert made.lsoa21_codes == (LSOAS[0], LSOAS[1], LSOAS[3])
    assert "of 2011 that have changed" in made.notes[0]


def test_figures_of_wards_postcodes_and_practices_are_placed_and_modelled_ones_say_so(repository: Repository) -> None:
    ward = place(repository, (WARDS[0], 600), geography="ward")
    assert (ward.value[:3] / 1_000 * POPULATIONS[:3]).tolist() == [100, 200, 300]
    assert ward.origin == "modelled"
    rate = place(repository, (WARDS[0], 12.5), geography="ward", measure="percent")
    assert rate.value[:4].tolist()[:3] == [12.5] * 3
    assert (rate.hidden, rate.totals) == ((), {})
    postcodes = place(repository, ("ab12cd", 20), ("AB1 2CD", 20), ("AB9 9ZZ", 9), geography="postcode")
    assert postcodes.value[0] == 1_000 * 40 / POPULATIONS[0]
    near = place(repository, ("P84001", 30.0), ("P84002", 10.0), ("P84003", 5.0), geography="practice", measure="rate")
    # Neighbourhoods are 1 km apart: up to 5 km from the first practice, and from the last; nobody is nearer to both.
    assert near.value.tolist() == [30.0] * 6 + [10.0] * 6
    assert "not loaded" in " ".join(near.notes)
    assert "P84003" in " ".join(near.notes)
    assert near.origin == "modelled"
    with pytest.raises(CommonGroundError, match="None of the codes"):
        place(repository, ("P99999", 1), geography="practice")


def test_practices_are_spread_by_registered_patients_where_those_are_loaded(settings: Settings) -> None:
    with duckdb.connect(str(current_snapshot(settings))) as con:
        rows = [("P84001", LSOAS[0], 300), ("P84001", LSOAS[9], 100), ("P84002", LSOAS[9], 300)]
        con.executemany("INSERT INTO registered_patients VALUES (?, ?, ?)", rows)
    repository = open_repository(current_snapshot(settings))
    placed = place(repository, ("P84001", 10.0), ("P84002", 50.0), geography="practice", measure="rate")
    assert (placed.value[0], placed.value[9]) == (10.0, 40.0)
    assert np.isnan(placed.value[1])
    assert "where their registered patients live" in placed.notes[0]


def test_a_kept_figure_is_asked_as_any_other_by_whoever_may_see_it(settings: Settings, repository: Repository) -> None:
    register = open_register(settings)
    piece = keep(repository, register, place(repository, (LSOAS[0], 100), (LSOAS[1], 20), (LSOAS[2], 3)))
    assert "3" not in str(piece.body["values"].get(LSOAS[2], ""))
    figure = figure_of_piece(piece)
    key = figure.indicator.indicator_id
    assert key not in repository.indicators
    assert repository.fit_view(View(show=key)).view.show != key
    for actor in (THE_PUBLIC,):
        with pytest.raises(NotFoundError):
            learn_own_figure(repository, register, indicator_id=key, actor=actor)
    learn_own_figure(repository, register, indicator_id=key, actor=OTHER_PARTNER)
    assert repository.fit_view(View(show=key)).view.show == key
    assert key not in list(repository.indicators)
    assert repository.indicators[key].name == "NHS App [registrations]"
    with pytest.raises(KeyError):
        _ = repository.indicators["own_nothing"]
    lsoa = repository.values_of_level(level="lsoa", indicator_id=key)
    assert lsoa.value[:2].tolist() == [100.0, 10.0]
    # Higher is better here, so the second is the worst of the two.
    assert lsoa.national_rank[:2].tolist() == [2.0, 1.0]
    people = sum(POPULATIONS[:3])
    assert repository.own_value(key, area_code=LADS[0]) == pytest.approx(1_000 * 125 / people)
    assert repository.own_value(key, area_code=WARDS[0]) == pytest.approx(1_000 * 120 / sum(POPULATIONS[:2]))
    assert np.isnan(repository.own_value(key, area_code=LADS[1]))
    assert np.isnan(repository.own_value(key, area_code="E99999999"))
    repository.learn(OwnArea("custom-wabc", "Ours", frozenset(LSOAS[:1])))
    assert repository.own_value(key, area_code="custom-wabc") == pytest.approx(100.0)
    given = find_given(repository, view=View(show=key))
    assert list(given[key][:3]) == [100, 50, 0]
    ranking = repository.rank_areas(View(show=key))
    assert ranking.rows(0, 1)["area_code"].tolist() == [LSOAS[1]]


def test_a_piece_of_another_sort_is_no_figure(settings: Settings, repository: Repository) -> None:
    register = open_register(settings)
    plan = register.kept.save(PieceDraft(sort=Sort.PLAN, title="x", body={}), actor=ME)
    with pytest.raises(CommonGroundError, match="not of a figure"):
        learn_own_figure(repository, register, indicator_id=f"own_{plan.piece_id}", actor=ME)


def test_pages_show_own_figures_to_partners(settings: Settings, repository: Repository) -> None:
    register = open_register(settings)
    piece = keep(repository, register, place(repository, (LSOAS[0], 100), (LSOAS[1], 3)))
    key = f"own_{piece.piece_id}"
    assert own_figure_names(settings) == {key: "Figures of our own: NHS App [registrations]"}
    find = open_page("find", settings, show=key)
    assert not find.exception
    assert find.selectbox(key="show").value == key
    area = open_page("area", settings, area=LSOAS[1])
    assert "fewer than 8" in area.dataframe[-1].value.to_string() + "".join(str(d.value) for d in area.dataframe)
    lost = open_page("find", settings, show="own_w0")
    assert "not shared with you" in words_of(lost)
    assert "show" not in query_of(lost)
    page = open_page("own_data", settings)
    assert "NHS App [registrations]" in words_of(page)
    page.button(key=f"remove-{piece.piece_id}").click().run()
    assert register.kept.list(actor=ME) == ()


def bring(settings: Settings, table: str) -> AppTest:
    page = open_page("own_data", settings)
    return page.file_uploader[0].upload("figures.csv", table.encode(), "text/csv").run()


def confirm(page: AppTest, *, measure: Measure = "count", is_safe: bool = False) -> AppTest:
    page.selectbox[2].set_value(measure)
    if is_safe:
        page.checkbox[0].check()
    return page.button(key="FormSubmitter:own_data_meaning-Place it and keep it").click().run()


def test_a_table_is_brought_confirmed_placed_and_kept(settings: Settings) -> None:
    page = bring(settings, f"code,App users\n{LSOAS[0]},103\n{LSOAS[1]},4\n")
    assert "looks like codes of" in words_of(page)
    page.text_input[0].set_value("App [users]")
    said = confirm(page).success[0].value.replace("\\", "")
    assert "“App [users]” is kept" in said
    assert "1 neighbourhood has 1 to 7" in said
    register = open_register(settings)
    (title,) = register.kept.list(actor=ME, sort=Sort.OWN_DATA)
    assert title.audience is Sharing.PARTNERS
    body = register.kept.get(title.piece_id, actor=ME).body
    assert (body["values"], body["hidden"]) == ({LSOAS[0]: 105.0}, [LSOAS[1]])
    assert "103" not in str(body["values"])


def test_percentages_are_kept_once_their_small_ones_are_said_to_be_out(settings: Settings) -> None:
    page = confirm(bring(settings, f"code,share\n{LSOAS[0]},40\n"), measure="percent")
    assert "Take out rates that rest on fewer than 8" in words_of(page)
    assert "is kept" in confirm(page, measure="percent", is_safe=True).success[0].value
    wrong = confirm(bring(settings, f"code,share\n{LSOAS[0]},140\n"), measure="percent", is_safe=True)
    assert "above 100 per cent" in words_of(wrong)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("a,b\nx,1\n", "No column holds codes"),
        (f"code,note\n{LSOAS[0]},x\n", "No column besides the codes holds numbers"),
        ("one", "not a table"),
    ],
)
def test_a_table_that_says_nothing_of_places_is_answered_in_words(settings: Settings, table: str, words: str) -> None:
    assert words in words_of(bring(settings, table))


def test_the_public_brings_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = Visit(open_register(settings), THE_PUBLIC)
    monkeypatch.setattr("dashboard.pages.own_data.open_visit", lambda _settings: visit)
    page = open_page("own_data", settings)
    assert not page.file_uploader
    assert "Partners who have signed in can bring figures" in words_of(page)
