"""A button that gives what a page shows as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.csv_text import write_csv


def show_csv_download(
    label: str, rows: Callable[[], pd.DataFrame], *, file_name: str, is_disabled: bool = False
) -> None:
    """Show the button; the file is made when it is asked for, and the page is not shown anew.

    Parameters
    ----------
    rows
        Gives what the file is to hold, under headings that a person reads.
    """
    st.download_button(
        f"{label} (CSV)",
        data=lambda: write_csv(rows()),
        file_name=file_name,
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        disabled=is_disabled,
    )
