"""The register that goes with what is served, opened once for the whole process."""

from __future__ import annotations

from functools import lru_cache

from dashboard.geography import SnapshotGeography
from dashboard.register.register import Register
from dashboard.repository import open_repository
from etl.errors import NothingLoadedError
from etl.publish import current_snapshot
from etl.settings import Settings

DEMO_FILE = "register-demo.sqlite"


def open_register(settings: Settings) -> Register:
    """Return the register of a home; the made-up places of the demo have one of their own, beside the real one."""
    return _open(_url(settings), settings)


@lru_cache(maxsize=4)
def _open(url: str, settings: Settings) -> Register:
    settings.home.mkdir(parents=True, exist_ok=True)
    return Register(url, geography=SnapshotGeography(settings))


def _url(settings: Settings) -> str:
    try:
        is_demo = open_repository(current_snapshot(settings)).build.is_demo
    except NothingLoadedError:
        is_demo = False
    return f"sqlite:///{settings.home / DEMO_FILE}" if is_demo else settings.register_url
