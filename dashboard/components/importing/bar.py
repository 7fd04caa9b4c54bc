"""A bar that says how far the register is with a list, and keeps whoever leaves the page from breaking it off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

from dashboard.register.progress import Progress
from dashboard.words import count


@contextmanager
def shown_bar(doing: str) -> Iterator[Progress]:
    """Show a bar until the block ends; give what is told how many entries are done, of how many.

    Streamlit looks for a click elsewhere whenever something is drawn, and would leave the block there and then: the
    register would take back all that it has written so far. The click is kept until the block has ended.
    """
    bar = st.progress(0.0, text=f"{doing} …")
    asked: list[RerunException | StopException] = []

    def report(done: int, of: int) -> None:
        if asked:
            return
        try:
            bar.progress(done / of if of else 1.0, text=f"{doing}: {count(done)} of {count(of)} entries")
        except (RerunException, StopException) as click:
            asked.append(click)

    try:
        yield report
    finally:
        if asked:
            raise asked[0]
        bar.empty()
