"""What every kind of kept work shares on a page: who may see it, and a way to remove it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.components.visit import Visit
from dashboard.register.piece import PieceTitle, Sharing
from dashboard.words import escape_markdown

AUDIENCES: dict[Sharing, str] = {
    Sharing.PARTNERS: "All partners who have signed in",
    Sharing.PRIVATE: "Only me (and an administrator)",
    Sharing.PUBLIC: "Everyone",
}
WHO_MAY_OPEN = "Who may open it"


def show_audience_choice(
    piece: PieceTitle | None, *, key: str, options: tuple[Sharing, ...] = tuple(AUDIENCES)
) -> Sharing:
    """Show the choice of who may see a piece of work, and return it."""
    chosen = piece.audience if piece and piece.audience in options else options[0]
    return st.selectbox(
        WHO_MAY_OPEN,
        options=options,
        index=options.index(chosen),
        format_func=AUDIENCES.__getitem__,
        key=key,
    )


def show_removal(visit: Visit, title: PieceTitle, *, on_removed: Callable[[], None]) -> None:
    """Show a button that asks once more before it removes a piece of work."""
    with st.popover("Remove", help=f"Remove “{escape_markdown(title.title)}” for good"):
        st.markdown(f"Remove **{escape_markdown(title.title)}** for good? Links to it will stop working.")
        if st.button("Yes, remove it", key=f"remove-{title.piece_id}"):
            visit.register.kept.remove(title.piece_id, actor=visit.actor)
            on_removed()
            st.rerun()
