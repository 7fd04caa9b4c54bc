"""The one process that serves everything: Streamlit's pages, the maps' tiles and values, and the headers around them.

`streamlit run` finds the app by reading this file, so `st.App(…)` stands here as it is.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from dashboard.api.serving import extra_routes, header_middleware, warm_start
from etl.settings import read_settings

_settings = read_settings(os.environ)

app = st.App(
    Path(__file__).with_name("main.py"),
    routes=extra_routes(_settings),
    middleware=header_middleware(_settings),
    lifespan=warm_start(_settings),
)
