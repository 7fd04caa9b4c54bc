"""What another website may show: a list and a map that say what is published, as text, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard.api.downloads import download_routes
from dashboard.api.embed import points
from dashboard.api.embed.clusters import marks_in
from dashboard.api.embed.points import CLOSE_ZOOM, MOST_NAMED, points_in_view
from dashboard.api.embed.routes import embed_routes
from dashboard.api.security_headers import SecurityHeaders, embed_policy
from dashboard.api.serving import extra_routes, header_middleware
from dashboard.components.assets.embed_snippet import data_address, embed_html, public_address
from dashboard.components.maps.asset_clusters import MOST_CELLS, to_world
from dashboard.components.maps.places import Bounds
from dashboard.opening import open_register
from dashboard.own.areas import CODES
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Audience, Availability, Contact, Place, Precision
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.query import Query
from dashboard.register.register import Register
from etl.settings import Settings, read_settings
from tests.payloads import read_payloads
from tests.unit.small_snapshot import LADS, LSOAS, make_home
from tests.web import Client

ME = local_actor()
HUB = Asset(
    name="Digital Hub",
    kind="digital_hub",
    offers=("free_wifi",),
    availability=Availability.WAITING_LIST,
    opening_hours="24/7",
    contacts=(Contact(name="Mary Bright", phone="0161 496 0001"),),
    place=Place(precision=Precision.EXACT, lon=-2.2, lat=53.4, address=("1 High Street",)),
    service_areas=(LADS[0],),
    source="OpenStreetMap",
    licence="ODbL",
)
ROUGH = replace(
    HUB,
    name="Refuge",
    kind="mutual_aid",
    source="",
    licence="",
    place=Place(precision=Precision.ROUGH, easting=600.0, northing=500.0, address=("9 Secret Lane",)),
)
HOSTILE = [text for text in read_payloads() if any(sign in text for sign in ("<", '"', "'", "${", "{{"))]
ELEMENTS_OF_A_PAGE = {
    "html", "head", "meta", "title", "link", "script", "body", "main", "h1", "h2", "form", "input", "label", "button",
    "p", "strong", "ol", "li", "nav", "span", "footer", "a", "div", "table", "caption", "thead", "tbody", "tr", "th",
    "td",
}  # fmt: skip


class Reader(HTMLParser):
    """Reads a page as a browser does: its elements with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_home(tmp_path_factory.mktemp("home"), is_demo=True)


@pytest.fixture(scope="module")
def register(settings: Settings) -> Iterator[Register]:
    """Return a register with 25 entries in one street, one elsewhere, and one that is shown only roughly."""
    opened = open_register(settings)
    street = [
        replace(HUB, name=f"Hub {at:02d}", place=replace(HUB.place, lon=-2.2 + at / 1e4), source_ref="")
        for at in range(25)
    ]
    far = replace(HUB, name="Seaside Club", kind="social_club", place=replace(HUB.place, lon=0.5, lat=51.0))
    opened.entries.bring_in([*street, far, ROUGH], actor=ME)
    opened.entries.add(replace(HUB, name="A draft"), actor=ME, submit=False)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(register: Register, settings: Settings) -> Client:  # noqa: ARG001 - it must be filled
    return Client(Starlette(routes=extra_routes(settings), middleware=header_middleware(settings)))


def test_the_list_says_what_is_published_and_leads_to_each_entry(client: Client) -> None:
    answer = client.get("/embed/list")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    page = read(answer.text)
    links = [
        attrs for tag, attrs in page.elements if tag == "a" and str(attrs.get("href")).startswith("/assets?asset=")
    ]
    assert len(links) == 20
    assert all(link["target"] == "_blank" and link["rel"] == "noopener" for link in links)
    assert "27 entries, page 1 of 2" in page.text
    assert "These are not real places." in page.text
    assert "There is a waiting list · Open now." in page.text
    assert "Sources: OpenStreetMap (ODbL)." in page.text
    second = read(client.get("/embed/list?page=2").text)
    assert "Seaside Club" in second.text
    assert ("a", {"href": "/embed/list?page=1", "rel": "prev"}) in second.elements
    for secret in ("A draft", "Mary", "496 0001", "Secret Lane"):
        assert secret not in page.text + second.text


