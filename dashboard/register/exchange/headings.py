"""What lists call the columns that the register has a field for (data/taxonomy/column_mapping.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from dashboard.register.taxonomy import TAXONOMY_DIR


@cache
def field_names() -> dict[str, str]:
    """Return, for each known name of a column, the field that it fills."""
    told = tomllib.loads((TAXONOMY_DIR / "column_mapping.toml").read_text(encoding="utf-8"))
    names = {name: field for field, known in told["fields"].items() for name in known}
    for facet in ("accessibility", "offers"):
        names |= {name: f"{facet}:{term}" for term, known in told[facet].items() for name in known}
    return names


def plain_heading(heading: str) -> str:
    """Return a heading in small letters and figures, with one space between words."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", heading.casefold()).split())
