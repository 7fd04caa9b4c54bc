"""What was typed into the form of one entry, and what is wrong with it, kept for the whole session."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.assets.entry_typed import Typed
from dashboard.register.errors import Problem
from dashboard.words import escape_markdown


class Kept:
    """What the boxes of one entry's form hold, by field.

    Parameters
    ----------
    prefix
        Tells them from those of another entry.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

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
                st.error(escape_markdown(problem.message), icon=":material/error:")

    def show_all_problems(self) -> None:
        """Show all that is wrong where it was sent from: on a phone the boxes are out of sight from there."""
        if not self.problems:
            return
        things = "1 thing" if len(self.problems) == 1 else f"{len(self.problems)} things"
        said = "\n".join(f"- {escape_markdown(problem.message)}" for problem in self.problems)
        st.error(f"**{things} to put right:**\n\n{said}")
