"""Settings are read once, and a bad one is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import SettingsError
from etl.settings import OSM_URL, PROJECT, read_settings


def test_with_nothing_set_data_lives_in_the_project_and_only_this_machine_is_served() -> None:
    settings = read_settings({})
    assert settings.home == PROJECT / "data"
    assert (settings.host, settings.port) == ("127.0.0.1", 8501)
    assert settings.basemap_url == OSM_URL
    assert settings.lookup_vintage == 2024


def test_an_option_for_the_home_wins_over_the_environment(tmp_path: Path) -> None:
    settings = read_settings({"COMMONGROUND_HOME": "/elsewhere"}, home=tmp_path)
    assert settings.home == tmp_path
    assert settings.raw_dir == tmp_path / "raw"
    assert settings.snapshots_dir == tmp_path / "snapshots"


def test_an_empty_base_map_address_means_none_is_offered() -> None:
    assert read_settings({"COMMONGROUND_BASEMAP_URL": ""}).basemap_url == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMMONGROUND_PORT", "http"),
        ("COMMONGROUND_PORT", "0"),
        ("COMMONGROUND_PORT", "70000"),
        ("COMMONGROUND_LOOKUP_VINTAGE", "2023"),
        ("COMMONGROUND_BASEMAP_URL", "https://tiles.example.org/"),
        ("COMMONGROUND_BASEMAP_URL", "javascript:{x}{y}{z}"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: value})
