"""Where the register is: the made-up places of the demo have one of their own, beside the real one."""

from __future__ import annotations

from etl.settings import Settings

DEMO_FILE = "register-demo.sqlite"


def register_url(settings: Settings, *, is_demo: bool) -> str:
    """Return the address of the register that goes with a snapshot."""
    return f"sqlite:///{settings.home / DEMO_FILE}" if is_demo else settings.register_url
