"""Taking entries away: whatever a query finds, as a file for a spreadsheet, a map, or another register."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.frame import fragment
from dashboard.components.visit import Visit
from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.exchange.files_out import FileForm, write_entries
from dashboard.register.query import Query
from dashboard.register.rules.permissions import Action, may

LABELS = {
    FileForm.CSV: "CSV, for any spreadsheet",
    FileForm.XLSX: "Excel workbook (.xlsx)",
    FileForm.GEOJSON: "GeoJSON, for maps on the web",
    FileForm.GEOPACKAGE: "GeoPackage, for QGIS and other GIS",
    FileForm.OPEN_REFERRAL: "Open Referral UK 3.0 (JSON), for other directories",
}


@fragment
def show_asset_downloads(visit: Visit, query: Query) -> None:
    """Show the choice of a kind of file, and the button that makes it of everything that the query finds."""
    with st.expander("Download this list", icon=":material/download:"):
        form = st.selectbox(
            "Kind of file", options=list(LABELS), format_func=LABELS.__getitem__, key="asset-download-form"
        )
        is_partner = may(visit.actor, Action.SEE_PARTNER_FIELDS)
        with_partners = is_partner and st.checkbox(
            "With what is for partners only: keep the file to yourselves", key="asset-download-partners"
        )
        st.download_button(
            "Make the file and download it",
            data=lambda: _make(visit, query, form=form, actor=visit.now().actor if with_partners else THE_PUBLIC),
            file_name=f"community-assets.{form.suffix}",
            mime=form.media_type,
            on_click="ignore",
            icon=":material/download:",
            key="asset-download",
        )
        st.caption("Each entry says where it came from and on what terms; keep that with it.")


def _make(visit: Visit, query: Query, *, form: FileForm, actor: Actor) -> bytes:
    entries = visit.register.finding.find_all(replace(query, page=1), actor=actor)
    return write_entries(entries, form=form, taxonomy=visit.register.settings.taxonomy())
