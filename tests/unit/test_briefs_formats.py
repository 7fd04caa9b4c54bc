"""Briefs read back out of each format: the same words and numbers, the structure that a screen reader needs."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pdfplumber
import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn

from dashboard.briefs.errors import BriefError, TemplateError, UnknownAreaError, UnknownFormatError
from dashboard.briefs.gathering.brief import gather_brief
from dashboard.briefs.gathering.desk import Desk
from dashboard.briefs.html import write_html
from dashboard.briefs.look import TEXT_CONTRAST, WHITE, contrast, make_look, read_logo
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.options import FORMATS, SECTIONS, BriefOptions
from dashboard.briefs.pack.data import gather_pack_data
from dashboard.briefs.pack.file import write_pack
from dashboard.briefs.pdf import write_pdf
from dashboard.briefs.rendering import make_brief, write_brief
from dashboard.briefs.word.file import write_docx
from dashboard.planning.state import Plan, make_site
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.piece import Sharing
from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.brief_text import AREAS, GOLDENS, page_text
from tests.briefs import LARGER_WORDS, ME, PARTNER_WORDS, PUBLIC_WORDS, SmallOffice
from tests.payloads import read_payloads
from tests.unit.small_snapshot import ICB, LADS, LSOAS, SICBL, WARDS

HEADINGS = [
    "In three sentences",
    "Maps",
    "Key figures",
    "What its digital exclusion score is made of",
    "What there is to build on",
    "Stories",
    "Ideas to begin from in places like this",
    "Not for",
    "How it was worked out",
    "Where the figures come from",
]


@pytest.fixture(scope="module")
def ward(small_office: SmallOffice) -> Brief:
    return small_office.brief(WARDS[0])


def text_of_pdf(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return " ".join(" ".join(page.extract_text(use_text_flow=True) for page in pdf.pages).split())


def text_of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in document.paragraphs), *cells]).split())


def text_of_html(content: bytes) -> str:
    return " ".join(BeautifulSoup(content, "html.parser").get_text(" ").split())


READ: dict[str, Callable[[bytes], str]] = {"pdf": text_of_pdf, "docx": text_of_docx, "html": text_of_html}
WRITE: dict[str, Callable[[Brief], bytes]] = {"pdf": write_pdf, "docx": write_docx, "html": write_html}


@pytest.mark.parametrize("kind", READ)
def test_every_format_says_the_same_words_and_numbers(kind: str, ward: Brief) -> None:
    said = READ[kind](WRITE[kind](ward)).replace(" ", "")
    assert ward.breakdown is not None
    assert ward.assets is not None
    words = [
        ward.place.name, *ward.summary.sentences, ward.basis, ward.breakdown.note, ward.tried_note, *ward.caveats,
        *ward.method, ward.assets.sentence, *ward.assets.gaps,
        *(figure.shown for figure in ward.figures), *(figure.rank_shown for figure in ward.figures),
        *(f"{figure.unit}, {figure.period}" for figure in ward.figures), *(part.shown for part in ward.breakdown.parts),
        *(story.shown for story in ward.stories), *(source.title for source in ward.sources), ward.link,
    ]  # fmt: skip
    assert [text for text in words if text.replace(" ", "") not in said] == []


def test_numbers_are_those_of_the_warehouse(small_office: SmallOffice, ward: Brief) -> None:
    rows = small_office.repository.warehouse.table("area_value").filter(f"area_code = '{WARDS[0]}'").df()
    kept = rows.set_index("indicator_id")
    table = small_office.repository.warehouse.table("area_value")
    around = {
        name: table.filter(f"area_code = '{code}'").df().set_index("indicator_id")["value"]
        for name, code in (("icb_value", ICB), ("england_value", "E92000001"))
    }
    for figure in ward.figures:
        assert figure.value == pytest.approx(kept.loc[figure.indicator_id, "value"])
        for name, values in around.items():
            assert getattr(figure, name) == pytest.approx(values[figure.indicator_id])
        rank = kept.loc[figure.indicator_id, "national_rank"]
        assert figure.national_rank == (None if pd.isna(rank) else rank)
    assert len(ward.figures) >= 4
    assert ward.breakdown is not None
    # A larger area's points are the mean over its people: 1,000, 2,000 and 3,000 in neighbourhoods of 12, 11 and 10.
    mean = (12 * 1 + 11 * 2 + 10 * 3) / 6
    assert [part.points for part in ward.breakdown.parts] == pytest.approx([3 * mean, mean])


def test_every_number_says_its_period_and_its_source(small_office: SmallOffice) -> None:
    for code in (WARDS[0], SICBL, LSOAS[4]):
        brief = small_office.brief(code)
        listed = {source.number for source in brief.sources}
        assert all(figure.source in listed and figure.period for figure in brief.figures)
        assert brief.breakdown is not None
        assert brief.assets is not None
        assert {brief.assets.source} <= listed
        for words in (brief.basis, brief.breakdown.note):
            cited = {int(number) for number in re.findall(r"\[(\d+)\]", words)}
            assert cited
            assert cited <= listed
            assert "2025" in words
        if brief.appointments:
            assert brief.appointments.source in listed
        assert all(source.edition and source.licence for source in brief.sources)


def read_aloud(content: bytes) -> str:
    """Return the words of a PDF in the order of its tags, which is the order in which a screen reader says them."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pieces: dict[tuple[int, int], str] = {}
        for page in pdf.pages:
            mark = -1
            for letter in page.chars:
                # A letter within a mark of its own (where a long word may break) belongs to the piece around it.
                mark = mark if letter["mcid"] is None else letter["mcid"]
                pieces[page.page_number, mark] = pieces.get((page.page_number, mark), "") + letter["text"]
        said: list[str] = []

        def walk(nodes: list[dict[str, object]], *, number: int | None) -> None:
            for node in nodes:
                on = node.get("page_number", number)
                said.extend(pieces.get((on, mark), "") for mark in node.get("mcids", ()))  # type: ignore[arg-type,attr-defined]
                walk(node.get("children", []), number=on)  # type: ignore[arg-type]

        walk(pdf.structure_tree, number=None)
    return "".join(said)