def test_filters_are_kept_from_page_to_page_and_by_the_search_box(client: Client) -> None:
    page = read(client.get("/embed/list?kind=digital_hub&q=hub&unknown=1").text)
    assert "25 entries" in page.text
    hrefs = [attrs.get("href") for tag, attrs in page.elements if tag == "a"]
    assert "/embed/list?q=hub&kind=digital_hub&page=2" in hrefs
    assert "/assets?q=hub&kind=digital_hub" in hrefs
    assert ("input", {"type": "hidden", "name": "kind", "value": "digital_hub"}) in page.elements


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=zzzz", "Nothing fits."),
        ("page=9", "There are not that many pages."),
        (f"within={LADS[0]}", "help in Alton"),
        ("within=E99999999", "help in E99999999"),
        ("kind=mutual_aid", "1 entry"),
    ],
)  # fmt: skip
def test_what_was_asked_is_said(client: Client, query: str, said: str) -> None:
    assert said in read(client.get(f"/embed/list?{query}").text).text


def keep_area(register: Register, *codes: str, audience: Sharing, piece_id: str = "", version: int = 0) -> str:
    """Keep an area of our own and return its piece."""
    body = {CODES: list(codes)}
    draft = PieceDraft(sort=Sort.CUSTOM_AREA, title="Our <b>patch</b>", body=body, audience=audience, piece_id=piece_id)
    return register.kept.save(draft, actor=ME, base_version=version).piece_id


