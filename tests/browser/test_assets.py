"""The register's pages in a real browser: a phone, a keyboard, and people with bad intent."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, Position, expect

from dashboard.geography import SnapshotGeography
from dashboard.opening import open_register
from dashboard.own.areas import CODES
from dashboard.register.listed import Listed, Reference
from dashboard.register.model import Asset, Audience, Place, Precision
from dashboard.register.piece import PieceDraft, Sort
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.story import Consent, Story
from etl.settings import PROJECT, Settings
from tests.browser.barriers import assert_nobody_is_kept_out
from tests.browser.driving import running_server
from tests.browser.map_on_page import MapOnPage
from tests.hostile import hostile_entries, hostile_person, longest_entry, storable_lines, words_in
from tests.payloads import read_payloads
from tests.registers import LUNCH_CLUB, PARTNER

PATIENCE_MS = 60_000
# A file with a NUL in it is refused whole, as no text; longer names are refused row by row.
HOSTILE_LINES = [text for text in read_payloads() if len(text) <= 180 and "\x00" not in text]
POSTCODE = "ZH1 1AA"
PHONE = {"width": 360, "height": 740}
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile "
    "Safari/537.36"
)
MOST_ACTIONS = 12
# Where the map has its pin, once that is where somebody tapped, give or take the pixels that browsers round.
PIN_AT = """at => {
    const pins = Object.values(map._layers).filter((one) => one instanceof L.Marker).map((one) => one.getLatLng());
    const found = pins.find((one) => map.latLngToContainerPoint(one).distanceTo(at) < 3);
    return found && [found.lng, found.lat];
}"""
# Nothing that was typed may have become more than text: no handler, no script, no frame, no address that runs.
MADE_OF_TEXT = """() => [...document.querySelectorAll("[data-testid='stMain'] *")].filter((one) =>
    [...one.attributes].some((each) => each.name.startsWith("on"))
    || ["SCRIPT", "OBJECT", "EMBED", "MATH", "BASE", "META", "LINK"].includes(one.tagName)
    || (one.tagName === "FORM" && !one.matches(".vega-bindings:empty"))
    || (one.tagName === "IMG" && !one.src.startsWith(location.origin) && !one.src.startsWith("data:"))
    || (one.tagName === "IFRAME" && !one.src.startsWith(location.origin))
    || (one.tagName === "A" && one.href && !/^(https?:|mailto:)/.test(one.href))
).map((one) => one.outerHTML.slice(0, 200))"""


@dataclass(frozen=True)
class Served:
    """A dashboard over the demo with an empty register of its own."""

    address: str
    register: Register


@pytest.fixture(scope="module")
def served(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("assets")
    (home / "snapshots").symlink_to(demo_settings.snapshots_dir)
    register = open_register(replace(demo_settings, home=home))
    environ = {"COMMONGROUND_HOME": str(home), "COMMONGROUND_BASEMAP_URL": ""}
    with running_server(PROJECT / "dashboard" / "app.py", environ=environ) as address:
        yield Served(address, register)
    register.close()


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True, user_agent=ANDROID)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


class Thumb:
    """A person's thumb, which counts what it does."""

    def __init__(self) -> None:
        self.actions = 0

    def tap(self, what: Locator, *, at: Position | None = None) -> None:
        what.tap(position=at)
        self.actions += 1

    def write(self, what: Locator, words: str) -> None:
        what.fill(words)
        self.actions += 1


