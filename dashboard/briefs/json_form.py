"""A brief as JSON and back: what the templates are given, and what a data pack keeps for the next edition."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from dashboard.briefs.model.brief import Brief

FORMAT_VERSION = 1


def brief_to_dict(brief: Brief) -> dict[str, Any]:
    """Return a brief as plain values, with its summary as a list of sentences and the stories that fit on paper."""
    shown = [asdict(story) for story in brief.stories_shown]
    return {**asdict(brief), "summary_sentences": list(brief.summary.sentences), "stories_shown": shown}


def brief_to_json(brief: Brief) -> str:
    """Return a brief as JSON for keeping; drawings, the logo and the QR code can be made again and are left out."""
    values = asdict(brief)
    values["look"]["logo"] = values["qr_svg"] = ""
    for picture in values["maps"]:
        picture["svg"] = ""
    return json.dumps({"format": FORMAT_VERSION, **values}, ensure_ascii=False, indent=1, sort_keys=True)
