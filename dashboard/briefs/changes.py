"""What has changed since an earlier edition of a brief. Pure."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.briefs.errors import EditionError
from dashboard.briefs.json_form import FORMAT_VERSION
from dashboard.briefs.key_figures import NO_RANK
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.model.editions import Change, Changes
from dashboard.briefs.model.figures import Figure
from dashboard.words import count

BRIEF_JSON = "brief.json"
# A data pack's brief.json is some 30 KB; something much larger is not one.
MOST_BYTES = 20_000_000
LONGEST = 300
NO_FIGURE = "no figure"


@dataclass(frozen=True, kw_only=True)
class OldFigure:
    """A figure as an earlier edition said it."""

    name: str
    period: str
    shown: str
    rank_shown: str


@dataclass(frozen=True, kw_only=True)
class EarlierEdition:
    """What is compared of an earlier edition; it comes from a file, so every text is only ever text.

    Parameters
    ----------
    figures, assets
        By id; assets are their names, and None where that edition left them out.
    stories
        How many it showed.
    """

    area_code: str
    build_id: str
    built_on: str
    figures: Mapping[str, OldFigure]
    assets: Mapping[str, str] | None
    stories: int


def read_edition(content: bytes) -> EarlierEdition:
    """Return an earlier edition from its data pack or its brief.json.

    Raises
    ------
    EditionError
        If it is neither.
    """
    try:
        values = json.loads(_from_pack(content) if content.startswith(b"PK") else content)
        if values["format"] != FORMAT_VERSION:
            raise ValueError
        return _read_values(values)
    except (ValueError, LookupError, TypeError, AttributeError, RuntimeError, OSError, EOFError, zlib.error,
            zipfile.BadZipFile) as error:  # fmt: skip
        raise EditionError(
            "The earlier edition cannot be read.",
            todo=f"Give the data pack (.zip) of an earlier brief, or the {BRIEF_JSON} from it.",
        ) from error


def _from_pack(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if packed.getinfo(BRIEF_JSON).file_size > MOST_BYTES:
            raise ValueError
        return packed.read(BRIEF_JSON)


def _read_values(values: Mapping[str, Any]) -> EarlierEdition:
    assets = values.get("assets")
    return EarlierEdition(
        area_code=_text(values["place"]["area_code"]),
        build_id=_text(values["edition"]["build_id"]),
        built_on=_text(values["edition"]["built_on"]),
        figures={
            _text(one["indicator_id"]): OldFigure(
                name=_text(one["name"]),
                period=_text(one["period"]),
                shown=_text(one["shown"]),
                rank_shown=_text(one["rank_shown"]),
            )
            for one in values["figures"]
        },
        assets={_text(one["asset_id"]): _text(one["name"]) for one in assets["lines"]} if assets else None,
        stories=len(list(values.get("stories", ()))),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value[:LONGEST]


def compare_briefs(brief: Brief, *, before: EarlierEdition) -> Brief:
    """Return a brief that says what has changed since an earlier edition of the same area.

    Raises
    ------
    EditionError
        If the earlier edition is of another area.
    """
    if before.area_code != brief.place.area_code:
        raise EditionError(
            f"The earlier edition is about {before.area_code}, and this one about {brief.place.area_code}.",
            todo="Compare two editions of the same area.",
        )
    rows = (*_figures(brief, before), *_assets(brief, before), *_stories(brief, before))
    changes = Changes(since=before.built_on, sentence=_sentence(brief, before, rows=rows), rows=rows)
    return replace(brief, changes=changes, sections=(*brief.sections, "changes"))


def _sentence(brief: Brief, before: EarlierEdition, *, rows: tuple[Change, ...]) -> str:
    if before.build_id == brief.edition.build_id:
        basis = "Both editions rest on the same snapshot, so only what people have told the register can differ."
    else:
        basis = (
            "The editions rest on two snapshots. A figure may differ because the place changed, because others did "
            "(ranks compare), or because a publisher revised it."
        )
    if not rows:
        return f"Nothing that the brief shows has changed. {basis}"
    return f"{count(len(rows))} thing{'' if len(rows) == 1 else 's'} that the brief shows differ. {basis}"


def _figures(brief: Brief, before: EarlierEdition) -> list[Change]:
    then = dict(before.figures)
    rows = []
    for figure in brief.figures:
        old = then.pop(figure.indicator_id, None)
        was = _said(old, now=figure) if old else "not in the edition before"
        now = _said(figure, now=figure)
        if was != now:
            rows.append(Change(what=f"{figure.name} ({figure.period})", before=was, now=now))
    gone = [Change(what=old.name, before=old.shown, now="not in this edition") for old in then.values()]
    return [*rows, *gone] if "figures" in brief.sections else []


def _said(figure: Figure | OldFigure, *, now: Figure) -> str:
    if figure.shown == NO_FIGURE:
        return figure.shown
    rank = "" if figure.rank_shown == NO_RANK else f", rank {figure.rank_shown}"
    of = "" if figure.period == now.period else f" ({figure.period})"
    return f"{figure.shown}{rank}{of}"


def _assets(brief: Brief, before: EarlierEdition) -> list[Change]:
    if brief.assets is None or before.assets is None:
        return []
    then, now = before.assets, {line.asset_id: line.name for line in brief.assets.lines}
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


def _stories(brief: Brief, before: EarlierEdition) -> list[Change]:
    then, now = before.stories, len(brief.stories)
    return [Change(what="Stories", before=count(then), now=count(now))] if then != now else []
