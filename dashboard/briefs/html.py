"""A brief as one accessible web page: a file of its own, without scripts and without requests."""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.briefs.model.brief import Brief

TEMPLATES = Path(__file__).parent / "templates"
THIRDS = ("Worst third", "Middle third", "Best third")


def write_html(brief: Brief) -> bytes:
    """Return a brief as HTML; every text that a person wrote is escaped."""
    page = environment().get_template("brief.html")
    written = page.render(
        brief=brief,
        style=read_style(),
        thirds=THIRDS,
        pictures={picture.map_id: _svg_address(picture.svg) for picture in brief.maps},
        qr=_svg_address(brief.qr_svg),
        logo=_logo_address(brief.look.logo),
        banner=brief.banner,
    )
    return written.encode("utf-8")


def _svg_address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _logo_address(logo: str) -> str:
    return f"data:image/png;base64,{logo}" if logo else ""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, read once."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )


@lru_cache(maxsize=1)
def read_style() -> str:
    """Return the style of every page."""
    return (TEMPLATES / "brief.css").read_text(encoding="utf-8")
