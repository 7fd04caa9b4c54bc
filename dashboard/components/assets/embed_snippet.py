"""What a partner copies into its own website to show the list or the map there."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from dashboard.components.kept_work import AUDIENCES, WHO_MAY_OPEN
from dashboard.components.links import MY_PLACES, link_to_my_places
from dashboard.register.piece import Sharing
from etl.settings import Settings

_SHOWN = {"A list": ("list", "Groups and places that help", 600), "A map": ("map", "Map of groups and places", 800)}
_TITLE, _ICON = "Share on your website", ":material/code:"
_NOT_KEPT = frozenset({"page", "asset"})


def show_embed_snippet(query: Mapping[str, str], settings: Settings) -> None:
    """Show how to put the list or the map, at these filters, on another website, and where its data is.

    Parameters
    ----------
    query
        The parameters of the Assets page.
    """
    with st.popover(_TITLE, icon=_ICON):
        st.markdown("Copy these lines into your own page. What is shown there is always what is published here now.")
        base = public_address(settings, here=st.context.url)
        shown = st.segmented_control("What to show", list(_SHOWN), default="A list", required=True)
        st.code(embed_html(str(shown), query=query, base=base), language=None, wrap_lines=True)
        if not settings.is_shared:
            st.caption("Common Ground runs on this machine alone, so other people cannot reach this address yet.")
        csv, geojson = (data_address(form, query=query, base=base) for form in ("csv", "geojson"))
        st.markdown(
            f"Or take the data: [spreadsheet (CSV)]({csv}), [map file (GeoJSON)]({geojson}), or, for other programs, "
            f"the [Open Referral UK feed]({base}/openreferral/services)."
        )


def show_who_may_share() -> None:
    """Say why a list of an own area cannot be put on another website yet, and what to do."""
    with st.popover(_TITLE, icon=_ICON):
        st.markdown(
            f"Visitors of a website have not signed in, and this area is not for them yet. Change it on "
            f"“{MY_PLACES.title}”: choose “{AUDIENCES[Sharing.PUBLIC]}” under “{WHO_MAY_OPEN}”."
        )
        link_to_my_places({}, label=MY_PLACES.title)


def embed_html(shown: str, *, query: Mapping[str, str], base: str) -> str:
    """Return the element to copy.

    Parameters
    ----------
    shown
        “A list” or “A map”.
    base
        Scheme, host and port of this server, as other people reach it.
    """
    path, title, height_px = _SHOWN[shown]
    address = escape(_with_filters(f"{base}/embed/{path}", query))
    size = f'width="100%" height="{height_px}"'
    return f'<iframe src="{address}" title="{title}" {size} loading="lazy"></iframe>'


def data_address(form: str, *, query: Mapping[str, str], base: str) -> str:
    """Return where the entries at these filters are as a file."""
    return _with_filters(f"{base}/open-data/assets.{form}", query)


def public_address(settings: Settings, *, here: str | None) -> str:
    """Return how other people reach this server: its public address, or in local mode this machine's own."""
    parts = urlsplit(here or f"http://localhost:{settings.port}")
    return settings.sharing.public_url or f"{parts.scheme}://{parts.netloc}"


def _with_filters(address: str, query: Mapping[str, str]) -> str:
    kept = {name: value for name, value in query.items() if value and name not in _NOT_KEPT}
    return f"{address}?{urlencode(kept)}" if kept else address
