"""The Open Referral UK API: nine endpoints, valid by the published schemas, open to anyone, public fields only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import duckdb
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from dashboard.api.open_referral.routes import PREFIX, open_referral_routes
from dashboard.api.rates import asker
from dashboard.api.serving import extra_routes, header_middleware
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.exchange.open_referral.feed import FeedClient, FeedLimits
from dashboard.register.exchange.open_referral.files import draft_services
from dashboard.register.exchange.open_referral.ids import at_location_id, organization_id, service_id
from dashboard.register.exchange.open_referral.reading import read_service
from dashboard.register.exchange.open_referral.terms import FACETS, taxonomy_id, term_id
from dashboard.register.model import Asset, Contact, Place, Precision, Trust
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.store.finding import Finding
from dashboard.register.taxonomy import Term
from etl.settings import Settings, read_settings
from tests.open_referral_schemas import complaints
from tests.payloads import read_payloads
from tests.registers import DIGITAL_HUB
from tests.unit.small_snapshot import LADS, LSOAS, make_home
from tests.web import Client

ME = local_actor()
HUB = replace(
    DIGITAL_HUB,
    # In the first neighbourhood of the small snapshot, whose squares of 1 km begin at the grid's false origin.
    place=Place(precision=Precision.EXACT, easting=600.0, northing=500.0, address=("1 High Street", "Northtown")),
    service_areas=(LADS[0],),
    source="Northtown list",
    source_ref="17",
    licence="OGL",
    trust=Trust(confirmed_on=date(2026, 1, 2), confirmed_by="Demo Council", next_check_due=date(2027, 1, 2)),
)
ROUGH = Asset(
    name="Women's Refuge Group",
    kind="mutual_aid",
    min_age=18,
    place=Place(
        precision=Precision.ROUGH, easting=1_800.0, northing=900.0, postcode="AB1 1AA", address=("9 Secret Lane",)
    ),
    contacts=(Contact(name="Hidden Person", phone="0161 496 0002"),),
    asset_id="refuge-group",
)
SOUTH = Asset(
    name="South Hall",
    kind="community_centre",
    min_age=5,
    max_age=11,
    opening_hours="Sa 10:00-12:00",
    # In the first neighbourhood of the second district.
    place=Place(precision=Precision.EXACT, easting=6_500.0, northing=500.0),
    service_areas=(LADS[1],),
    asset_id="south-hall",
)
PHONE_LINE = Asset(name="Phone Line", kind="advice", meets=("phone",), service_areas=(LADS[1],), opening_hours="24/7")
SECRETS = ("Mary", "mary@", "496 0001", "Secret Lane", "AB1 1AA", "Hidden", "496 0002", "1800", "A draft", "Gone club")


def make_home_with_a_postcode(folder: Path) -> Settings:
    """Return a home in which a postcode of the first neighbourhood is known."""
    settings = make_home(folder)
    with duckdb.connect(str(settings.snapshots_dir / "small.duckdb")) as con:
        con.execute("INSERT INTO postcode (postcode, easting, northing, lsoa21_code) VALUES (?, ?, ?, ?)",
                    ["AB1 1AA", 500, 500, LSOAS[0]])  # fmt: skip
    return settings


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Return the register of a small home: four entries to find, and two that nobody is to find."""
    opened = open_register(make_home_with_a_postcode(tmp_path_factory.mktemp("home")))
    for asset in (HUB, ROUGH, SOUTH, PHONE_LINE):
        opened.entries.add(asset, actor=ME)
    opened.entries.add(replace(HUB, name="A draft", source_ref=""), actor=ME, submit=False)
    gone = opened.entries.add(replace(HUB, name="Gone club", source_ref=""), actor=ME)
    opened.entries.withdraw(gone.asset.asset_id, actor=ME)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(register: Register) -> Client:
    home = Path(str(register.database.file)).parent
    settings = read_settings({}, home=home)
    return Client(Starlette(routes=extra_routes(settings), middleware=header_middleware(settings)))


