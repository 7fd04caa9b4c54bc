"""The letters that briefs are set in, and what becomes of those that no font here has.

Noto Sans covers Latin, Greek, Cyrillic and Devanagari, Noto Sans Arabic covers Arabic, Persian and Urdu, and the fonts
inside Typst add Hebrew and more. PDF/UA refuses a letter that cannot be shown, so words in any other script are named
instead (“[Bengali script]”); the web page, Word and the data pack hold them as they are. A `fonts` folder among the
organisation's own templates adds scripts.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import typst

from etl.settings import PROJECT

FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
_NOTO = PROJECT / "node_modules" / "@expo-google-fonts"
_FACES = ("noto-sans/400Regular", "noto-sans/700Bold", "noto-sans-arabic/400Regular", "noto-sans-arabic/700Bold")


def font_folders(templates: Path | None) -> list[Path]:
    """Return the folders that hold fonts: ours, and those of an organisation's own templates."""
    own = [templates / "fonts"] if templates else []
    return [folder for folder in (*(_NOTO / face for face in _FACES), *own) if folder.is_dir()]


@lru_cache(maxsize=4)
def read_fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    """Return the fonts of some folders and those inside Typst, but none of the machine's own: they differ."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])