def test_a_pdf_is_read_aloud_in_the_order_of_the_page(ward: Brief) -> None:
    said = read_aloud(write_pdf(ward)).replace(" ", "")
    assert ward.breakdown is not None
    assert ward.assets is not None
    words = [
        ward.place.name, *ward.summary.sentences, ward.basis, "Maps", *(picture.title for picture in ward.maps),
        "Key figures", *(figure.name for figure in ward.figures), ward.figures_note, ward.breakdown.sentence,
        *(part.name for part in ward.breakdown.parts), ward.breakdown.note, ward.assets.sentence, *ward.assets.gaps,
        ward.stories[0].shown, *(note.heading for note in ward.tried), *ward.caveats, *ward.method,
        "Where the figures come from", ward.link_words, ward.link,
    ]  # fmt: skip
    at = 0
    for text in words:
        found = said.find(text.replace(" ", ""), at)
        assert found >= 0, text
        at = found


def structure_of(pdf: pikepdf.Pdf) -> list[str]:
    """Return the tags of a PDF in reading order."""
    tags: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                tags.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.Root.StructTreeRoot)
    return tags


def figures_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]


def test_a_pdf_is_tagged_for_accessibility_with_words_for_every_picture(ward: Brief) -> None:
    with pikepdf.open(io.BytesIO(write_pdf(ward))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == ward.title
        tags = Counter(structure_of(pdf))
        assert tags["/H1"] == 1
        assert tags["/H2"] == len(HEADINGS)
        assert tags["/Table"] >= 3
        assert tags["/TH"] > tags["/Table"]
        assert tags["/L"] >= 3
        pictures = figures_of(pdf)
        assert len(pictures) >= 4
        assert all(str(picture.get("/Alt", "")) for picture in pictures)
        assert {picture.alt for picture in ward.maps} <= {str(picture["/Alt"]) for picture in pictures}
        with pdf.open_outline() as outline:
            (top,) = outline.root
            assert top.title == ward.place.name
            assert [one.title for one in top.children] == HEADINGS
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one]
        assert fonts
        assert all(any(key in one.FontDescriptor for key in ("/FontFile2", "/FontFile3")) for one in fonts)


