"""A brief as JSON and back: what the templates are given, and what a data pack keeps for the next edition."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from dashboard.briefs.model.brief import Brief

FORMAT_VERSION = 1


def brief_to_dict(brief: Brief) -> dict[str, Any]:
    """Return a brief by the names of its parts, with its summary as sentences and the stories that fit on paper."""
    worked_out = {name: getattr(brief, name) for name in ("stories_shown", "has_ranks", "has_bars")}
    return {**vars(brief), "summary_sentences": brief.summary.sentences, **worked_out}


def brief_to_json(brief: Brief) -> str:
    """Return a brief as JSON for keeping; drawings, the logo and the QR code can be made again and are left out."""
    values = asdict(brief)
    values["look"]["logo"] = values["qr_svg"] = ""
    for picture in values["maps"]:
        picture["svg"] = ""
    return json.dumps({"format": FORMAT_VERSION, **values}, ensure_ascii=False, indent=1, sort_keys=True)
