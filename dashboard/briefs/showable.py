"""What becomes of letters that no font here has: PDF/UA refuses them, so words in their script are named instead.

“[Thai script]” stands for words in Thai; the web page, Word and the data pack hold them as they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from dashboard.briefs.letters import OVERRIDES
from dashboard.briefs.typefaces import FAMILIES, read_fonts

# Everything up to here is in Noto Sans.
_LAST_OF_LATIN = 0x17F
_ALWAYS_SHOWN = frozenset("\u00a0\n\t")
_PROBE = Path(__file__).parent / "templates" / "probe.typ"
# What Typst says of a letter that PDF/UA will not have; anything else it says is a fault of ours.
_NOT_SHOWN = ("could not be displayed", "disallowed codepoint")


def make_showable(value: Any, *, folders: Sequence[Path]) -> Any:  # noqa: ANN401 - any value of the model
    """Return a value of the model as plain JSON values in which every text can be shown in a PDF."""
    return _letters(tuple(folders)).show(value)


class _Letters:
    """Which letters the fonts of some folders have; each is tried once."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._probe = typst.Compiler(str(_PROBE), font_paths=read_fonts(folders), ignore_system_fonts=True)
        self._shown: set[str] = set()
        self._hidden: set[str] = set()

    def show(self, value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, str):
            return value if self._shown.issuperset(value) else self._show_text(value)
        if is_dataclass(value):
            value = vars(value)
        if isinstance(value, Mapping):
            return {key: self.show(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.show(one) for one in value]
        return value

    def _show_text(self, text: str) -> str:
        shown: list[str] = []
        hidden: list[str] = []
        for letter in text:
            if self._is_shown(letter):
                if hidden and letter.isspace():
                    hidden.append(letter)
                    continue
                shown += [_name_script(hidden), letter] if hidden else [letter]
                hidden = []
            else:
                hidden.append(letter)
        return "".join([*shown, _name_script(hidden)] if hidden else shown)

    def _is_shown(self, letter: str) -> bool:
        if letter not in self._shown and letter not in self._hidden:
            (self._shown if self._try(letter) else self._hidden).add(letter)
        return letter in self._shown

    def _try(self, letter: str) -> bool:
        if letter in OVERRIDES:
            return False
        if ord(letter) <= _LAST_OF_LATIN or letter in _ALWAYS_SHOWN:
            return letter.isprintable() or letter in _ALWAYS_SHOWN
        try:
            self._probe.compile(sys_inputs=_letter_inputs(letter), pdf_standards="ua-1")
        except typst.TypstError as error:
            if not any(words in str(error) for words in _NOT_SHOWN):
                raise
            return False
        return True


@lru_cache(maxsize=4)
def _letters(folders: tuple[Path, ...]) -> _Letters:
    return _Letters(folders)


def _name_script(letters: list[str]) -> str:
    names = [unicodedata.name(letter, "").split(" ")[0].capitalize() for letter in letters if letter.isalpha()]
    space = " " if letters[-1].isspace() else ""
    if not names:
        return space
    return f"[{'Chinese' if names[0] == 'Cjk' else names[0]} script]{space}"


def _letter_inputs(letter: str) -> dict[str, str]:
    fonts = ",".join(f'"{family}"' for family in FAMILIES)
    # A mark that sits on a letter is tried on one.
    return {"fonts": f"[{fonts}]", "letter": f"a{letter}" if unicodedata.combining(letter) else letter}
