"""How sure the order of places is: said where it is known, worked out where it is asked for."""

from __future__ import annotations

import streamlit as st

from dashboard.questions.certainty import CertaintyQuestion
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count
from etl.methods.draws import Draws
from etl.methods.uncertainty import Certainty

WHAT_IT_IS = (
    f"The list is weighed in {Draws().count:,} other ways: other weights around those chosen, other scales, other "
    "weights inside the digital exclusion score. A place that stays near the top in nearly all of them is a safe "
    "choice; one that comes and goes is not. It says nothing of errors in the figures themselves."
)


def show_certainty(
    repository: Repository, *, view: View, question: CertaintyQuestion, certainty: Certainty | None
) -> None:
    """Say how sure the order is, or offer to work it out for a question that is not the usual one."""
    if certainty is None:
        _offer(repository, question)
    elif not certainty.ranked:
        st.info("No neighbourhood has a rank on every pillar, so there is no order to be sure of.")
    else:
        inside = repository.areas_shown(within=view.within, level="lsoa")
        firm = int((certainty.share_in_worst_tenth[inside] >= 0.95).sum())  # noqa: PLR2004 - the firmest class of the map
        verb = "neighbourhood is" if firm == 1 else "neighbourhoods are"
        said = f"**How sure?** {count(firm)} {verb} in the worst tenth in 95 or more of 100 ways of weighing."
        st.markdown(said, help=WHAT_IT_IS)


def _offer(repository: Repository, question: CertaintyQuestion) -> None:
    st.markdown("**How sure?** Not worked out yet for these choices.", help=WHAT_IT_IS)
    if not st.button("Work out how sure the order is", icon=":material/calculate:", help="About ten seconds."):
        return
    bar = st.progress(0.0, text="Weighing in other ways…")

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, text=f"{count(done)} of {count(total)} ways")

    repository.measure_certainty(question, progress=tell)
    bar.empty()
    st.rerun()
