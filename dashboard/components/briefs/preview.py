"""One brief on the page: what its first page looks like, and the files."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.briefs.gathering.desk import Desk
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.options import FORMATS, MEDIA_TYPES
from dashboard.briefs.pdf import write_pdf
from dashboard.briefs.preview import draw_first_page
from dashboard.briefs.rendering import make_brief, write_brief
from dashboard.words import escape_markdown
from etl.settings import Settings

MOST_EDITION_MB = 50


def show_brief(desk: Desk, code: str, *, files: DeltaGenerator, settings: Settings) -> None:
    """Show the first page of the real PDF, and a button for each format.

    Parameters
    ----------
    files
        Where the buttons go.
    """
    earlier = _read_earlier()
    brief = make_brief(desk, code, since=earlier)
    with files:
        _show_downloads(brief, desk=desk, settings=settings)
    pdf = write_pdf(brief, templates=settings.brief_templates)
    picture, pages = draw_first_page(pdf)
    said = " ".join(brief.summary.sentences)
    st.image(picture, alt=f"The first page of the brief of {brief.heading}. {said}", width="stretch")
    st.caption(f"The first of {pages} pages, as they are in the PDF.")


def _read_earlier() -> bytes | None:
    with st.expander("Say what has changed since an earlier edition"):
        given = st.file_uploader(
            "The data pack of the earlier brief",
            type=["zip", "json"],
            key="brief_since",
            max_upload_size=MOST_EDITION_MB,
            help="Whoever made it can download it here; keep the data pack of each edition.",
        )
    return given.getvalue() if given else None


def _show_downloads(brief: Brief, *, desk: Desk, settings: Settings) -> None:
    if brief.is_partners_only:
        st.warning("This brief is for partners only, and every page of it says so.")
    with st.container(horizontal=True):
        for kind, words in FORMATS.items():
            st.download_button(
                escape_markdown(words.partition(":")[0]),
                data=_maker(brief, kind=kind, desk=desk, settings=settings),
                file_name=f"{brief.code}-brief.{kind}",
                mime=MEDIA_TYPES[kind],
                key=f"brief_{kind}",
                on_click="ignore",
                icon=":material/download:",
                type="primary" if kind == "pdf" else "secondary",
            )


def _maker(brief: Brief, *, kind: str, desk: Desk, settings: Settings) -> Callable[[], bytes]:
    def make() -> bytes:
        return write_brief(brief, kind=kind, repository=desk.repository, templates=settings.brief_templates).content

    return make