def names(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {one.get("name") or one["service"]["name"] for one in answer.json()["contents"]}


def test_the_root_says_which_standard_it_is(client: Client) -> None:
    for address in (PREFIX, f"{PREFIX}/"):
        told = client.get(address).json()
        assert told["version"] == "HSDS-UK-3.0"
        assert all(told[name].startswith("https://") for name in ("profile", "openapi_url"))
        assert "notice" not in told


def test_the_demo_says_that_its_places_are_not_real(tmp_path: Path) -> None:
    app = Client(Starlette(routes=open_referral_routes(make_home(tmp_path, is_demo=True))))
    assert "not real places" in app.get(PREFIX).json()["notice"]


@pytest.mark.parametrize("more", ["", "full=true"])
def test_every_list_and_everything_in_it_is_valid(client: Client, real_data: Path, more: str) -> None:
    for kind, plural in (("service", "services"), ("service_at_location", "service_at_locations")):
        page = client.get(f"{PREFIX}/{plural}?{more}").json()
        assert set(page) == {
            "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
        }  # fmt: skip
        assert (page["total_items"], page["size"], page["empty"]) == (
            (4, 4, False) if kind == "service" else (3, 3, False)
        )
        for one in page["contents"]:
            assert complaints(real_data, kind, one) == []
            whole = client.get(f"{PREFIX}/{plural}/{one['id']}").json()
            assert complaints(real_data, kind, whole) == []
            assert whole["id"] == one["id"]
            if more:
                assert whole == one


def test_taxonomies_and_terms_are_valid_and_known_by_their_ids(client: Client, real_data: Path) -> None:
    listed = client.get(f"{PREFIX}/taxonomies").json()["contents"]
    assert len(listed) == len(FACETS)
    for one in listed:
        whole = client.get(f"{PREFIX}/taxonomies/{one['id']}").json()
        assert complaints(real_data, "taxonomy", whole) == []
        assert {term["taxonomy_id"] for term in whole["taxonomy_terms"]} == {one["id"]}
    terms = client.get(f"{PREFIX}/taxonomy_terms?per_page=500").json()["contents"]
    assert all(complaints(real_data, "taxonomy_term", term) == [] for term in terms)
    assert client.get(f"{PREFIX}/taxonomy_terms/{terms[-1]['id']}").json() == terms[-1]


def test_a_term_that_an_admin_added_is_there_and_one_no_longer_offered_still_has_a_meaning(
    register: Register, client: Client
) -> None:
    register.settings.put_term("offers", Term(term_id="bike_repair", name="Bike repair", is_retired=True), actor=ME)
    own = term_id("offers", "bike_repair")
    assert client.get(f"{PREFIX}/taxonomy_terms/{own}").json()["name"] == "Bike repair"
    assert own not in client.get(f"{PREFIX}/taxonomy_terms?per_page=500").text


@pytest.mark.parametrize("listed", ["services", "service_at_locations", "taxonomies", "taxonomy_terms"])
@pytest.mark.parametrize("per_page", [1, 2, 7])
def test_going_through_all_pages_meets_everything_once(client: Client, listed: str, per_page: int) -> None:
    found, page = [], 1
    while True:
        body = client.get(f"{PREFIX}/{listed}?per_page={per_page}&page={page}").json()
        found += [one["id"] for one in body["contents"]]
        assert body["size"] == len(body["contents"]) <= per_page
        assert body["first_page"] == (page == 1)
        if body["last_page"]:
            break
        page += 1
    assert page == body["total_pages"]
    assert len(found) == len(set(found)) == body["total_items"]
    beyond = client.get(f"{PREFIX}/{listed}?per_page={per_page}&page={page + 1}").json()
    assert (beyond["empty"], beyond["contents"], beyond["total_items"]) == (True, [], len(found))


HUB_NAME, REFUGE, HALL, LINE = HUB.name, ROUGH.name, SOUTH.name, PHONE_LINE.name
ALL = {HUB_NAME, REFUGE, HALL, LINE}
# Each parameter alone leaves out something in both lists: one that was not looked at would let it through.
CASES = [
    ({"search": "online hub"}, {HUB_NAME}),
    ({"search": "secret lane"}, set()),
    ({"search": "mary bright"}, set()),
    ({"taxonomy_term_id": term_id("kinds", "advice")}, {LINE}),
    ({"taxonomy_term_id": f"{term_id('kinds', 'advice')},{term_id('offers', 'free_wifi')}"}, {LINE, HUB_NAME}),
    ({"taxonomy_term_id": "11111111-1111-4111-8111-111111111111"}, set()),
    ({"taxonomy_id": taxonomy_id("meets")}, {LINE, HUB_NAME}),
    ({"organization_id": organization_id("Elmwood Trust")}, {HUB_NAME}),
    ({"minimum_age": "50"}, {HUB_NAME, LINE}),
    ({"minimum_age": "51"}, {LINE}),
    ({"maximum_age": "50"}, {REFUGE, HALL, LINE}),
    ({"maximum_age": "99"}, ALL),
    ({"day": "SA"}, {LINE, HALL}),
    ({"day": "Monday"}, {LINE, HUB_NAME}),
    ({"start_time": "09:00"}, {HUB_NAME, HALL}),
    ({"start_time": "09:30"}, {HALL}),
    ({"end_time": "17:00"}, {HUB_NAME, HALL}),
    ({"end_time": "16:30"}, {HALL}),
    ({"day": "Monday", "start_time": "09:00", "end_time": "17:00"}, {HUB_NAME}),
    ({"day": "SA", "start_time": "10:30"}, set()),
    # This postcode is in the first district: what serves only the second does not serve it.
    ({"postcode": "ab11aa"}, {HUB_NAME, REFUGE}),
    ({"postcode": "AB1 1AA", "proximity": "150"}, {HUB_NAME}),
    ({"postcode": "AB1 1AA", "proximity": "90"}, set()),
    ({"modified_after": "2020-01-01"}, ALL),
    ({"modified_after": "2999-01-01T00:00:00Z"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("parameters", "expected"), CASES)
def test_every_parameter_narrows_both_lists(client: Client, parameters: dict[str, str], expected: set[str]) -> None:
    assert names(client.get(f"{PREFIX}/services?{urlencode(parameters)}")) == expected
    placed = client.get(f"{PREFIX}/service_at_locations?{urlencode(parameters)}")
    assert names(placed) == expected - {LINE}


NINE = (
    "",
    "/services",
    f"/services/{service_id('refuge-group')}",
    "/service_at_locations",
    f"/service_at_locations/{at_location_id(ROUGH)}",
    "/taxonomies",
    f"/taxonomies/{taxonomy_id('kinds')}",
    "/taxonomy_terms",
    f"/taxonomy_terms/{term_id('kinds', 'advice')}",
)


def test_every_parameter_of_the_published_description_is_taken_where_it_is_described(
    client: Client, real_data: Path
) -> None:
    told = json.loads((real_data / "openreferral" / "schema" / "openapi.json").read_text(encoding="utf-8"))
    described = {
        path: {one["$ref"].rpartition("/")[2] for one in asked["get"].get("parameters", ())}
        for path, asked in told["paths"].items()
    }
    assert len(described) == len(NINE)
    shown = {"page": "1", "per_page": "5"} | {name: text for asked, _ in CASES for name, text in asked.items()}
    for path, parameters in described.items():
        assert parameters <= shown.keys()
        for name in parameters:
            near = {"postcode": shown["postcode"]} if name == "proximity" else {}
            answer = client.get(f"{PREFIX}{path}?{urlencode({name: shown[name], **near})}")
            assert answer.status_code == 200, (path, name)
    assert client.get(f"{PREFIX}/taxonomies?search=x").status_code == 400
    assert client.get(f"{PREFIX}/taxonomy_terms?search=x").status_code == 400


@pytest.mark.parametrize("path", NINE)
def test_each_of_the_nine_says_when_nothing_changed_and_answers_any_website(client: Client, path: str) -> None:
    address, website = f"{PREFIX}{path}", {"Origin": "https://partner.example.org"}
    first = client.get(address, headers=website)
    tag = first.headers["etag"]
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
    again = client.get(address, headers={**website, "If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(address, headers={"If-None-Match": '"other"'}).content == first.content
    asked = client.ask("OPTIONS", address, headers=website)
    assert asked.status_code == 204
    for answer in (first, again, asked):
        assert answer.headers["access-control-allow-origin"] == "*"
    assert client.ask("POST", address).status_code == 405


def test_each_of_the_nine_counts_as_a_question(register: Register) -> None:
    settings = read_settings({}, home=Path(str(register.database.file)).parent)
    app = Client(Starlette(routes=open_referral_routes(settings, most_a_minute=len(NINE))))
    assert {app.get(f"{PREFIX}{path}").status_code for path in NINE} == {200}
    assert {app.get(f"{PREFIX}{path}").status_code for path in NINE} == {429}


def test_a_parameter_may_be_given_twice_and_terms_add_up(client: Client) -> None:
    ids = [term_id("kinds", "advice"), term_id("kinds", "digital_hub")]
    twice = urlencode([("taxonomy_term_id", one) for one in ids])
    assert names(client.get(f"{PREFIX}/services?{twice}")) == {"Phone Line", "Digital Hub"}


def test_a_minimal_list_has_ids_and_moments_alone(client: Client) -> None:
    for listed in ("services", "service_at_locations"):
        for one in client.get(f"{PREFIX}/{listed}?minimal=true").json()["contents"]:
            assert set(one) == {"id", "modified_date"}
            assert datetime.fromisoformat(one["modified_date"]).tzinfo is not None


@pytest.mark.parametrize(
    "query",
    [
        "page=x", "page=-1", "per_page=1e3", "minimum_age=old", "maximum_age=-1", "day=moose", "start_time=25:00",
        "end_time=9", "postcode=M1", "postcode=ZZ9%209ZZ", "proximity=5", "postcode=AB1%201AA&proximity=far",
        "modified_after=soon", "full=perhaps", "format=ndjson", "perPage=5", f"search={'x' * 5000}",
    ],
)  # fmt: skip
def test_a_bad_parameter_is_refused_by_name_and_nothing_else_is_said(client: Client, query: str) -> None:
    answer = client.get(f"{PREFIX}/services?{query}")
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}
    assert query.rpartition("&")[2].partition("=")[0] in answer.json()["error"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_payload_as_a_parameter_or_an_id_finds_nothing_and_breaks_nothing(client: Client) -> None:
    for payload in read_payloads()[::6]:
        name = ("search", "taxonomy_term_id", "organization_id", "day")[len(payload) % 4]
        answer = client.get(f"{PREFIX}/services?{urlencode({name: payload[:2000]})}")
        assert answer.status_code in {200, 400}
        assert answer.headers["content-type"] == "application/json"
        plural = ("services", "service_at_locations", "taxonomies", "taxonomy_terms")[len(payload) % 4]
        answer = client.get(f"{PREFIX}/{plural}/{quote(payload[:500], safe='')}")
        assert answer.status_code == 404
        assert set(answer.json()) == {"error"}


def test_an_id_reaches_the_database_without_signs_that_no_database_keeps(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for name in ("service", "at_location"):
        monkeypatch.setattr(Finding, name, lambda _self, one: asked.append(one))
    for listed in ("services", "service_at_locations"):
        assert client.get(f"{PREFIX}/{listed}/a%00b%E2%80%AE").status_code == 404
    assert asked == ["ab", "ab"]


def test_nothing_that_is_not_public_is_in_any_answer(client: Client) -> None:
    whole = "".join(client.get(f"{PREFIX}/{plural}?full=true").text for plural in ("services", "service_at_locations"))
    assert "desk@example.org" in whole
    assert [secret for secret in SECRETS if secret in whole] == []
    rough = client.get(f"{PREFIX}/services/{service_id('refuge-group')}").json()
    (place,) = rough["service_at_locations"]
    assert "addresses" not in place["location"]
    assert rough["common_ground"]["place"]["precision"] == "rough"


def test_what_is_not_published_is_not_there(register: Register, client: Client) -> None:
    mine = register.entries.get
    for entry in register.queues.mine(actor=ME):
        if entry.asset.name in {"A draft", "Gone club"}:
            assert client.get(f"{PREFIX}/services/{entry.asset.asset_id}").status_code == 404
            assert client.get(f"{PREFIX}/service_at_locations/{at_location_id(entry.asset)}").status_code == 404
    assert mine("refuge-group", actor=THE_PUBLIC).asset.name in names(client.get(f"{PREFIX}/services"))


def test_an_entry_exported_through_the_api_and_imported_again_is_the_same(register: Register, client: Client) -> None:
    taxonomy = register.settings.taxonomy()
    shown = {one.asset.name: one.asset for one in register.finding.find(Query(), actor=THE_PUBLIC).entries}
    services = client.get(f"{PREFIX}/services?full=true").json()["contents"]
    assert {one["name"]: read_service(one, taxonomy=taxonomy, is_own=True) for one in services} == shown
    for draft in draft_services(services, taxonomy=taxonomy, source="feed", is_own=True):
        asset = shown[draft.asset.name]
        assert draft.problems == ()
        assert draft.asset == replace(asset, source=asset.source or "feed", source_ref=draft.asset.source_ref)


def test_our_own_feed_client_reads_all_of_it(client: Client) -> None:
    def carry(request: httpx.Request) -> httpx.Response:
        answer = client.get(str(request.url.raw_path, "ascii"), headers={"accept-encoding": "identity"})
        return httpx.Response(answer.status_code, stream=httpx.ByteStream(answer.content))

    feed = FeedClient(
        "https://here.example.org/openreferral",
        limits=FeedLimits(per_page=2),
        sleep=lambda _: None,
        resolve=lambda _host, _port: ["93.184.215.14"],
        transport=httpx.MockTransport(carry),
    )
    assert {one["name"] for one in feed.services()} == ALL


def test_any_website_may_ask_and_is_told_when_nothing_changed(register: Register, client: Client) -> None:
    address = f"{PREFIX}/services"
    first = client.get(address)
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    assert first.headers["content-type"] == "application/json"
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == 304
    assert again.headers["access-control-allow-origin"] == "*"
    register.entries.confirm("refuge-group", actor=ME)
    assert client.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 200
    other = client.get("/health")
    assert other.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip", "gzip"),
        ("br, gzip;q=0.5", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=x", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.000, br", None),
        ("br", None),
        ("", None),
    ],
)
def test_nobody_is_sent_what_they_cannot_unpack(client: Client, accepted: str, sent: str | None) -> None:
    answer = client.get(f"{PREFIX}/taxonomies", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == sent
    assert answer.json()["total_items"]


def test_a_number_that_is_too_large_is_refused_with_how_large_it_may_be(client: Client) -> None:
    for query in ("per_page=1000000000", "page=-1", "postcode=M14%204PX&proximity=1000000000"):
        assert "from 0 to 9,999,999" in client.get(f"{PREFIX}/services?{query}").json()["error"]


def test_it_can_be_asked_what_it_allows_and_changes_nothing(client: Client) -> None:
    asked = client.ask("OPTIONS", f"{PREFIX}/services", headers={"Origin": "https://partner.example.org"})
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in asked.headers["access-control-allow-headers"]
    head = client.ask("HEAD", f"{PREFIX}/services")
    assert (head.status_code, head.headers["etag"]) == (200, client.get(f"{PREFIX}/services").headers["etag"])
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        refused = client.ask(method, f"{PREFIX}/services")
        assert refused.status_code == 405
        assert refused.headers["allow"] == "GET, HEAD, OPTIONS"


def test_an_address_that_is_not_there_is_refused_in_json_with_those_that_are(client: Client) -> None:
    for path in ("/organizations", "/services/a/b", "/services/"):
        answer = client.get(f"{PREFIX}{path}")
        assert answer.status_code == 404
        assert "/service_at_locations" in answer.json()["error"]


def test_who_asks_too_often_is_told_when_to_come_back(register: Register) -> None:
    settings = read_settings({}, home=Path(str(register.database.file)).parent)
    app = Client(Starlette(routes=open_referral_routes(settings, most_a_minute=3)))
    answers = [app.get(f"{PREFIX}/{path}") for path in ("services", "taxonomies", "services/x", "services")]
    assert [one.status_code for one in answers] == [200, 200, 404, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].headers["access-control-allow-origin"] == "*"
    assert "seconds" in answers[-1].json()["error"]
    assert app.ask("OPTIONS", f"{PREFIX}/services").status_code == 204


def test_an_empty_register_has_empty_lists(tmp_path: Path) -> None:
    app = Client(Starlette(routes=open_referral_routes(make_home(tmp_path))))
    page = app.get(f"{PREFIX}/services").json()
    assert (page["total_items"], page["total_pages"], page["empty"], page["first_page"], page["last_page"]) == (
        0, 0, True, True, True,
    )  # fmt: skip


def test_now_is_in_the_answer_as_the_standard_writes_it(client: Client) -> None:
    one = client.get(f"{PREFIX}/services").json()["contents"][0]
    changed = datetime.fromisoformat(one["last_modified"])
    assert changed.tzinfo is not None
    assert changed <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_who_has_very_many_addresses_is_still_one_asker(host: str, who: str) -> None:
    assert asker(Request({"type": "http", "client": (host, 1), "headers": []})) == who


def test_an_asker_without_an_address_is_one_too() -> None:
    assert asker(Request({"type": "http", "client": None, "headers": []})) == ""
