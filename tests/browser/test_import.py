"""A list full of attacks goes in through a real browser: nothing of it runs, and no page keeps anybody out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.settings import PROJECT, Settings
from tests.browser.barriers import assert_nobody_is_kept_out
from tests.browser.driving import running_server
from tests.payloads import read_payloads

PATIENCE_MS = 60_000
# A file with a NUL in it is refused whole, as no text; longer names are refused row by row.
HOSTILE = [text for text in read_payloads() if len(text) <= 180 and "\x00" not in text]


@pytest.fixture(scope="module")
def address(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a dashboard with a register of its own: what goes in here is seen by no other test."""
    home = tmp_path_factory.mktemp("import")
    (home / "snapshots").symlink_to(demo_settings.snapshots_dir)
    environ = {"COMMONGROUND_HOME": str(home), "COMMONGROUND_BASEMAP_URL": ""}
    with running_server(PROJECT / "dashboard" / "app.py", environ=environ) as at:
        yield at


@pytest.fixture
def hostile_list(tmp_path: Path) -> Path:
    path = tmp_path / "${alert(1)}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ref", "name", "<img src=x onerror=alert(2)>", "postcode", "area name", "type"])
        for at, text in enumerate(HOSTILE):
            writer.writerow([at, text, text, text[:8] if at % 2 else "", text, "social club"])
    return path


def test_a_hostile_list_goes_in_as_text_and_nothing_of_it_runs(page: Page, address: str, hostile_list: Path) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:"))
            else ran.append(request.url))  # fmt: skip
    page.goto(f"{address}/import")
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
    page.goto(f"{address}/review?queue=check")
    expect(page.get_by_role("button", name="It is right")).to_be_visible()
    assert_nobody_is_kept_out(page)
    page.goto(f"{address}/assets")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("() => typeof globalThis.pwned") == "undefined"
    assert ran == []
