"""The register that goes with what is served, opened once for the whole process."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from dashboard.assets.demo_register import fill_demo_register
from dashboard.geography import SnapshotGeography
from dashboard.register.register import Register
from dashboard.repository import open_repository
from etl.errors import NothingLoadedError
from etl.publish import current_snapshot
from etl.register_address import register_url
from etl.settings import Settings


def open_register(settings: Settings) -> Register:
    """Return the register of a home; the made-up places of the demo have one of their own, beside the real one."""
    is_demo = serves_demo(settings)
    return _open(register_url(settings, is_demo=is_demo), settings, is_demo=is_demo)


def renew_register(settings: Settings, *, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Fit the register to the areas of what is served now, once for each load; return how many entries moved.

    It is done again when a newer version of the program lays out what is published in another way.

    Raises
    ------
    StoppedError
        If it was stopped on the way; it is done again the next time.
    """
    register = open_register(settings)
    build_id = open_repository(current_snapshot(settings)).build.build_id
    return register.renewing.renew_for(build_id, is_stopping=is_stopping)


@lru_cache(maxsize=4)
def _open(url: str, settings: Settings, *, is_demo: bool) -> Register:
    settings.home.mkdir(parents=True, exist_ok=True)
    register = Register(url, geography=SnapshotGeography(settings))
    if is_demo:
        fill_demo_register(register, demo=settings.demo_dir)
    return register


def serves_demo(settings: Settings) -> bool:
    """Return whether what is served are the made-up places of the demo."""
    try:
        return open_repository(current_snapshot(settings)).build.is_demo
    except NothingLoadedError:
        return False
