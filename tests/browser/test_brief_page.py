"""A brief as a web page, in a browser: no barrier found, nothing asked for, nothing wider than the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dashboard.briefs.html import write_html
from dashboard.briefs.options import BriefOptions
from tests.briefs import ME, SmallOffice
from tests.unit.small_snapshot import SICBL, WARDS


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("code", [WARDS[0], SICBL])
def test_a_brief_has_no_barrier_asks_for_nothing_and_fits(
    code: str, width: int, page: Page, small_office: SmallOffice, tmp_path: Path
) -> None:
    path = tmp_path / "brief.html"
    path.write_bytes(write_html(small_office.brief(code, BriefOptions(wants_partners_only=True), actor=ME)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path.as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    broken = page.evaluate("[...document.images].filter(one => !one.naturalWidth).map(one => one.alt)")
    assert broken == []
