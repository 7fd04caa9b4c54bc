"""The one process that serves everything: Streamlit's pages, the maps' tiles and values, and the headers around them.

`streamlit run` finds the app by reading this file, so `st.App(…)` stands here as it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from dashboard.api.serving import door_middleware, extra_routes, header_middleware, warm_start
from dashboard.commands.listening import check_path
from dashboard.people.signing_in import streamlit_secrets
from etl.errors import SettingsError
from etl.settings import read_settings

# Until the menu has been made once, Streamlit takes a folder called `pages` for its old kind of pages, and the first
# link to /area would run pages/area.py instead of main.py.
PagesManager.uses_pages_directory = False

try:
    _settings = read_settings(os.environ)
    check_path(str(st.get_option("server.baseUrlPath")))
except SettingsError as error:
    sys.exit(f"✖ {error}")

app = st.App(
    Path(__file__).with_name("main.py"),
    secrets=streamlit_secrets(_settings),
    routes=extra_routes(_settings),
    middleware=[*header_middleware(_settings), *door_middleware(_settings)],
    lifespan=warm_start(_settings),
)
