"""Taking the data away: any table as a file, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.components.frame import fragment
from dashboard.components.links import link_to_assets
from dashboard.repository import Repository
from dashboard.words import count, escape_markdown


@dataclass(frozen=True)
class FileKind:
    """A kind of file that a table can be had as."""

    label: str
    suffix: str
    mime: str
    needs_geometry: bool
    export: Callable[[Repository, str], bytes]


KINDS = (
    FileKind(
        label="CSV, for a spreadsheet",
        suffix="csv",
        mime="text/csv",
        needs_geometry=False,
        export=lambda repository, name: repository.export_csv(name),
    ),
    FileKind(
        label="GeoParquet, with boundaries",
        suffix="parquet",
        mime="application/vnd.apache.parquet",
        needs_geometry=True,
        export=lambda repository, name: repository.export_geoparquet(name),
    ),
    FileKind(
        label="GeoPackage, with boundaries",
        suffix="gpkg",
        mime="application/geopackage+sqlite3",
        needs_geometry=True,
        export=lambda repository, name: repository.export_geopackage(name),
    ),
)


@fragment
def show_downloads(repository: Repository) -> None:
    """Show the choice of a table and of a kind of file, and the button that makes and sends it."""
    st.header("Download the data")
    tables = repository.exportable_tables
    name = st.selectbox("Table", options=list(tables), key="download_table")
    table = tables[name]
    st.caption(f"{escape_markdown(table.grain)} {count(table.rows)} rows.")
    kinds = [kind for kind in KINDS if table.has_geometry or not kind.needs_geometry]
    kind = st.radio("Kind of file", options=kinds, format_func=lambda each: each.label, key=f"download_kind_{name}")
    st.download_button(
        "Make the file and download it",
        data=lambda: kind.export(repository, name),
        file_name=f"{name}.{kind.suffix}",
        mime=kind.mime,
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption("Large tables take a few seconds. Boundaries are in the British National Grid (EPSG:27700).")
    link_to_assets({}, label="Download the community assets, as the register has them now")
