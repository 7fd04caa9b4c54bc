"""Every setting, built once from the environment at the edge and passed down; nobody else reads os.environ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from etl.addresses import is_loopback
from etl.errors import SettingsError
from etl.sharing import ALONE, Mode, Sharing, read_sharing

PROJECT = Path(__file__).resolve().parent.parent
OSM_URL = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
OSM_ATTRIBUTION = "© OpenStreetMap contributors"
VINTAGES = (2024, 2025, 2026)


@dataclass(frozen=True)
class Settings:
    """What a person may choose about where things live and how they are served.

    Parameters
    ----------
    home
        Folder that holds `raw/`, `snapshots/` and the register (COMMONGROUND_HOME).
    host, port
        Where the dashboard listens (COMMONGROUND_HOST, COMMONGROUND_PORT).
    basemap_url, basemap_attribution
        XYZ address of the base map and its credit (COMMONGROUND_BASEMAP_URL, COMMONGROUND_BASEMAP_ATTRIBUTION);
        an empty address means that none is offered.
    lookup_vintage
        Year of the ward, district and ICB look-ups (COMMONGROUND_LOOKUP_VINTAGE).
    register_database
        Address of the register's database (COMMONGROUND_REGISTER_URL); empty for a SQLite file in `home`.
    sharing
        Whether it is for one person on this machine or for people who sign in, and what that needs.
    brief_templates
        Folder of an organisation's own templates for briefs (COMMONGROUND_BRIEF_TEMPLATES); None for ours.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8501
    basemap_url: str = OSM_URL
    basemap_attribution: str = OSM_ATTRIBUTION
    lookup_vintage: int = 2024
    register_database: str = field(default="", repr=False)
    sharing: Sharing = ALONE
    brief_templates: Path | None = None

    @property
    def raw_dir(self) -> Path:
        """Folder of the publishers' files, kept by hash."""
        return self.home / "raw"

    @property
    def demo_dir(self) -> Path:
        """Folder of the made-up files of the demo, written again by every `load --demo`."""
        return self.raw_dir / "demo"

    @property
    def snapshots_dir(self) -> Path:
        """Folder of the built snapshots and the `current` pointer."""
        return self.home / "snapshots"

    @property
    def register_url(self) -> str:
        """Address of the register's database."""
        return self.register_database or f"sqlite:///{self.home / 'register.sqlite'}"

    @property
    def is_shared(self) -> bool:
        """Whether people sign in; otherwise one person on this machine has every role."""
        return self.sharing.mode is Mode.SHARED


def read_settings(environ: Mapping[str, str], *, home: Path | None = None) -> Settings:
    """Return the settings that an environment asks for.

    Raises
    ------
    SettingsError
        If a value cannot be used; the message names the variable.
    """
    chosen_home = home or Path(environ.get("COMMONGROUND_HOME") or PROJECT / "data")
    return Settings(
        home=chosen_home.expanduser().resolve(),
        host=environ.get("COMMONGROUND_HOST", "127.0.0.1"),
        port=_read_integer(environ, "COMMONGROUND_PORT", default=8501, low=1, high=65535),
        basemap_url=_read_basemap(environ),
        basemap_attribution=environ.get("COMMONGROUND_BASEMAP_ATTRIBUTION", OSM_ATTRIBUTION),
        lookup_vintage=_read_integer(
            environ, "COMMONGROUND_LOOKUP_VINTAGE", default=VINTAGES[0], low=VINTAGES[0], high=VINTAGES[-1]
        ),
        register_database=_read_database(environ),
        sharing=read_sharing(environ),
        brief_templates=_read_folder(environ, "COMMONGROUND_BRIEF_TEMPLATES"),
    )


def check_host(settings: Settings, host: str) -> None:
    """Refuse to listen for other machines in local mode.

    Raises
    ------
    SettingsError
        If the host is not this machine itself.
    """
    if not settings.is_shared and not is_loopback(host):
        what = f"In local mode one person has every role, so it is served on 127.0.0.1 only, not on {host}."
        todo = "To let others in, use shared mode, in which people sign in: COMMONGROUND_MODE=shared (docs/running.md)."
        raise SettingsError(what, todo=todo)


def _read_integer(environ: Mapping[str, str], name: str, *, default: int, low: int, high: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdecimal() or not low <= int(text) <= high:
        what = f"{name} is “{text}”, which is not a whole number from {low} to {high}."
        raise SettingsError(what, todo=f"Set {name} to such a number, or leave it unset.")
    return int(text)


def _read_folder(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name, "")
    if not text:
        return None
    folder = Path(text).expanduser().resolve()
    if not folder.is_dir():
        raise SettingsError(f"{name} is “{text}”, which is not a folder.", todo=f"Make it, or leave {name} unset.")
    return folder


def _read_basemap(environ: Mapping[str, str]) -> str:
    url = environ.get("COMMONGROUND_BASEMAP_URL", OSM_URL)
    if url and not (url.startswith(("https://", "http://", "/")) and "{z}" in url and "{x}" in url and "{y}" in url):
        what = f"COMMONGROUND_BASEMAP_URL is “{url}”, which is not the address of map tiles."
        raise SettingsError(what, todo="Use an address with {z}, {x} and {y} in it, or leave it empty for no base map.")
    return url


def _read_database(environ: Mapping[str, str]) -> str:
    url = environ.get("COMMONGROUND_REGISTER_URL", "")
    if url and not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        # The address may hold a password, so it is not said again.
        what = "COMMONGROUND_REGISTER_URL is not the address of a SQLite file or a PostgreSQL database."
        todo = "Use sqlite:////path/to/file or postgresql://user@host/name, or leave it unset."
        raise SettingsError(what, todo=todo)
    return url