def test_an_own_area_is_a_filter_for_everyone_once_everyone_may_open_it(client: Client, register: Register) -> None:
    piece = keep_area(register, LSOAS[0], audience=Sharing.PARTNERS)
    within = f"within=custom-{piece}"
    addresses = (
        "/embed/list",
        "/embed/map",
        "/embed/points.geojson",
        "/open-data/assets.csv",
        "/open-data/assets.json",
    )
    refused = {address: client.get(f"{address}?{within}") for address in addresses}
    assert [one.status_code for one in refused.values()] == [200, 200, 404, 404, 404]
    assert all("not shared with everyone" in one.text for one in refused.values())
    assert not any("Refuge" in one.text or "Hub" in one.text or "patch" in one.text for one in refused.values())
    keep_area(register, LSOAS[0], audience=Sharing.PUBLIC, piece_id=piece, version=1)
    page = read(client.get(f"/embed/list?{within}").text)
    assert "help in Our <b>patch</b>" in page.text
    assert "1 entry" in page.text
    assert ("input", {"type": "hidden", "name": "within", "value": f"custom-{piece}"}) in page.elements
    mapped = read(client.get(f"/embed/map?{within}").text)
    assert [attrs["data-points"] for _, attrs in mapped.elements if attrs.get("id") == "map"] == [
        f"/embed/points.geojson?{within}"
    ]
    (mark,) = client.get(f"/embed/points.geojson?{within}").json()["features"]
    assert [one["name"] for one in mark["properties"]["entries"]] == ["Refuge"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/open-data/assets.csv?{within}").text.lstrip("\ufeff"))))
    assert [row["name"] for row in rows] == ["Refuge"]
    keep_area(register, LSOAS[9], audience=Sharing.PUBLIC, piece_id=piece, version=2)
    assert client.get(f"/embed/points.geojson?{within}").json()["features"] == []
    register.kept.remove(piece, actor=ME)
    assert client.get(f"/open-data/assets.csv?{within}").status_code == 404


def test_other_work_and_an_area_of_nothing_are_no_filters_that_let_everything_through(
    client: Client, register: Register
) -> None:
    empty = keep_area(register, audience=Sharing.PUBLIC)
    plan = PieceDraft(sort=Sort.PLAN, title="A plan", body={}, audience=Sharing.PUBLIC)
    other = register.kept.save(plan, actor=ME).piece_id
    assert "Nothing fits." in client.get(f"/embed/list?within=custom-{empty}").text
    for code in (f"custom-{other}", "custom-wnowhere"):
        assert client.get(f"/open-data/assets.geojson?within={code}").status_code == 404


def test_the_map_has_a_table_that_says_the_same_and_no_script_of_its_own(client: Client) -> None:
    page = read(client.get("/embed/map?kind=digital_hub").text)
    (place,) = [attrs for tag, attrs in page.elements if attrs.get("id") == "map"]
    assert place["data-points"] == "/embed/points.geojson?kind=digital_hub"
    west, south, east, north = map(float, str(place["data-bounds"]).split(","))
    assert (west, south, north) == (-2.2, 53.4, 53.4)
    assert east == pytest.approx(-2.2 + 24e-4)
    scripts = [attrs for tag, attrs in page.elements if tag == "script"]
    assert all(set(one) == {"src", "defer"} and str(one["src"]).startswith(("/vendor/", "/assets/")) for one in scripts)
    assert len([1 for tag, attrs in page.elements if tag == "th" and attrs.get("scope") == "row"]) == 25
    for tag, attrs in page.elements:
        assert not any(name.startswith("on") or name == "style" for name in attrs), tag
    everything = read(client.get("/embed/map").text)
    assert "27 entries" in everything.text
    empty = read(client.get("/embed/map?q=zzzz").text)
    assert "0 entries" in empty.text
    assert [attrs["data-bounds"] for _, attrs in empty.elements if attrs.get("id") == "map"] == [""]


def test_points_come_together_far_away_and_part_close_by(client: Client) -> None:
    def marks(query: str) -> list[dict[str, object]]:
        answer = client.get(f"/embed/points.geojson?{query}")
        assert answer.headers["content-type"].startswith("application/geo+json")
        return [one["properties"] for one in answer.json()["features"]]

    far = marks("zoom=6&bbox=-6,50,2,56")
    assert [one["count"] for one in far] == [25, 1, 1]
    assert "entries" not in far[0]
    assert {one["entries"][0]["name"] for one in far[1:]} == {"Seaside Club", "Refuge"}  # type: ignore[index]
    near = marks("zoom=19&bbox=-2.201,53.399,-2.197,53.401")
    assert sum(one["count"] for one in near) == 25  # type: ignore[misc]
    assert len(near) > 1
    assert all("entries" in one for one in near)
    assert marks("zoom=6&bbox=10,10,11,11") == []
    assert [one["count"] for one in marks("zoom=6&kind=social_club")] == [1]


def test_a_mark_of_one_close_by_says_its_name(client: Client) -> None:
    where = f"zoom={CLOSE_ZOOM}&bbox=-2.3,53.3,-2.1,53.5&q=hub+01"
    (mark,) = client.get(f"/embed/points.geojson?{where}").json()["features"]
    assert [one["name"] for one in mark["properties"]["entries"]] == ["Hub 01"]


@pytest.mark.parametrize("query", ["bbox=1,2,3", "bbox=a,b,c,d", "bbox=1e9,0,0,0", "zoom=20", "zoom=-1", "zoom=x"])
def test_a_view_that_makes_no_sense_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/embed/points.geojson?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json()["error"]


def test_marks_hold_every_point_once_and_are_never_too_many() -> None:
    rng = np.random.default_rng(1)
    lonlat = np.column_stack([rng.uniform(-6, 2, 5_000), rng.uniform(50, 56, 5_000)])
    everywhere = Bounds(-7, 49, 3, 57)
    for zoom in (0, 6, 12, 19):
        marks = marks_in(lonlat, to_world(lonlat), bounds=everywhere, zoom=zoom)
        assert 1 <= len(marks) <= MOST_CELLS
        assert sorted(np.concatenate([mark.rows for mark in marks])) == list(range(5_000))
        sizes = [len(mark.rows) for mark in marks]
        assert sizes == sorted(sizes, reverse=True)
        for mark in marks:
            assert mark.bounds[0] - 1e-9 <= mark.lon <= mark.bounds[2] + 1e-9
            assert mark.bounds[1] - 1e-3 <= mark.lat <= mark.bounds[3] + 1e-3
    assert marks_in(np.empty((0, 2)), np.empty((0, 2)), bounds=everywhere, zoom=5) == []


def test_a_view_that_is_no_screens_gets_numbers_without_names(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = {"zoom": str(CLOSE_ZOOM), "bbox": "-2.3,53.3,-2.1,53.5", "q": "hub"}
    assert all("entries" in one["properties"] for one in points_in_view(register, close)["features"])
    assert MOST_NAMED > 100
    monkeypatch.setattr(points, "MOST_NAMED", 24)
    monkeypatch.setattr(points, "FEW", 0)
    assert not any("entries" in one["properties"] for one in points_in_view(register, close)["features"])


def test_no_payload_becomes_an_element_an_attribute_or_a_script(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    register = open_register(settings)
    try:
        assets = [
            replace(HUB, name=f"n {text}"[:150], organisation=text[:200], source=text[:200], licence=text[:200],
                    service_area_words=text[:300], place=replace(HUB.place, address=(text[:200],)))
            for text in HOSTILE[:200]
        ]  # fmt: skip
        register.entries.bring_in(assets, actor=ME)
        app = Client(Starlette(routes=embed_routes(settings)))
        pages = [app.get(f"/embed/list?page={page}").text for page in range(1, 11)]
        pages += [
            app.get(f"/embed/map?{urlencode({'q': text[:200], 'kind': text[:50]})}").text for text in HOSTILE[::5]
        ]
        for shown in map(read, pages):
            assert {tag for tag, _ in shown.elements} <= ELEMENTS_OF_A_PAGE
            assert not any(name.startswith("on") or name == "style" for _, attrs in shown.elements for name in attrs)
            addresses = [str(attrs[name]) for _, attrs in shown.elements for name in ("href", "src") if name in attrs]
            assert all(address.startswith("/") for address in addresses)
        points = app.get(f"/embed/points.geojson?zoom={CLOSE_ZOOM}").json()["features"]
        names = {entry["name"] for one in points for entry in one["properties"]["entries"]}
        assert names <= {entry.asset.name for entry in register.finding.find_all(Query(), actor=ME)}
    finally:
        register.close()


def test_only_what_is_to_be_embedded_may_be_framed_by_others(client: Client) -> None:
    for address in ("/embed/list", "/embed/map", "/embed/nothing"):
        policy = client.get(address).headers["content-security-policy"]
        assert "frame-ancestors *" in policy
        assert "unsafe" not in policy
    for address in ("/health", "/openreferral/services", "/open-data/assets.csv", "/embedded", "/assets/x"):
        assert "frame-ancestors 'self'" in client.get(address).headers["content-security-policy"]
    assert "https://tile.example.org" in embed_policy(basemap="https://tile.example.org")
    assert SecurityHeaders(Starlette())._policy_for("/embed") == embed_policy(basemap="")


def test_who_asks_too_often_is_told_when_to_come_back(settings: Settings) -> None:
    app = Client(
        Starlette(routes=[*embed_routes(settings, most_a_minute=1), *download_routes(settings, most_a_minute=1)])
    )
    for address in ("/embed/list", "/open-data/assets.csv"):
        assert [app.get(address).status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize("name", ["assets.csv", "assets.geojson", "assets.json", "assets.xlsx", "assets.gpkg"])
def test_files_hold_what_is_published_at_a_filter_and_only_what_is_public(client: Client, name: str) -> None:
    answer = client.get(f"/open-data/{name}?kind=mutual_aid")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["access-control-allow-origin"] == "*"
    for secret in (b"Mary", b"496 0001", b"Secret Lane"):
        assert secret not in answer.content
    assert answer.content
    if name == "assets.csv":
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row["name"] for row in rows] == ["Refuge"]
    if name.endswith("json"):
        assert b"Refuge" in answer.content
        assert b"Hub 01" not in answer.content


def test_the_lines_to_copy_carry_the_filters_and_cannot_be_broken_out_of() -> None:
    query = {"q": '"><script>alert(1)</script>', "kind": "library", "page": "3", "asset": "x", "within": ""}
    html = embed_html("A map", query=query, base="https://common.example.org")
    (element,) = read(html).elements
    assert element[0] == "iframe"
    address = str(element[1]["src"])
    assert address.startswith("https://common.example.org/embed/map?q=%22%3E%3Cscript")
    assert address.endswith("&kind=library")
    assert embed_html("A list", query={}, base="https://x.example").startswith(
        '<iframe src="https://x.example/embed/list" title="'
    )
    assert data_address("csv", query={"kind": "library"}, base="") == "/open-data/assets.csv?kind=library"


def test_the_address_to_copy_is_the_one_that_other_people_reach() -> None:
    alone = read_settings({}, home=Path("/tmp"))  # noqa: S108 - nothing is written there
    assert public_address(alone, here="http://localhost:8501/assets?kind=x") == "http://localhost:8501"
    assert public_address(alone, here=None) == f"http://localhost:{alone.port}"
    shared = replace(alone, sharing=replace(alone.sharing, public_url="https://common.example.org"))
    assert public_address(shared, here="http://127.0.0.1:8501/") == "https://common.example.org"


def test_the_lines_to_copy_are_shown_with_the_filters_of_the_list(settings: Settings) -> None:
    page = AppTest.from_string(
        f"""
from pathlib import Path
from dashboard.components.assets.embed_snippet import show_embed_snippet
from etl.settings import read_settings
show_embed_snippet({{"kind": "library", "page": "2"}}, read_settings({{}}, home=Path({str(settings.home)!r})))
"""
    ).run()
    assert not page.exception
    (lines,) = page.code
    assert "/embed/list?kind=library&quot;" not in lines.value
    assert '/embed/list?kind=library"' in lines.value
    assert any("/open-data/assets.csv?kind=library" in text.value for text in page.markdown)
    assert any("this machine alone" in text.value for text in page.caption)


def test_a_public_contact_stays_out_of_what_is_embedded(client: Client, register: Register) -> None:
    shown = replace(HUB, name="Open Contact", contacts=(Contact(phone="0161 496 0009", audience=Audience.PUBLIC),))
    added = register.entries.add(shown, actor=ME)
    assert "496 0009" not in client.get("/embed/list?q=open+contact").text
    register.review.archive(added.asset.asset_id, actor=ME)
    assert "Open Contact" not in client.get("/embed/list?q=open+contact").text
