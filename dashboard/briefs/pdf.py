"""A brief as a tagged PDF (PDF/UA-1), set by Typst.

Values go to Typst as JSON, never as markup. One compiler is kept warm for each template; it holds the fonts and what it
has already laid out.
"""

from __future__ import annotations

import base64
import json
import threading
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from dashboard.briefs.errors import TemplateError
from dashboard.briefs.json_form import brief_to_dict
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.showable import make_showable
from dashboard.briefs.typefaces import FAMILIES, font_folders, read_fonts

TEMPLATE = Path(__file__).parent / "templates" / "brief.typ"
STANDARD: Literal["ua-1"] = "ua-1"
_lock = threading.Lock()


def write_pdf(brief: Brief, *, templates: Path | None = None) -> bytes:
    """Return a brief as PDF; the same brief gives the same bytes.

    Parameters
    ----------
    templates
        Folder of an organisation's own templates; its `brief.typ` and `fonts/` are used where they are.

    Raises
    ------
    TemplateError
        If a template of one's own cannot be set.
    """
    path = find_template(templates)
    built_at = datetime.fromisoformat(brief.edition.built_at)
    values = make_showable(brief_to_dict(brief), folders=font_folders(templates))
    values |= {"fonts": FAMILIES, "date": [built_at.year, built_at.month, built_at.day]}
    values["look"]["logo"] = list(base64.b64decode(brief.look.logo))
    timestamp = int(built_at.replace(tzinfo=UTC).timestamp())
    with _lock:
        compiler = _compiler(path, tuple(font_folders(templates)))
        try:
            return _compile(compiler, values, timestamp=timestamp)
        except typst.TypstError as error:
            raise TemplateError(
                f"The template {path.name} cannot be set: {str(error).partition(chr(10))[0]}.",
                todo=f"Mend {path}, or leave COMMONGROUND_BRIEF_TEMPLATES unset.",
            ) from error


def _compile(compiler: typst.Compiler, values: object, *, timestamp: int) -> bytes:
    written = compiler.compile(
        sys_inputs={"brief": json.dumps(values, ensure_ascii=False)}, pdf_standards=STANDARD, timestamp=timestamp
    )
    assert isinstance(written, bytes)  # noqa: S101 - a PDF is one file
    return written


def find_template(templates: Path | None) -> Path:
    """Return the template to use: the organisation's own where there is one."""
    own = templates / TEMPLATE.name if templates else TEMPLATE
    return own if own.is_file() else TEMPLATE


@lru_cache(maxsize=4)
def _compiler(template: Path, folders: tuple[Path, ...]) -> typst.Compiler:
    fonts = read_fonts(folders)
    return typst.Compiler(str(template), root=str(template.parent), font_paths=fonts, ignore_system_fonts=True)
