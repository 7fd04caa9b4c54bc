"""What has changed since an earlier edition of a brief. Pure."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.briefs.errors import EditionError
from dashboard.briefs.json_form import FORMAT_VERSION
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.model.editions import Change, Changes
from dashboard.words import count

BRIEF_JSON = "brief.json"
# A data pack's brief.json is some 30 KB; something much larger is not one.
MOST_BYTES = 20_000_000
NO_FIGURE = "no figure"


def read_edition(content: bytes) -> Mapping[str, Any]:
    """Return an earlier edition from its data pack or its brief.json.

    Raises
    ------
    EditionError
        If it is neither.
    """
    try:
        text = _from_pack(content) if content.startswith(b"PK") else content
        values = json.loads(text)
        if values["format"] != FORMAT_VERSION or not isinstance(values["figures"], list):
            raise ValueError
        _ = values["place"]["area_code"], values["edition"]["built_on"], values["edition"]["build_id"]
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise EditionError(
            "The earlier edition cannot be read.",
            todo=f"Give the data pack (.zip) of an earlier brief, or the {BRIEF_JSON} from it.",
        ) from error
    return dict(values)


def _from_pack(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if packed.getinfo(BRIEF_JSON).file_size > MOST_BYTES:
            raise ValueError
        return packed.read(BRIEF_JSON)


def compare_briefs(brief: Brief, *, before: Mapping[str, Any]) -> Brief:
    """Return a brief that says what has changed since an earlier edition of the same area.

    Raises
    ------
    EditionError
        If the earlier edition is of another area.
    """
    code = before["place"]["area_code"]
    if code != brief.place.area_code:
        raise EditionError(
            f"The earlier edition is about {code}, and this one about {brief.place.area_code}.",
            todo="Compare two editions of the same area.",
        )
    rows = (*_figures(brief, before), *_assets(brief, before), *_stories(brief, before))
    changes = Changes(since=str(before["edition"]["built_on"]), sentence=_sentence(brief, before, rows=rows), rows=rows)
    return replace(brief, changes=changes, sections=(*brief.sections, "changes"))


def _sentence(brief: Brief, before: Mapping[str, Any], *, rows: tuple[Change, ...]) -> str:
    if before["edition"]["build_id"] == brief.edition.build_id:
        basis = "Both editions rest on the same snapshot, so only what people have told the register can differ."
    else:
        basis = (
            "The editions rest on two snapshots. A figure may differ because the place changed, because others did "
            "(ranks compare), or because a publisher revised it."
        )
    if not rows:
        return f"Nothing that the brief shows has changed. {basis}"
    return f"{count(len(rows))} thing{'' if len(rows) == 1 else 's'} that the brief shows differ. {basis}"


def _figures(brief: Brief, before: Mapping[str, Any]) -> list[Change]:
    then = {figure["indicator_id"]: figure for figure in before["figures"]}
    rows = []
    for figure in brief.figures:
        old = then.pop(figure.indicator_id, None)
        was = _said(old["shown"], old["rank_shown"]) if old else "not in the edition before"
        now = _said(figure.shown, figure.rank_shown)
        if was != now:
            rows.append(Change(what=f"{figure.name} ({figure.period})", before=was, now=now))
    gone = [Change(what=old["name"], before=old["shown"], now="not in this edition") for old in then.values()]
    return [*rows, *gone] if "figures" in brief.sections else []


def _said(shown: str, rank: str) -> str:
    return shown if shown == NO_FIGURE else f"{shown}, rank {rank}"


def _assets(brief: Brief, before: Mapping[str, Any]) -> list[Change]:
    if brief.assets is None or not before.get("assets"):
        return []
    then = {line["asset_id"]: line["name"] for line in before["assets"]["lines"]}
    now = {line.asset_id: line.name for line in brief.assets.lines}
    new, gone = [now[key] for key in now if key not in then], [then[key] for key in then if key not in now]
    rows = []
    if len(then) != len(now):
        rows.append(Change(what="Community assets within reach", before=count(len(then)), now=count(len(now))))
    rows += [Change(what="New within reach", before="", now=_names(new))] if new else []
    rows += [Change(what="No longer listed", before=_names(gone), now="")] if gone else []
    return rows


def _names(names: list[str], *, most: int = 8) -> str:
    more = f" and {count(len(names) - most)} more" if len(names) > most else ""
    return "; ".join(names[:most]) + more


def _stories(brief: Brief, before: Mapping[str, Any]) -> list[Change]:
    then, now = len(before.get("stories", ())), len(brief.stories)
    return [Change(what="Stories", before=count(then), now=count(now))] if then != now else []
