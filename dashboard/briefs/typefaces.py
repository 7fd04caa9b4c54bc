"""The letters that briefs are set in, and what becomes of those that no font here has.

Noto Sans covers Latin, Greek, Cyrillic and Devanagari, Noto Sans Arabic covers Arabic, Persian and Urdu, and the fonts
inside Typst add Hebrew and more. PDF/UA refuses a letter that cannot be shown, so words in any other script are named
instead (“[Bengali script]”); the web page, Word and the data pack hold them as they are. A `fonts` folder among the
organisation's own templates adds scripts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from dashboard.briefs.letters import OVERRIDES
from etl.settings import PROJECT

FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
_NOTO = PROJECT / "node_modules" / "@expo-google-fonts"
_FACES = ("noto-sans/400Regular", "noto-sans/700Bold", "noto-sans-arabic/400Regular", "noto-sans-arabic/700Bold")
# Everything up to here is in Noto Sans.
_LAST_OF_LATIN = 0x17F
_ALWAYS_SHOWN = frozenset("\u00a0\n\t")
_PROBE = Path(__file__).parent / "templates" / "probe.typ"
# What Typst says of a letter that PDF/UA will not have; anything else it says is a fault of ours.
_NOT_SHOWN = ("could not be displayed", "disallowed codepoint")


def font_folders(templates: Path | None) -> list[Path]:
    """Return the folders that hold fonts: ours, and those of an organisation's own templates."""
    own = [templates / "fonts"] if templates else []
    return [folder for folder in (*(_NOTO / face for face in _FACES), *own) if folder.is_dir()]


@lru_cache(maxsize=4)
def read_fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    """Return the fonts of some folders and those inside Typst, but none of the machine's own: they differ."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])


def make_showable(value: Any, *, folders: Sequence[Path]) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value in which every text can be shown in a PDF."""
    if isinstance(value, str):
        return _show_text(value, tuple(folders))
    if isinstance(value, dict):
        return {key: make_showable(one, folders=folders) for key, one in value.items()}
    if isinstance(value, list | tuple):
        # A list of bytes is a picture.
        if value and isinstance(value[0], int):
            return value
        return [make_showable(one, folders=folders) for one in value]
    return value


def _show_text(text: str, folders: tuple[Path, ...]) -> str:
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    hidden: list[str] = []
    for letter in text:
        if _is_shown(letter, folders):
            if hidden and letter.isspace():
                hidden.append(letter)
                continue
            shown += [_name_script(hidden), letter] if hidden else [letter]
            hidden = []
        else:
            hidden.append(letter)
    return "".join([*shown, _name_script(hidden)] if hidden else shown)


def _name_script(letters: list[str]) -> str:
    names = [unicodedata.name(letter, "").split(" ")[0].capitalize() for letter in letters if letter.isalpha()]
    space = " " if letters[-1].isspace() else ""
    if not names:
        return space
    return f"[{'Chinese' if names[0] == 'Cjk' else names[0]} script]{space}"


@lru_cache(maxsize=65_536)
def _is_shown(letter: str, folders: tuple[Path, ...]) -> bool:
    if letter in OVERRIDES:
        return False
    if ord(letter) <= _LAST_OF_LATIN or letter in _ALWAYS_SHOWN:
        return letter.isprintable() or letter in _ALWAYS_SHOWN
    try:
        _probe(folders).compile(sys_inputs=_letter_inputs(letter), pdf_standards="ua-1")
    except typst.TypstError as error:
        if not any(words in str(error) for words in _NOT_SHOWN):
            raise
        return False
    return True


def _letter_inputs(letter: str) -> dict[str, str]:
    fonts = ",".join(f'"{family}"' for family in FAMILIES)
    # A mark that sits on a letter is tried on one.
    return {"fonts": f"[{fonts}]", "letter": f"a{letter}" if unicodedata.combining(letter) else letter}


@lru_cache(maxsize=4)
def _probe(folders: tuple[Path, ...]) -> typst.Compiler:
    return typst.Compiler(str(_PROBE), font_paths=read_fonts(folders), ignore_system_fonts=True)
