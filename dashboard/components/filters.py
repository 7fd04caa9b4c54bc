"""The view in the address bar: the one place where it is read and changed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.components.address import keep_address, kept_address, put_address_right, write_address
from dashboard.state import PARAMETERS, View, read_area_code, read_view, write_view

LEFT = "find_left"
_LOOKED_AT, _LOOKS = "looked_at", "looks"


class Filters:
    """What a person has chosen. The address says it; widgets follow the address and change it."""

    @property
    def view(self) -> View:
        """The view that the address asks for now."""
        return read_view(st.query_params)

    @property
    def area_code(self) -> str:
        """The code of the area that an Area page's address names; empty when it names none."""
        return read_area_code(st.query_params)

    @property
    def looked_at(self) -> str:
        """The code of the area that the map should move to: what was chosen last anywhere but on the map itself."""
        return str(st.session_state.setdefault(_LOOKED_AT, self.view.at or self.view.within))

    @property
    def looks(self) -> int:
        """How often the map was asked to move, so that it moves again to where it was sent before."""
        return int(st.session_state.get(_LOOKS, 0))

    def look_at(self, area_code: str) -> None:
        """Have the map move to an area; to the whole when no area is named."""
        st.session_state[_LOOKED_AT], st.session_state[_LOOKS] = area_code, self.looks + 1

    def select(self, area_code: str, **changes: object) -> None:
        """Choose an area anywhere but on the map, which then moves to it; for none, it stays where it is."""
        if area_code:
            self.look_at(area_code)
        self.change(at=area_code, **changes)

    def narrow(self, area_code: str) -> None:
        """Show one area alone, or everything when no area is named."""
        self.look_at(area_code)
        self.change(within=area_code)

    def change(self, **changes: object) -> None:
        """Change parts of the view, and so the address; parameters of others stay."""
        put_address_right()
        self._write(write_view(self.view.changed(**changes)))

    def reset(self) -> None:
        """Go back to the view that a newcomer sees."""
        self.look_at("")
        write_address({})

    def restore(self) -> None:
        """Take up the view that was left, when a person comes back to Find without a link that says otherwise."""
        was_left = st.session_state.pop(LEFT, False)
        if was_left and not set(PARAMETERS.values()) & set(st.query_params):
            self._write({name: text for name, text in kept_address().items() if name in PARAMETERS.values()})
        self._look_where_address_says()
        keep_address()

    def leave(self) -> None:
        """Note that another page is shown; without that, an address that asks for nothing means what it says."""
        st.session_state[LEFT] = True

    def follow(self, part: str, key: str) -> Callable[[], None]:
        """Return what a widget does when it is changed: its value becomes a part of the view."""

        def change() -> None:
            self.change(**{part: st.session_state[key]})

        return change

    def _look_where_address_says(self) -> None:
        """Have the map move where the address was changed by going back or forward, or by a link of another page."""
        before, now = read_view(kept_address()), self.view
        if _LOOKED_AT in st.session_state and (before.at, before.within) != (now.at, now.within):
            self.look_at(now.at or now.within)

    def _write(self, query: dict[str, str]) -> None:
        others = {name: text for name, text in st.query_params.items() if name not in PARAMETERS.values()}
        write_address({**others, **query})