def colour_of(letter: dict[str, Any]) -> str:
    return "#" + "".join(f"{round(255 * part):02X}" for part in letter["non_stroking_color"])


def test_nothing_runs_off_the_page_all_letters_can_be_read_and_a_ward_has_two(ward: Brief) -> None:
    look = ward.look
    assert contrast(look.on_accent, look.accent) >= TEXT_CONTRAST
    with pdfplumber.open(io.BytesIO(write_pdf(ward))) as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            for letter in page.chars:
                assert letter["x0"] >= 30
                assert letter["x1"] <= page.width - 30
                assert letter["bottom"] <= page.height - 10
                # White letters stand in the band at the head, all others on paper.
                is_in_band = page.page_number == 1 and letter["bottom"] < 78
                colour = colour_of(letter)
                assert colour == look.on_accent if is_in_band else contrast(colour, WHITE) >= TEXT_CONTRAST


def test_a_word_file_has_headings_header_rows_language_and_words_for_every_picture(ward: Brief) -> None:
    document = Document(io.BytesIO(write_docx(ward)))
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 1"] == [ward.place.name]
    assert [one.text for one in document.paragraphs if one.style.name == "Heading 2"] == [*HEADINGS, "The live view"]
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    pictures = document.element.body.findall(f".//{qn('wp:docPr')}")
    assert len(pictures) >= len(ward.figures)
    assert all(picture.get("descr") for picture in pictures)
    (language,) = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert language == "en-GB"
    about = document.core_properties
    assert (about.title, about.language, f"{about.created:%Y-%m-%d}") == (ward.title, "en-GB", "2026-01-03")


def test_a_web_page_asks_for_nothing_and_runs_nothing(ward: Brief) -> None:
    content = write_html(ward)
    page = BeautifulSoup(content, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    assert page.find_all(["script", "iframe", "object", "embed", "form", "link", "base"]) == []
    assert not [tag for tag in page.find_all() for name in tag.attrs if name.startswith("on")]
    assert all(str(picture["src"]).startswith("data:image/") and picture["alt"] for picture in page.find_all("img"))
    assert not re.search(rb"url\(|@import|@font-face", content)
    assert [one.get_text() for one in page.find_all("h1")] == [ward.place.name]
    assert [one.get_text() for one in page.find_all("h2")] == HEADINGS
    assert all(cell.get("scope") for cell in page.find_all("th"))


def read_table(packed: zipfile.ZipFile, name: str) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(packed.read(name)), encoding="utf-8-sig")


def test_a_data_pack_holds_tables_that_are_explained_boundaries_and_the_licence(
    small_office: SmallOffice, ward: Brief, tmp_path: Path
) -> None:
    content = write_pack(ward, gather_pack_data(small_office.repository, WARDS[0]))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        tables = [name for name in packed.namelist() if name.endswith(".csv") and name != "data-dictionary.csv"]
        explained = read_table(packed, "data-dictionary.csv")
        for name in tables:
            meanings = explained[explained["file"] == name].set_index("column")["meaning"]
            assert list(read_table(packed, name).columns) == list(meanings.index)
            assert meanings.notna().all()
        figures = read_table(packed, "figures.csv").set_index("indicator_id")
        assert figures.loc["imd_2025", "value"] == pytest.approx(ward.figures[0].value)
        assert read_table(packed, "parts-values.csv")["area_code"].tolist() == list(LSOAS[:3])
        assert read_table(packed, "parts-values.csv")["name"][0].startswith("'=")
        assert PUBLIC_WORDS in packed.read("stories.csv").decode()
        readme = packed.read("README.txt").decode()
        assert "Credit of one" in readme
        assert f"snapshot {ward.edition.build_id}" in readme
        drawn = json.loads(packed.read("area.geojson"))
        assert drawn["features"][0]["properties"]["area_code"] == WARDS[0]
        (tmp_path / "b.gpkg").write_bytes(packed.read("boundaries.gpkg"))
    with closing(sqlite3.connect(tmp_path / "b.gpkg")) as con:
        layers = con.execute("SELECT table_name, last_change, srs_id FROM gpkg_contents").fetchall()
    assert layers[0] == ("area", "2026-01-03T00:00:00.000Z", 27700)


