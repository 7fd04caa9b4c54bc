"""One thing of a queue at a time: the next opens by itself, and any other can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from dashboard.words import count, escape_markdown

Item = TypeVar("Item")
ITEM = "item"
_SAID = "review_said"


def pick(
    items: Sequence[Item], *, name: Callable[[Item], str], key: Callable[[Item], str], of: int | None = None
) -> Item:
    """Return the thing that the address names, or the first; with more than one there is a choice.

    Parameters
    ----------
    of
        How many wait in all, where the items are only the first of them.
    """
    keys = [key(item) for item in items]
    asked = st.query_params.get(ITEM, "")
    at = keys.index(asked) if asked in keys else 0
    if len(items) > 1:
        chosen = st.selectbox(
            _waiting_words(len(items), of=of or len(items)), options=range(len(items)), index=at,
            format_func=lambda one: f"{one + 1}. {name(items[one])}", key=f"review-pick-{keys[at]}-{len(keys)}",
        )  # fmt: skip
        if chosen != at:
            st.query_params[ITEM] = keys[chosen]
            st.rerun()
    return items[at]


def _waiting_words(listed: int, *, of: int) -> str:
    return f"Waiting: {count(of)}" + (f", of which the first {count(listed)} are listed" if listed < of else "")


def is_as_seen(key: str, version: object) -> bool:
    """Return whether a thing is as it was when the person last saw it, and remember how it is now.

    A press of a button shows the page anew, with whatever the thing has become meanwhile: nobody may publish or merge
    what they have not seen.
    """
    known = st.session_state.get(key, version)
    st.session_state[key] = version
    return bool(known == version)


def go_on(words: str) -> None:
    """Say what was done, and open the next thing of the queue."""
    st.query_params.pop(ITEM, None)
    stay(words)


def stay(words: str) -> None:
    """Say something, and show the same thing of the queue again."""
    st.session_state[_SAID] = words
    st.rerun()


def show_done() -> None:
    """Say once what was done last."""
    words = st.session_state.pop(_SAID, "")
    if words:
        st.success(escape_markdown(words), icon=":material/check_circle:")
