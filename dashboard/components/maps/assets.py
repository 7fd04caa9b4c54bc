"""Addresses of the scripts and styles that a map loads, all from this server.

An address carries the package's version, or a hash of the file's content when it is our own, so that a browser may
keep the file for ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent

JAVASCRIPT = "text/javascript; charset=utf-8"
CSS = "text/css; charset=utf-8"


@dataclass(frozen=True)
class VendorFile:
    """One file of a pinned npm package that the browser may have.

    Parameters
    ----------
    package, version
        As in package.json; a test holds the two together.
    path
        Inside the package.
    """

    package: str
    version: str
    path: str

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"/vendor/{self.package}@{self.version}/{self.path}"

    @property
    def media_type(self) -> str:
        """What it is."""
        return media_type_of(self.path)


LEAFLET = VendorFile("leaflet", "1.9.4", "dist/leaflet.js")
LEAFLET_CSS = VendorFile("leaflet", "1.9.4", "dist/leaflet.css")
MAPLIBRE = VendorFile("maplibre-gl", "5.24.0", "dist/maplibre-gl-csp.js")
MAPLIBRE_WORKER = VendorFile("maplibre-gl", "5.24.0", "dist/maplibre-gl-csp-worker.js")
MAPLIBRE_CSS = VendorFile("maplibre-gl", "5.24.0", "dist/maplibre-gl.css")
MAPLIBRE_LEAFLET = VendorFile("@maplibre/maplibre-gl-leaflet", "0.1.4", "leaflet-maplibre-gl.js")

VENDOR_FILES = (LEAFLET, LEAFLET_CSS, MAPLIBRE, MAPLIBRE_WORKER, MAPLIBRE_CSS, MAPLIBRE_LEAFLET)
OWN_FILES = ("neighbourhoods.js", "community_assets.js", "neighbourhoods.css", "embed_map.js", "embed.css")


def media_type_of(path: str) -> str:
    """Return the media type of a script or a style sheet."""
    return CSS if path.endswith(".css") else JAVASCRIPT


@cache
def own_address(name: str) -> str:
    """Return where the browser finds one of our own files.

    Raises
    ------
    KeyError
        If the name is not in `OWN_FILES`.
    """
    return f"/assets/{content_hash(name)}/{name}"


@cache
def content_hash(name: str) -> str:
    """Return the first 16 hexadecimal digits of one of our own files' SHA-256."""
    return hashlib.sha256(read_own(name)).hexdigest()[:16]


def read_own(name: str) -> bytes:
    """Return the content of one of our own files.

    Raises
    ------
    KeyError
        If the name is not in `OWN_FILES`.
    """
    if name not in OWN_FILES:
        raise KeyError(name)
    return (HERE / name).read_bytes()
