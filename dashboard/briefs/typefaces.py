"""The typefaces that briefs are set in.

Noto Sans covers Latin, Greek, Cyrillic and Devanagari; Noto Sans of its own for Arabic, Persian and Urdu, for Bengali,
Gujarati, Panjabi (Gurmukhi) and Tamil; and the fonts inside Typst add Hebrew and more. A `fonts` folder among the
organisation's own templates adds scripts.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import typst

from etl.settings import PROJECT

_SCRIPTS = ("arabic", "bengali", "gujarati", "gurmukhi", "tamil")
FAMILIES = (
    "Noto Sans",
    *(f"Noto Sans {script.capitalize()}" for script in _SCRIPTS),
    "Libertinus Serif",
    "New Computer Modern",
    "DejaVu Sans Mono",
)
_NOTO = PROJECT / "node_modules" / "@expo-google-fonts"
_PACKAGES = ("noto-sans", *(f"noto-sans-{script}" for script in _SCRIPTS))
_FACES = tuple(f"{package}/{weight}" for package in _PACKAGES for weight in ("400Regular", "700Bold"))


def font_folders(templates: Path | None) -> list[Path]:
    """Return the folders that hold fonts: ours, and those of an organisation's own templates."""
    own = [templates / "fonts"] if templates else []
    return [folder for folder in (*(_NOTO / face for face in _FACES), *own) if folder.is_dir()]


@lru_cache(maxsize=4)
def read_fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    """Return the fonts of some folders and those inside Typst, but none of the machine's own: they differ."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])