def test_the_same_snapshot_register_and_options_give_the_same_files(small_office: SmallOffice, tmp_path: Path) -> None:
    files = []
    for office in (small_office, SmallOffice(tmp_path)):
        brief = make_brief(office.desk(), LADS[0])
        # An entry gets an id of its own in each register.
        assert brief.assets is not None
        brief = replace(brief, assets=replace(brief.assets, lines=()))
        files.append([write_brief(brief, kind=kind, repository=office.repository) for kind in FORMATS])
    assert [one.content for one in files[0]] == [one.content for one in files[1]]
    assert [one.file_name for one in files[0]] == [f"{LADS[0]}-brief.{kind}" for kind in FORMATS]


@pytest.mark.parametrize("name", AREAS)
def test_a_brief_reads_as_it_was_agreed(name: str, small_office: SmallOffice) -> None:
    code = small_office.own_area if name == "custom" else AREAS[name]
    said = page_text(write_html(small_office.brief(code))).replace(code, "CODE")
    assert said == (GOLDENS / f"brief_{name}.txt").read_text(encoding="utf-8")


def test_only_stories_that_may_be_shown_of_this_place_are_in_a_brief(small_office: SmallOffice) -> None:
    assert [story.words for story in small_office.brief(WARDS[0]).stories] == [PUBLIC_WORDS]
    assert [story.words for story in small_office.brief(LADS[0]).stories] == [PUBLIC_WORDS, LARGER_WORDS]
    assert small_office.brief(LSOAS[0]).stories == ()
    wanted = BriefOptions(wants_partners_only=True)
    assert [story.words for story in small_office.brief(WARDS[0], wanted).stories] == [PUBLIC_WORDS]
    assert PARTNER_WORDS in [story.words for story in small_office.brief(WARDS[0], wanted, actor=ME).stories]
    assert PARTNER_WORDS not in [story.words for story in small_office.brief(WARDS[0], actor=ME).stories]


def test_a_brief_for_partners_says_so_on_every_page(small_office: SmallOffice) -> None:
    brief = small_office.brief(WARDS[0], BriefOptions(wants_partners_only=True), actor=ME)
    with pdfplumber.open(io.BytesIO(write_pdf(brief))) as pdf:
        assert all("For partners only" in page.extract_text() for page in pdf.pages)
    document = Document(io.BytesIO(write_docx(brief)))
    assert "For partners only" in "".join(one.text for one in document.sections[0].header.paragraphs)
    assert b"@top-center" in write_html(brief)
    assert not small_office.brief(WARDS[0]).is_partners_only


def test_sections_that_are_off_are_in_no_format(small_office: SmallOffice) -> None:
    brief = small_office.brief(WARDS[0], BriefOptions(sections=("figures",)))
    for kind, write in WRITE.items():
        said = READ[kind](write(brief))
        assert "Key figures" in said
        assert "In three sentences" not in said
        assert PUBLIC_WORDS not in said
        assert "Not for" in said
    nothing = small_office.brief(WARDS[0], BriefOptions(sections=()))
    assert READ["pdf"](write_pdf(nothing)).count("Not for") == 1


@pytest.mark.parametrize("code", [ICB, SICBL, "E92000001"])
def test_larger_areas_say_how_people_see_their_gp(code: str, small_office: SmallOffice) -> None:
    brief = small_office.brief(code)
    if code == SICBL:
        assert brief.appointments is not None
        assert "January 2021" in READ["pdf"](write_pdf(brief))
    else:
        assert "does not cover this area" in READ["docx"](write_docx(brief))
    assert "How people see their GP" in READ["html"](write_html(brief))


