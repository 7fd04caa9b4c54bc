"""Community assets on the Find page in a real browser: there at the next interaction, and whatever is typed is text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.opening import open_register
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Place, Precision
from dashboard.register.register import Register
from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.browser.barriers import NO_FADES, WCAG, assert_nobody_is_kept_out
from tests.browser.map_on_page import MapOnPage
from tests.payloads import read_payloads

ME = local_actor()
KNOWS_NUMBER = "number => Number(document.querySelector('#map_div').dataset.assetsNumber || 0) >= number"
# Some tens of metres, so that signs stand side by side at the zoom of streets.
STEP_LON, STEP_LAT = 0.0009, 0.0006
SIDE = 3


@pytest.fixture(scope="module")
def register(demo_settings: Settings) -> Register:
    return open_register(demo_settings)


@pytest.fixture(scope="module")
def empty_spot(demo_settings: Settings) -> tuple[float, float]:
    """Return a point of the demo, out in the sea, where no made-up asset is."""
    west, south, _, _ = open_repository(current_snapshot(demo_settings)).extent
    return west - 0.05, south - 0.05


@contextmanager
def published(register: Register, names: list[str], *, at: tuple[float, float]) -> Iterator[list[Asset]]:
    """Publish entries in rows of a few from a point on, and withdraw them in the end."""
    made = [
        Asset(
            name=name, kind="library", description=name,
            place=Place(
                precision=Precision.EXACT,
                lon=round(at[0] + STEP_LON * (i % SIDE), 6), lat=round(at[1] + STEP_LAT * (i // SIDE), 6),
            ),
        )
        for i, name in enumerate(names)
    ]  # fmt: skip
    ids, _ = register.entries.bring_in(made, actor=ME)
    try:
        yield [register.entries.get(one, actor=ME).asset for one in ids]
    finally:
        for one in ids:
            register.entries.withdraw(one, actor=ME)


def open_at(page: Page, address: str, *, at: tuple[float, float], zoom: int = 17) -> MapOnPage:
    drawn = MapOnPage(page)
    drawn.open(f"{address}/?assets=on&lon={at[0]}&lat={at[1]}&zoom={zoom}")
    return drawn


def test_an_asset_published_while_the_page_is_open_is_there_after_one_interaction(
    page: Page, demo_address: str, register: Register, empty_spot: tuple[float, float]
) -> None:
    drawn = open_at(page, demo_address, at=empty_spot, zoom=16)
    expect(drawn.inside.locator(".cg-asset")).to_have_count(0)
    with published(register, ["Brand New Hub"], at=empty_spot) as (asset,):
        drawn.inside.get_by_role("button", name="Zoom in").click()
        expect(drawn.inside.locator(".cg-asset")).to_have_count(1)
        # By keyboard: the cross is in the middle of the map, and so is the asset.
        drawn.box.focus()
        page.keyboard.press("Enter")
        card = drawn.inside.get_by_role("region", name="Community asset")
        expect(card.get_by_role("heading")).to_have_text("Brand New Hub")
        link = card.get_by_role("link")
        expect(link).to_be_focused()
        assert (link.get_attribute("href") or "").endswith(f"/assets?asset={asset.asset_id}")
        page.wait_for_url(f"**asset={asset.asset_id}**")
        expect(page.get_by_role("link", name="Open the entry of Brand New Hub")).to_be_visible()
        assert drawn.problems == []
        assert_nobody_is_kept_out(page)
        drawn.frame.add_style_tag(content=NO_FADES)
        found = Axe().run(drawn.frame, options={"runOnly": WCAG})
        assert found.violations_count == 0, found.generate_report()


def test_names_that_would_run_are_only_ever_text_on_the_map(
    page: Page, demo_address: str, register: Register, empty_spot: tuple[float, float]
) -> None:
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    payloads = [one for one in read_payloads() if "alert" in one and len(one) < 150]
    chosen = payloads[:: len(payloads) // SIDE**2][: SIDE**2]
    middle = (empty_spot[0] + STEP_LON, empty_spot[1] + STEP_LAT)
    with published(register, chosen, at=empty_spot) as assets:
        drawn = open_at(page, demo_address, at=middle)
        signs, heading = drawn.inside.locator(".cg-asset"), drawn.inside.locator(".cg-asset-card h2")
        expect(signs).to_have_count(len(assets))
        said: list[str] = []
        for number in range(len(assets)):
            signs.nth(number).hover()
            if said:
                expect(heading).not_to_have_text(said[-1])
            said.append(heading.inner_text())
        assert {" ".join(one.split()) for one in said} == {" ".join(asset.name.split()) for asset in assets}
        assert (
            drawn.inside.locator(".cg-asset-card").locator("img, script, iframe, svg, [onerror], [onload]").count() == 0
        )
        assert drawn.problems == []
        assert ran == []
