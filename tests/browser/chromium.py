"""Find a Chromium for the browser tests: on the path, from Playwright, or, when root, from apt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "No Chromium for the browser tests. Install one with your system's packages (chromium) so that it is on the path, "
    "or run “python -m playwright install --with-deps chromium”."
)


def find_chromium() -> Path | None:
    """Return the path of a Chromium that can be started, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.is_file() else None


def _install_by_playwright() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True)


def _install_by_apt() -> None:
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


def main() -> None:
    """Install a Chromium unless there is one, and say which it is."""
    for install in (lambda: None, _install_by_playwright, _install_by_apt):
        install()
        if found := find_chromium():
            sys.stdout.write(f"Browser tests use {found}\n")
            return
    sys.exit(ADVICE)


if __name__ == "__main__":
    main()
