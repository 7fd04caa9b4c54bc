"""Whether a page keeps anybody out, as axe-core sees it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What is being replaced is faded for a moment, and has too little contrast then: without the fades it is either there
# or not.
NO_FADES = "*, *::before, *::after { transition: none !important; animation: none !important; }"
LOOKS = 3


def assert_nobody_is_kept_out(page: Page) -> None:
    """Look for barriers once the page stands still; what is still there at the last look is one."""
    page.add_style_tag(content=NO_FADES)
    for look in range(1, LOOKS + 1):
        stand_still(page)
        found = Axe().run(page, options={"runOnly": WCAG})
        if not found.violations_count:
            return
        assert look < LOOKS, found.generate_report()


def stand_still(page: Page) -> None:
    """Wait until the server has shown all that was asked for."""
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()
    expect(page.locator("[data-stale='true']")).to_have_count(0)
