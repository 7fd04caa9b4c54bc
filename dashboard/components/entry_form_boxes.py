"""The boxes of the form: each keeps what was typed for the whole session, and shows beside it what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from dashboard.entry_typed import Typed
from dashboard.register.errors import Problem
from dashboard.words import escape_markdown


class Boxes:
    """The boxes of one entry's form.

    Parameters
    ----------
    prefix
        Tells them from those of another entry.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._shown: set[str] = set()

    def key(self, field: str) -> str:
        """Return the key of a box in the session."""
        return f"{self._prefix}{field}"

    def has(self, field: str) -> bool:
        """Return whether there is a box or something kept under a name."""
        return self.key(field) in st.session_state

    def fill(self, typed: Typed) -> None:
        """Put values into the boxes that have none yet."""
        for field, value in typed.items():
            st.session_state.setdefault(self.key(field), value)

    def put(self, field: str, value: object) -> None:
        """Put a value into a box that has not been drawn yet in this run."""
        st.session_state[self.key(field)] = value

    def get(self, field: str, default: Any = None) -> Any:  # noqa: ANN401
        """Return what stands in a box, or what is kept under a name."""
        return st.session_state.get(self.key(field), default)

    def drop(self, field: str) -> None:
        """Forget what is kept under a name."""
        st.session_state.pop(self.key(field), None)

    def typed(self) -> Typed:
        """Return everything that was typed, by field."""
        return {
            str(key).removeprefix(self._prefix): value
            for key, value in st.session_state.items()
            if str(key).startswith(self._prefix)
        }

    def clear(self) -> None:
        """Empty the form."""
        for field in self.typed():
            self.drop(field)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with what was last sent."""
        found: tuple[Problem, ...] = self.get("problems", ())
        return found

    def has_problem(self, *fields: str) -> bool:
        """Return whether something is wrong with one of these fields, or with a part of them."""
        return any(problem.field.startswith(fields) for problem in self.problems)

    def show_problems(self, *fields: str) -> None:
        """Show what is wrong with these fields, beside them."""
        for problem in self.problems:
            if problem.field in fields:
                self._shown.add(problem.field)
                st.error(escape_markdown(problem.message), icon=":material/error:")

    @property
    def homeless(self) -> tuple[Problem, ...]:
        """Problems that no box has shown."""
        return tuple(problem for problem in self.problems if problem.field not in self._shown)

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
            on_change="rerun" if is_live else "ignore",
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
            on_change="ignore",
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
            on_change="ignore",
            persist_state="session",
        )
        self.show_problems(field)

    def one(self, field: str, label: str, names: Mapping[str, str], *, placeholder: str, is_live: bool = False) -> None:
        """Show a list of which one may be chosen, or none."""
        chosen = self.get(field)
        st.selectbox(
            label,
            options=[*names, *([chosen] if chosen and chosen not in names else [])],
            index=None,
            format_func=lambda one: names.get(one, one),
            key=self.key(field),
            placeholder=placeholder,
            on_change="rerun" if is_live else "ignore",
            persist_state="session",
        )
        self.show_problems(field)

    def pick(self, field: str, label: str, names: Mapping[str, str], *, is_live: bool = False) -> None:
        """Show a few choices, all of them to be seen."""
        st.radio(
            label,
            options=list(names),
            format_func=names.__getitem__,
            key=self.key(field),
            on_change="rerun" if is_live else "ignore",
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
            on_change="ignore",
            persist_state="session",
        )
        self.show_problems(field)


def names_of(terms: Sequence[Any]) -> dict[str, str]:
    """Return the names of terms by their ids, with what they mean in brackets where that helps."""
    return {term.term_id: term.name for term in terms}
