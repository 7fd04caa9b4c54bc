"""An organisation's own look: its name, logo, accent and introduction, checked before they are kept. Pure."""

from __future__ import annotations

import base64
import io
import re

from PIL import Image, UnidentifiedImageError

from dashboard.briefs.errors import LookError
from dashboard.briefs.model.look import Look

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
WHITE, INK = "#FFFFFF", "#212B32"
# WCAG 2.2: 4.5 to 1 for text on the band, 3 to 1 for a bar or a rule on white.
TEXT_CONTRAST, SHAPE_CONTRAST = 4.5, 3.0
LONGEST_NAME, LONGEST_INTRODUCTION = 120, 600
MOST_LOGO_BYTES = 5_000_000
MOST_LOGO_PIXELS = 25_000_000
LOGO_SIZE = (600, 200)
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def make_look(*, organisation: str, accent: str, introduction: str, logo: str) -> Look:
    """Return a look that can be used.

    Parameters
    ----------
    logo
        As `read_logo` gives it; empty for none.

    Raises
    ------
    LookError
        If a name or an introduction is too long, or the accent cannot be told from white.
    """
    if len(organisation) > LONGEST_NAME:
        raise LookError(f"The organisation's name is longer than {LONGEST_NAME} characters.", todo="Shorten it.")
    if len(introduction) > LONGEST_INTRODUCTION:
        raise LookError(f"The introduction is longer than {LONGEST_INTRODUCTION} characters.", todo="Shorten it.")
    if not COLOUR.fullmatch(accent):
        raise LookError(f"“{accent[:20]}” is not a colour.", todo="Write it like #005EB8.")
    if contrast(accent, WHITE) < SHAPE_CONTRAST:
        what = f"The accent {accent} is too pale: bars in it cannot be told from the paper"
        ratio = f"{contrast(accent, WHITE):.1f} to 1, and {SHAPE_CONTRAST:g} to 1 is the least"
        raise LookError(f"{what} ({ratio}).", todo="Choose a darker colour.")
    return Look(
        organisation=organisation.strip(),
        accent=accent.upper(),
        on_accent=colour_on(accent),
        introduction=introduction.strip(),
        logo=logo,
    )


def colour_on(accent: str) -> str:
    """Return white or ink, whichever reads better on the accent."""
    return max((WHITE, INK), key=lambda colour: contrast(colour, accent))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def read_logo(content: bytes) -> str:
    """Return a logo in base64, as a PNG small enough for a page; its words and hidden data are left behind.

    Raises
    ------
    LookError
        If it is not a picture, or a very large one.
    """
    if len(content) > MOST_LOGO_BYTES:
        raise LookError(f"The logo is larger than {MOST_LOGO_BYTES // 1_000_000} MB.", todo="Make it smaller.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_LOGO_PIXELS:
                raise LookError("The logo has too many dots.", todo="Make it smaller.")
            picture = opened.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise LookError("The logo has too many dots.", todo="Make it smaller.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise LookError(
            "The logo is not a picture that can be read.", todo="Use a PNG, JPEG, GIF or WebP file."
        ) from error
    picture.thumbnail(LOGO_SIZE)
    written = io.BytesIO()
    picture.save(written, format="PNG", optimize=True)
    return base64.b64encode(written.getvalue()).decode("ascii")


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
