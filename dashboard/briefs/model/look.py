"""How an organisation's briefs look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Look:
    """How an organisation's briefs look.

    Parameters
    ----------
    logo
        A PNG or JPEG in base64; empty for none.
    accent, on_accent
        The colour of bands and rules, and black or white, whichever reads on it (`#RRGGBB`).
    """

    organisation: str = ""
    logo: str = ""
    accent: str = "#005EB8"
    on_accent: str = "#FFFFFF"
    introduction: str = ""


PLAIN_LOOK = Look()
