"""One page, or the whole dashboard, shown over a home by AppTest."""

from __future__ import annotations

import pandas as pd
from streamlit.testing.v1 import AppTest

from etl.settings import Settings

LONGEST_RUN_S = 60

PAGE = """
from pathlib import Path

from dashboard.components.filters import Filters
from dashboard.pages import {page}
from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import read_settings

settings = read_settings({{}}, home=Path({home!r}))
{page}.render(open_repository(current_snapshot(settings)), Filters(), settings=settings)
"""

DASHBOARD = """
from dashboard.main import main

main()
"""


def open_page(page: str, settings: Settings, **query: str) -> AppTest:
    """Return a page that has been shown once, at an address."""
    shown = AppTest.from_string(PAGE.format(page=page, home=str(settings.home)), default_timeout=LONGEST_RUN_S)
    for name, text in query.items():
        shown.query_params[name] = text
    return shown.run()


def open_dashboard() -> AppTest:
    """Return the whole dashboard, shown once, over the home that the environment names."""
    return AppTest.from_string(DASHBOARD, default_timeout=LONGEST_RUN_S).run()


def words_of(page: AppTest) -> str:
    """Return all that a page says in running text, without the backslashes that keep Markdown from reading it."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(page, kind)).replace("\\", "")


def query_of(page: AppTest) -> dict[str, str]:
    """Return the page's address as a flat mapping."""
    return {name: text[0] if isinstance(text, list) else text for name, text in dict(page.query_params).items()}


def list_of(page: AppTest) -> pd.DataFrame:
    """Return the ranked list."""
    return page.dataframe[0].value
