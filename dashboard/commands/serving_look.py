"""How Streamlit is to run, wherever it is started from: by itself it reads our settings in our folder only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from etl.settings import PROJECT

CONFIG = PROJECT / ".streamlit" / "config.toml"


def streamlit_environ(environ: Mapping[str, str], *, config: Path = CONFIG) -> dict[str, str]:
    """Return the project's settings of Streamlit as environment variables; what is set already stays as it is.

    Their names are Streamlit's own: `client.toolbarMode` is STREAMLIT_CLIENT_TOOLBAR_MODE.
    """
    sections = tomllib.loads(config.read_text(encoding="utf-8"))
    given = {
        f"STREAMLIT_{section}_{re.sub('(?=[A-Z])', '_', name)}".upper(): _as_text(value)
        for section, options in sections.items()
        for name, value in options.items()
    }
    return {name: text for name, text in given.items() if name not in environ}


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
