"""The boxes of the form: each keeps what was typed for the whole session, and shows beside it what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from dashboard.components.entry_form.kept import Kept


class Boxes(Kept):
    """The boxes of one entry's form, drawn.

    Each tells what stands in it as soon as it is left: what only the browser knew would be lost by looking at another
    page.
    """

    def line(
        self,
        field: str,
        label: str,
        *,
        help: str | None = None,  # noqa: A002 - what Streamlit calls it
        placeholder: str | None = None,
        is_live: bool = False,
        type: Literal["default", "email", "url", "phone"] = "default",  # noqa: A002
    ) -> None:
        """Show a box for one line; a live one is answered while it is typed."""
        st.text_input(
            label,
            key=self.key(field),
            help=help,
            placeholder=placeholder,
            type=type,
            icon="",
            validate="",
            live="400ms" if is_live else False,
            persist_state="session",
        )
        self.show_problems(field)

    def words(self, field: str, label: str, *, placeholder: str | None = None, help: str | None = None) -> None:  # noqa: A002
        """Show a box for several lines."""
        st.text_area(
            label,
            key=self.key(field),
            placeholder=placeholder,
            help=help,
            height=100,
            persist_state="session",
        )
        self.show_problems(field)

    def some(self, field: str, label: str, names: Mapping[str, str], *, help: str | None = None) -> None:  # noqa: A002
        """Show a list of which some may be chosen; what is chosen already stays, though it is offered no longer."""
        kept = [one for one in self.get(field) or () if one not in names]
        st.multiselect(
            label,
            options=[*names, *kept],
            format_func=lambda one: names.get(one, one),
            key=self.key(field),
            help=help,
            placeholder="Choose any that fit",
            select_all=False,
            persist_state="session",
        )
        self.show_problems(field)

    def one(self, field: str, label: str, names: Mapping[str, str], *, placeholder: str) -> None:
        """Show a list of which one may be chosen, or none."""
        chosen = self.get(field)
        st.selectbox(
            label,
            options=[*names, *([chosen] if chosen and chosen not in names else [])],
            index=None,
            format_func=lambda one: names.get(one, one),
            key=self.key(field),
            placeholder=placeholder,
            persist_state="session",
        )
        self.show_problems(field)

    def pick(self, field: str, label: str, names: Mapping[str, str]) -> None:
        """Show a few choices, all of them to be seen."""
        st.radio(
            label,
            options=list(names),
            format_func=names.__getitem__,
            key=self.key(field),
            persist_state="session",
        )
        self.show_problems(field)

    def number(self, field: str, label: str, *, most: int) -> None:
        """Show a box for a whole number."""
        st.number_input(
            label,
            min_value=0,
            max_value=most,
            value=None,
            step=1,
            key=self.key(field),
            persist_state="session",
        )
        self.show_problems(field)
