"""The page's address, as this session left it.

A browser sends its address along with each choice. Of two choices made within one round trip, the second is sent before
the answer to the first has changed the address, and would undo the first. What was written last is therefore kept, and
holds until the page is opened anew.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_KEPT = "address"
# The map's own script writes these, and knows better than the server where the map looks.
_OF_THE_MAP = frozenset({"lat", "lon", "zoom"})


def keep_address() -> None:
    """Believe what the address says: the page was opened with it, or has changed it itself."""
    st.session_state[_KEPT] = st.query_params.to_dict()


def kept_address() -> dict[str, str]:
    """Return what was kept last; nothing before any page was opened."""
    return dict(st.session_state.get(_KEPT, {}))


def put_address_right() -> None:
    """Bring back what was kept, where the browser has sent an address from before it."""
    if _KEPT not in st.session_state:
        return
    here, kept = st.query_params.to_dict(), kept_address()
    if _without_map(here) != _without_map(kept):
        of_the_map = {name: text for name, text in here.items() if name in _OF_THE_MAP}
        write_address({**_without_map(kept), **of_the_map})


def write_address(query: Mapping[str, str]) -> None:
    """Change the address; it is kept first, because writing it may end this run of the page for a newer one."""
    st.session_state[_KEPT] = dict(query)
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def _without_map(query: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in query.items() if name not in _OF_THE_MAP}