def box_of(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def test_a_new_user_adds_a_group_on_a_phone_and_puts_it_right_each_in_at_most_twelve_actions(
    phone: Page, served: Served
) -> None:
    thumb = Thumb()
    phone.goto(served.address)
    thumb.tap(phone.get_by_test_id("stExpandSidebarButton"))
    thumb.tap(phone.get_by_role("link", name=re.compile("Add$")))
    thumb.write(box_of(phone, "Name"), "Wharf Street Knitters")
    thumb.tap(phone.get_by_role("combobox", name="Kind"))
    thumb.tap(phone.get_by_role("option", name="Social club"))
    thumb.write(box_of(phone, "Postcode, or name of the place"), POSTCODE)
    expect(phone.get_by_text("Harrowick")).to_be_visible()
    thumb.tap(phone.get_by_role("button", name="Save and send in"))
    expect(phone.get_by_text("everyone can see it now")).to_be_visible()
    assert thumb.actions <= MOST_ACTIONS
    assert_fits(phone)
    other = Thumb()
    other.tap(phone.get_by_role("link", name="Change this entry"))
    other.write(box_of(phone, "What it is and does"), "We knit for the hospital.")
    other.tap(phone.get_by_text("Choose it on a map"))
    tapped = tap_the_map(phone, other)
    assert_fits(phone)
    other.tap(phone.get_by_role("button", name="Save and send in"))
    expect(phone.get_by_role("link", name="Change this entry")).to_be_visible()
    expect(phone.get_by_text("We knit for the hospital.")).to_be_visible()
    (entry,) = served.register.finding.find(Query(text="Knitters"), actor=PARTNER).entries
    assert (entry.asset.place.lon, entry.asset.place.lat) == pytest.approx(tapped)
    other.tap(phone.get_by_role("link", name="Back to the list"))
    other.write(phone.get_by_label("Search by name, postcode or what it does"), "Knitters")
    expect(phone.get_by_role("link", name="Wharf Street Knitters")).to_be_visible()
    assert other.actions <= MOST_ACTIONS
    assert_fits(phone)


def tap_the_map(page: Page, thumb: Thumb) -> tuple[float, float]:
    """Tap beside the middle of the form's map; return the longitude and latitude of the pin that comes there."""
    drawn, at = MapOnPage(page), Position(x=110, y=130)
    drawn.wait()
    thumb.tap(drawn.box, at=at)
    lon, lat = drawn.frame.wait_for_function(PIN_AT, arg=[at["x"], at["y"]]).json_value()
    return lon, lat


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen: nobody scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_keyboard_alone_adds_a_group_and_changes_it(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/add")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a group or place")
    box_of(page, "Name").wait_for()
    press_until(page, lambda: is_focused(box_of(page, "Name")))
    page.keyboard.type("Hill Street Choir")
    press_until(page, lambda: is_focused(page.get_by_role("combobox", name="Kind")))
    page.keyboard.type("Social")
    page.get_by_role("option", name="Social club").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    press_until(page, lambda: is_focused(box_of(page, "Postcode, or name of the place")))
    page.keyboard.type("ZH1 1AB")
    expect(page.get_by_text("Harrowick").first).to_be_visible()
    press_until(page, lambda: is_focused(page.get_by_role("switch", name="Choose it on a map")))
    page.keyboard.press("Space")
    drawn = MapOnPage(page)
    drawn.wait()
    press_until(page, lambda: is_focused(drawn.box))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Its point is in")).to_be_visible()
    press_until(page, lambda: is_focused(page.get_by_role("button", name="Save and send in")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hill Street Choir")
    press_until(page, lambda: is_focused(page.get_by_role("link", name="Change this entry")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Change “Hill Street Choir”")
    box_of(page, "What it is and does").wait_for()
    press_until(page, lambda: is_focused(box_of(page, "What it is and does")))
    page.keyboard.type("We sing on Thursdays.")
    press_until(page, lambda: is_focused(page.get_by_role("button", name="Save and send in")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hill Street Choir")
    expect(page.get_by_text("We sing on Thursdays.")).to_be_visible()


def press_until(page: Page, is_there: object, *, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if is_there():  # type: ignore[operator]
            return
    raise AssertionError("the keyboard does not get there")


def is_focused(what: Locator) -> bool:
    return bool(what.evaluate("(one) => one === document.activeElement"))


def test_no_page_of_the_register_keeps_anybody_out_in_any_main_state(page: Page, served: Served) -> None:
    person, register = hostile_person(), served.register
    entry = register.entries.add(LUNCH_CLUB, actor=person)
    register.entries.add(replace(LUNCH_CLUB, name="Northtown Lunch Club (North)"), actor=person)
    for address, ready in (
        ("assets", page.get_by_role("button", name="Filters")),
        (f"assets?asset={entry.asset.asset_id}", page.get_by_role("heading", name=LUNCH_CLUB.name, level=1)),
        ("add", page.get_by_role("button", name="Save and send in")),
        ("review?queue=duplicates", page.get_by_role("button", name="Merge them")),
        ("stories?new=yes", page.get_by_role("button", name="Send it in")),
        ("people?part=Settings", page.get_by_role("button", name="Save settings")),
        ("people?part=Lists+of+words", page.get_by_role("button", name="Save the word")),
    ):
        page.goto(f"{served.address}/{address}")
        ready.wait_for()
        assert_nobody_is_kept_out(page)
        if address == "add":
            ready.click()
            expect(page.get_by_text("things to put right")).to_be_visible()
            assert_nobody_is_kept_out(page)


class Watch:
    """Everything that would show that text has run."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.seen = page, list[str]()
        page.on("dialog", self._dismiss)
        page.on("pageerror", lambda error: self.seen.append(f"error {error}"))
        page.on("console", lambda said: self.seen.append(said.text) if is_of_a_script(said.type, said.text) else None)
        page.on("request", lambda asked: self.seen.append(asked.url) if is_elsewhere(asked.url, address) else None)

    def _dismiss(self, dialog: Dialog) -> None:
        self.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def assert_nothing_ran(self) -> None:
        assert self.seen == []
        # Frames come and go while a page is drawn; those that are there now are asked.
        there = [frame for frame in self.page.frames if not frame.is_detached()]
        assert {frame.evaluate("typeof window.pwned") for frame in there} == {"undefined"}
        assert self.page.evaluate(MADE_OF_TEXT) == []


def is_of_a_script(kind: str, text: str) -> bool:
    return kind == "error" and "Failed to load resource" not in text


def is_elsewhere(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "about:"))


def bare(text: str) -> str:
    return "".join(text.split())


def assert_said(page: Page, asset: Asset, *, in_boxes: bool = False) -> None:
    """Every text that was typed stands on the page, letter by letter."""
    script = "() => [...document.querySelectorAll('input, textarea')].map((one) => one.value).join('\\n')"
    said = bare(page.evaluate(script) if in_boxes else page.get_by_test_id("stMain").inner_text())
    missing = [words for words in words_in(asset) if bare(words) not in said]
    assert missing == []


def test_nothing_that_people_type_runs_and_all_of_it_is_seen_as_text(page: Page, served: Served) -> None:
    person, register = hostile_person(), served.register
    entries = [*hostile_entries(2), longest_entry()]
    made = [register.entries.add(one, actor=person, why="${pwned=1}").asset for one in entries]
    lines = storable_lines()
    named = [replace(longest_entry(), name=line, service_area_words=line) for line in lines[::19]]
    register.entries.bring_in(named, actor=person)
    register.entries.add(replace(named[0], name=lines[7]), actor=person, submit=False)
    watch = Watch(page, served.address)
    page.goto(f"{served.address}/assets")
    page.get_by_text("Yours, not yet shown to everyone").click()
    expect(page.get_by_role("button", name="Filters")).to_be_visible()
    watch.assert_nothing_ran()
    for asset, before in zip(made, [*made[1:], made[0]], strict=True):
        changed = replace(before, asset_id=asset.asset_id)
        register.entries.edit(asset.asset_id, changed, base_version=1, actor=person, why="<script>pwned=1</script>")
        register.entries.confirm(asset.asset_id, actor=person)
        page.goto(f"{served.address}/assets?asset={asset.asset_id}")
        page.get_by_text("History", exact=True).click()
        expect(page.get_by_role("button", name="Bring version 1 back")).to_be_visible()
        watch.assert_nothing_ran()
        assert_said(page, asset)
        assert_said(page, changed)
        page.get_by_role("link", name="Change this entry").click()
        expect(box_of(page, "Name")).to_have_value(changed.name)
        expect(page.get_by_role("button", name="Save and send in")).to_be_visible()
        watch.assert_nothing_ran()
        assert_said(page, changed, in_boxes=True)


# Stands in every text of the test below, so that it is seen to be shown.
SIGN = "Quillwort"
TITLE = f"{SIGN} <img src=x onerror=pwned=1> ${{pwned=1}} [x](javascript:pwned=1) `"
IS_SHOWN = f"""() => {{
    const main = document.querySelector("[data-testid='stMain']");
    const boxes = main ? [...main.querySelectorAll("input, textarea")].map((one) => one.value) : [];
    return main && [main.textContent, ...boxes].join(" ").includes("{SIGN}");
}}"""

IS_A_PAIR_SHOWN = "() => document.querySelector(\"[data-testid='stMain']\")?.textContent.includes('First: ')"


def all_lines(most: int = 1_800) -> Iterator[str]:
    """Give texts of several lines in which every payload that fits into a line stands once."""
    lines = [SIGN]
    for line in storable_lines():
        if sum(map(len, lines)) + len(lines) + len(line) > most:
            yield "\n".join(lines)
            lines = [SIGN]
        lines.append(line)
    yield "\n".join(lines)


@pytest.fixture
def hostile_work(served: Served, demo_settings: Settings) -> list[str]:
    """Return the addresses of the pages that show what people with bad intent typed elsewhere than in an entry."""
    register, me = served.register, hostile_person()
    partner = replace(PARTNER, name=TITLE, organisation=TITLE)
    code = SnapshotGeography(demo_settings).postcodes([POSTCODE])[POSTCODE].lsoa21_code
    here = replace(LUNCH_CLUB, name=TITLE, place=Place(precision=Precision.EXACT, postcode=POSTCODE, lsoa21_code=code))
    entry = register.entries.add(here, actor=me)
    register.entries.add(replace(hostile_entries(2)[0], name=f"{SIGN} that is new"), actor=partner)
    edit = replace(entry.asset, description=next(all_lines()))
    register.entries.edit(entry.asset.asset_id, edit, base_version=entry.version, actor=partner, why=TITLE)
    register.reports.say(entry.asset.asset_id, words=next(all_lines()), sender=TITLE)
    consent = Consent(recorded_by=TITLE, recorded_on=date(2026, 3, 1), audience=Audience.PUBLIC)
    for words in all_lines():
        story = Story(title=TITLE, words=words, credit=TITLE, consent=consent, area_code=code)
        added = register.stories.add(story, actor=partner)
        register.stories.publish(added.story.story_id, version=added.version, actor=me)
    register.stories.add(story, actor=partner)
    row = replace(here, source=TITLE, source_ref="1")
    register.imports.bring_in(Listed(source=TITLE, adds=[(row, Reference(TITLE, "1", "x"))]), actor=me, why=TITLE)
    own = PieceDraft(sort=Sort.CUSTOM_AREA, title=TITLE, body={CODES: [code], "notes": [TITLE]})
    area = f"custom-{register.kept.save(own, actor=me).piece_id}"
    queues = [f"review?queue={one}" for one in ("new", "edits", "wrong", "stories", "duplicates")]
    of_area = [f"area?area={code}", f"area?area={area}", f"find?within={area}", f"plan?within={area}"]
    return [*queues, "stories", "my-places", "import", *of_area]


def test_every_page_that_shows_what_people_typed_shows_it_as_text(
    page: Page, served: Served, hostile_work: list[str]
) -> None:
    watch = Watch(page, served.address)
    for address in hostile_work:
        page.goto(f"{served.address}/{address}")
        # Which pair of hostile entries is the likeliest depends on what other tests brought in.
        page.wait_for_function(IS_A_PAIR_SHOWN if address.endswith("duplicates") else IS_SHOWN)
        watch.assert_nothing_ran()


@pytest.fixture
def hostile_list(tmp_path: Path) -> Path:
    path = tmp_path / "${alert(1)}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ref", "name", "<img src=x onerror=alert(2)>", "postcode", "area name", "type"])
        for at, text in enumerate(HOSTILE_LINES):
            writer.writerow([at, text, text, text[:8] if at % 2 else "", text, "social club"])
    return path


def test_a_hostile_list_goes_in_as_text_and_nothing_of_it_runs(page: Page, served: Served, hostile_list: Path) -> None:
    watch = Watch(page, served.address)
    page.goto(f"{served.address}/import")
    page.locator("input[type=file]").set_input_files(hostile_list)
    expect(page.get_by_role("heading", name="What each column holds")).to_be_visible()
    assert_nobody_is_kept_out(page)
    page.get_by_role("combobox", name=re.compile("onerror")).fill("What it is and does")
    page.get_by_role("option", name="What it is and does").click()
    page.get_by_role("button", name="Check the list").click()
    page.get_by_role("tab", name="To know").click()
    assert_nobody_is_kept_out(page)
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_text("added and 0 changed")).to_be_visible()
    page.goto(f"{served.address}/review?queue=check")
    expect(page.get_by_role("button", name="It is right")).to_be_visible()
    assert_nobody_is_kept_out(page)
    page.goto(f"{served.address}/assets")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    watch.assert_nothing_ran()
