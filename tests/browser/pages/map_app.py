"""The server of the map tests: everything that stands beside the dashboard, and one page with a map."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from dashboard.api.serving import extra_routes, header_middleware, warm_start
from etl.settings import read_settings

_settings = read_settings(os.environ)

app = st.App(
    Path(__file__).with_name("map_page.py"),
    routes=extra_routes(_settings),
    middleware=header_middleware(_settings),
    lifespan=warm_start(_settings),
)
