"""The words of a brief, a line each, as the agreed ones are kept; run it to write those anew after a wanted change.

`python -m tests.brief_text` writes tests/unit/goldens/; look at what has changed before keeping it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bs4 import BeautifulSoup

from dashboard.briefs.html import write_html
from tests.briefs import SmallOffice
from tests.unit.small_snapshot import ICB, LADS, LSOAS, WARDS

GOLDENS = Path(__file__).parent / "unit" / "goldens"
AREAS = {"lsoa": LSOAS[4], "ward": WARDS[0], "lad": LADS[0], "icb": ICB, "custom": ""}


def page_text(content: bytes) -> str:
    """Return what a page says: each heading, paragraph, list item, row and picture on a line of its own."""
    page = BeautifulSoup(content, "html.parser")
    lines = []
    for tag in page.body.find_all(["h1", "h2", "h3", "p", "li", "tr", "img", "blockquote"]) if page.body else []:
        words = str(tag.get("alt", "")) if tag.name == "img" else " ".join(tag.get_text(" ").split())
        lines.append(f"{tag.name}: {words}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the agreed words anew."""
    office = SmallOffice(Path(tempfile.mkdtemp()))
    GOLDENS.mkdir(exist_ok=True)
    for name, code in AREAS.items():
        chosen = code or office.own_area
        said = page_text(write_html(office.brief(chosen))).replace(chosen, "CODE")
        (GOLDENS / f"brief_{name}.txt").write_text(said, encoding="utf-8")


if __name__ == "__main__":
    main()
