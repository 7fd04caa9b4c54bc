"""The settings of the register that an admin may change."""

from __future__ import annotations

import streamlit as st

from dashboard.components.frame import fragment
from dashboard.components.visit import Visit
from dashboard.register.store.settings import MOST, RegisterSettings

LABELS = {
    "check_every_days": "Days until an entry should be checked again",
    "claim_days": "Days that an invitation to look after an entry works",
    "reports_per_hour": "Messages that something is wrong, from one sender in an hour",
    "reports_per_entry_per_day": "Messages that something is wrong, about one entry in a day",
}


@fragment
def show_settings(visit: Visit) -> None:
    """Show the settings and let an admin change them."""
    now = visit.register.settings.read()
    with st.form("register-settings"):
        values = {
            name: st.number_input(
                label, min_value=1, max_value=MOST[name], step=1, value=getattr(now, name), key=f"setting-{name}"
            )
            for name, label in LABELS.items()
        }
        if st.form_submit_button("Save settings", type="primary"):
            visit.register.settings.change(RegisterSettings(**values), actor=visit.actor)
            st.toast("Saved.", icon=":material/check:")