def test_results_of_a_plan_are_printed_where_asked_and_a_plan_for_partners_marks_every_page(
    small_office: SmallOffice,
) -> None:
    open_plan = small_office.keep_plan(Plan(sites=(make_site(0.0, 52.0),)), audience=Sharing.PUBLIC)
    shared = small_office.keep_plan(Plan(), audience=Sharing.PARTNERS)
    shown = small_office.brief(WARDS[0], BriefOptions(plan_id=open_plan))
    assert not shown.is_partners_only
    assert "would newly bring" in shown.plan[0].words
    for kind, write in WRITE.items():
        assert "Two new cafés" in READ[kind](write(shown))
    marked = small_office.brief(WARDS[0], BriefOptions(plan_id=shared), actor=ME)
    assert marked.is_partners_only
    assert marked.plan[0].words == "This plan names no place yet."
    assert PARTNER_WORDS not in str(marked.stories)
    for plan_id in (shared, "gone", small_office.own_area.removeprefix("custom-")):
        with pytest.raises(BriefError, match="no such plan"):
            small_office.brief(WARDS[0], BriefOptions(plan_id=plan_id), actor=THE_PUBLIC)


def test_an_own_area_is_briefed_and_one_that_was_deleted_is_refused(small_office: SmallOffice) -> None:
    brief = small_office.brief(small_office.own_area)
    assert brief.place.name == "Our patch"
    assert "3 neighbourhoods" in brief.place.facts
    assert "Our patch" in READ["pdf"](write_pdf(brief))
    with pytest.raises(UnknownAreaError, match="may have been deleted"):
        small_office.brief("custom-wgone")
    with pytest.raises(UnknownAreaError, match="no area E99999999"):
        small_office.brief("E99999999")
    with pytest.raises(UnknownAreaError):
        gather_brief(Desk(small_office.repository), small_office.own_area)


def test_without_a_register_a_brief_still_stands(small_office: SmallOffice) -> None:
    brief = gather_brief(Desk(small_office.repository), WARDS[0])
    assert brief.stories_missing
    assert brief.tried
    assert READ["pdf"](write_pdf(brief))


HOSTILE = "\u202eمرحبا בעולם বাংলা 中文 😀 <script>x</script> #panic() $x$ [a](b) \\u{0} " + "W" * 150  # noqa: RUF001


def with_words(brief: Brief, words: str) -> Brief:
    assert brief.assets is not None
    kinds = tuple(replace(kind, names=(words,)) for kind in brief.assets.kinds)
    return replace(
        brief,
        title=words,
        heading=words,
        place=replace(brief.place, name=words, facts=(words, words)),
        stories=tuple(replace(story, title=words, shown=words, credit=words, about=words) for story in brief.stories),
        assets=replace(brief.assets, kinds=kinds),
        look=replace(brief.look, organisation=words, introduction=words),
    )


def test_long_names_other_scripts_and_markup_are_only_words(ward: Brief) -> None:
    brief = with_words(ward, HOSTILE[:200])
    pdf = write_pdf(brief)
    said = READ["pdf"](pdf)
    assert "#panic()" in said
    assert "<script>" in said
    assert "[Chinese script]" in said
    with pdfplumber.open(io.BytesIO(pdf)) as pages:
        assert all(letter["x1"] <= page.width - 25 for page in pages.pages for letter in page.chars)
    page = BeautifulSoup(write_html(brief), "html.parser")
    assert page.find("script") is None
    assert "বাংলা" in page.get_text()
    document = Document(io.BytesIO(write_docx(brief)))
    assert "বাংলা" in document.paragraphs[0].text + document.paragraphs[1].text
    assert document.element.body.find(f".//{qn('w:bidi')}") is not None


@pytest.mark.parametrize("kind", READ)
def test_an_area_without_a_figure_says_so_in_every_format(kind: str, small_office: SmallOffice) -> None:
    brief = small_office.brief(LSOAS[3], BriefOptions(sections=("figures",)))
    assert "no figure" in READ[kind](WRITE[kind](brief))


def test_words_from_right_to_left_stand_on_the_right_of_the_page(ward: Brief) -> None:
    arabic = "\u0633\u0627\u0639\u062f\u062a\u0646\u064a \u0627\u0644\u0645\u0643\u062a\u0628\u0629"
    told = replace(ward.stories[0], shown=arabic)
    with pdfplumber.open(io.BytesIO(write_pdf(replace(ward, stories=(told,))))) as pdf:
        letters = [letter for page in pdf.pages for letter in page.chars if "\u0600" <= letter["text"] <= "\u06ff"]
    assert letters
    assert min(letter["x0"] for letter in letters) > pdf.pages[0].width / 2


