"""What surrounds every page: the demo banner, the footer, and what a person sees when something goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec
from uuid import uuid4

import streamlit as st

from dashboard.components.visit import Visit
from dashboard.repository import Repository
from dashboard.words import NOT_FOR, date, escape_markdown
from etl.errors import CommonGroundError
from etl.publish import current_snapshot
from etl.settings import Settings

STYLE = Path(__file__).with_name("style.css")
Arguments = ParamSpec("Arguments")
_log = logging.getLogger(__name__)


@contextmanager
def refusals_shown() -> Iterator[None]:
    """Turn a refusal into words with what to do, and anything unforeseen into an apology with a number to quote."""
    try:
        yield
    except CommonGroundError as refusal:
        st.error(f"**{escape_markdown(refusal.what)}** {escape_markdown(refusal.todo)}", icon=":material/error:")
    except Exception:
        number = uuid4().hex[:8]
        _log.exception("unforeseen error %s", number)
        st.error(
            f"**Sorry, something went wrong and this part of the page could not be shown.** Reload the page to try "
            f"again. If it keeps happening, tell whoever runs this service and quote the number {number}.",
            icon=":material/error:",
        )


def fragment(show: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Make a part of a page that is rerun alone, with the rights of that moment, and that shows its own refusals."""

    @wraps(show)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        with refusals_shown():
            show(*map(_as_of_now, args), **{name: _as_of_now(one) for name, one in kwargs.items()})

    return st.fragment(guarded)


def _as_of_now(argument: Any) -> Any:  # noqa: ANN401 - whatever a part of a page is handed
    return argument.now() if isinstance(argument, Visit) else argument


def follow_snapshot(repository: Repository, settings: Settings) -> None:
    """Start the page again when a newer snapshot has been published under it."""
    if current_snapshot(settings) != repository.path:
        st.rerun()


def name_tab(shown: str) -> None:
    """Name the browser's tab, and so its history and bookmarks, by what is shown in it."""
    st.set_page_config(page_title=f"{shown} · Common Ground")


def show_banner(repository: Repository) -> None:
    """Say on every page of the demo that its places are made up."""
    if repository.build.is_demo:
        st.warning("**These are not real places.** This is a demonstration with made-up areas and figures.")


def show_footer(repository: Repository) -> None:
    """Show what the figures must not be used for, when they were built, and the credits that licences ask for."""
    build = repository.build
    with st.container(key="footer"):
        st.caption(NOT_FOR)
        st.caption(f"Data for {escape_markdown(build.area_name)}, put together on {date(build.built_at)}.")
        st.caption("  \n".join(escape_markdown(line) for line in repository.attributions))


def load_style() -> None:
    """Load the few rules that the theme cannot say."""
    st.html(STYLE)
