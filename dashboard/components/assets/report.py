"""“Something's wrong with this entry”: a form for anyone, no sign-in asked for."""

from __future__ import annotations

import streamlit as st

from dashboard.api.rates import owner_of
from dashboard.components.find.map import rerun_fragment
from dashboard.components.frame import fragment
from dashboard.components.visit import Visit
from dashboard.register.store.reports import MOST_CHARACTERS

THIS_MACHINE = "this machine"
_SENT = "asset_report_sent"


@fragment
def show_report_form(visit: Visit, asset_id: str) -> None:
    """Show the form; what is sent goes to the reviewers of the place."""
    if st.session_state.get(_SENT) == asset_id:
        st.success("Thank you. Whoever looks after this register will check it.", icon=":material/check_circle:")
        return
    with st.expander("Something's wrong with this entry", icon=":material/flag:"), st.form("report", border=False):
        words = st.text_area(
            "What is wrong?",
            max_chars=MOST_CHARACTERS,
            key="report-words",
            help="Nobody asks who you are. Leave out anything about your own health.",
            placeholder="The telephone number is no longer in use…",
        )
        if st.form_submit_button("Send", icon=":material/send:"):
            visit.register.reports.say(asset_id, words=words or "", sender=sender())
            st.session_state[_SENT] = asset_id
            rerun_fragment()


def sender() -> str:
    """Return what tells one sender from another: the address on the network, of which only a hash is kept."""
    return owner_of(st.context.ip_address or THIS_MACHINE)