def test_attack_strings_break_no_format(ward: Brief) -> None:
    brief = with_words(ward, " ".join(read_payloads())[:6_000])
    assert pypdfium2.PdfDocument(write_pdf(brief)) is not None
    assert Document(io.BytesIO(write_docx(brief))).paragraphs
    page = BeautifulSoup(write_html(brief), "html.parser")
    assert page.find_all(["script", "iframe", "svg", "object"]) == []


def test_a_logo_and_a_name_are_shown_in_every_format(ward: Brief, tmp_path: Path) -> None:
    from PIL import Image  # noqa: PLC0415

    Image.new("RGB", (300, 90), "#AA0000").save(tmp_path / "logo.png")
    look = make_look(
        organisation="Northshire Council",
        accent="#7C2855",
        introduction="Made for the board.",
        logo=read_logo((tmp_path / "logo.png").read_bytes()),
    )
    brief = replace(ward, look=look)
    for kind, write in WRITE.items():
        said = READ[kind](write(brief))
        assert "Northshire Council" in said
        assert "Made for the board." in said
    with pikepdf.open(io.BytesIO(write_pdf(brief))) as pdf:
        assert "Logo of Northshire Council" in {str(picture.get("/Alt")) for picture in figures_of(pdf)}
    assert b"--accent: #7C2855" in write_html(brief)


def test_templates_of_ones_own_are_used_and_broken_ones_are_refused(ward: Brief, tmp_path: Path) -> None:
    assert write_pdf(ward, templates=tmp_path) == write_pdf(ward)
    (tmp_path / "brief.typ").write_text(
        '#set document(title: "Own")\n#let brief = json(bytes(sys.inputs.brief))\nOurs: #brief.place.name\n',
        encoding="utf-8",
    )
    assert READ["pdf"](write_pdf(ward, templates=tmp_path)) == f"Ours: {ward.place.name}"
    own = Document(io.BytesIO(write_docx(ward)))
    own.styles["Normal"].font.name = "Georgia"
    own.sections[0].different_first_page_header_footer = True
    own.sections[0].header.paragraphs[0].text = "Our letterhead"
    own.save(str(tmp_path / "brief.docx"))
    marked = replace(ward, banner="For partners only")
    made = Document(io.BytesIO(write_docx(marked, templates=tmp_path)))
    assert made.styles["Normal"].font.name == "Georgia"
    assert [one.text for one in made.paragraphs if one.style.name == "Heading 1"] == [ward.place.name]
    assert [one.text for one in made.sections[0].header.paragraphs] == ["Our letterhead", "For partners only"]
    assert not made.sections[0].different_first_page_header_footer
    assert made.sections[0].footer.paragraphs[0].text.count("snapshot") == 1
    own.styles["Quote"].delete()
    own.save(str(tmp_path / "brief.docx"))
    with pytest.raises(TemplateError, match="lacks the styles Quote"):
        write_docx(ward, templates=tmp_path)
    (tmp_path / "brief.docx").write_text("not Word")
    with pytest.raises(TemplateError, match="not a Word file"):
        write_docx(ward, templates=tmp_path)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "brief.typ").write_text("#panic()", encoding="utf-8")
    with pytest.raises(TemplateError, match="cannot be set"):
        write_pdf(ward, templates=broken)


def test_an_unknown_format_is_refused(small_office: SmallOffice, ward: Brief) -> None:
    with pytest.raises(UnknownFormatError, match="pdf, docx, html, zip"):
        write_brief(ward, kind="exe", repository=small_office.repository)


def test_every_section_has_a_name_and_is_known_to_the_options() -> None:
    assert set(BriefOptions().sections) == set(SECTIONS)


def test_the_demo_says_on_every_page_that_it_is_made_up_and_its_maps_are_drawn(demo_settings: Settings) -> None:
    repository = open_repository(current_snapshot(demo_settings))
    areas = repository.areas
    brief = gather_brief(Desk(repository), str(areas[areas["area_type"] == "lad"]["area_code"].iloc[0]))
    assert all(picture.svg.count("<path") > 3 and not picture.missing for picture in brief.maps)
    with pdfplumber.open(io.BytesIO(write_pdf(brief))) as pdf:
        assert all("not real places" in page.extract_text() for page in pdf.pages)
