"""Likely duplicates: both side by side, merged field by field or told apart, and merges undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.assets.words import LABELS, Naming, where_words
from dashboard.components.frame import refusals_shown
from dashboard.components.links import link_to_asset
from dashboard.components.review.fields import differing_words
from dashboard.components.review.picking import go_on, is_as_seen, pick, stay
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry
from dashboard.register.model import Asset
from dashboard.register.store.pairs import LikelyPair, PastMerge
from dashboard.words import date, escape_markdown

_FIRST, _SECOND = "first", "second"
# What says where an entry came from goes with the entry that is kept, so that its list knows it again.
_NOT_ASKED = ("source", "source_ref", "licence")


def show_pairs(visit: Visit, pairs: tuple[LikelyPair, ...], *, naming: Naming) -> None:
    """Show the pairs that may be one thing, one at a time, and the merges that can be undone."""
    if pairs:
        pair = pick(pairs, name=lambda one: f"{one.one.asset.name} / {one.other.asset.name}", key=_key)
        _show_pair(visit, pair, naming=naming)
    else:
        st.info("No two entries look like one thing. Thank you.")
    _show_merges(visit, visit.register.pairs.merges(actor=visit.actor))


def _key(pair: LikelyPair) -> str:
    return f"{pair.one.asset.asset_id} {pair.other.asset.asset_id}"


def _show_pair(visit: Visit, pair: LikelyPair, *, naming: Naming) -> None:
    left, right = st.columns(2)
    for side, words, entry in ((left, "First", pair.one), (right, "Second", pair.other)):
        with side, st.container(border=True):
            _show_side(words, entry, naming=naming)
    st.caption(escape_markdown(" ".join(pair.reasons)))
    merged, kept = _choose(pair, naming=naming)
    with st.container(horizontal=True):
        is_one = st.button("Merge them", type="primary", icon=":material/merge:", key=f"review-merge-{_key(pair)}")
        is_two = st.button("They are two things", icon=":material/call_split:", key=f"review-apart-{_key(pair)}")
    is_seen = is_as_seen(f"review-seen-{_key(pair)}", (pair.one.version, pair.other.version))
    with refusals_shown():
        if (is_one or is_two) and not is_seen:
            stay("One of them was changed while you looked at them. Look at them again.")
        if is_one:
            other = pair.other if kept is pair.one else pair.one
            visit.register.merging.merge(
                kept_id=kept.asset.asset_id, other_id=other.asset.asset_id, merged=merged, kept_version=kept.version,
                actor=visit.actor,
            )  # fmt: skip
            go_on(f"“{merged.name}” is one entry now. You can undo this below.")
        if is_two:
            ids = pair.one.asset.asset_id, pair.other.asset.asset_id
            visit.register.pairs.tell_apart(*ids, actor=visit.actor)
            go_on("They stay two entries, and nobody is asked about them again.")


def _show_side(words: str, entry: Entry, *, naming: Naming) -> None:
    asset = entry.asset
    facts = [naming.taxonomy.name_of("kinds", asset.kind), where_words(asset, naming=naming)]
    facts += [
        f"From {asset.source}" if asset.source else "",
        f"Added on {date(entry.created_at)}",
        str(entry.state).capitalize(),
    ]
    lines = [f"**{words}: {escape_markdown(asset.name)}**", *(escape_markdown(one) for one in facts if one)]
    st.markdown("  \n".join(lines))
    link_to_asset(asset.asset_id, label=f"Open the {words.lower()}")


def _choose(pair: LikelyPair, *, naming: Naming) -> tuple[Asset, Entry]:
    """Return what the reviewer keeps of each field, and the entry that stays."""
    sides = {_FIRST: pair.one, _SECOND: pair.other}
    kept: str = st.radio(
        "Which entry stays?", options=list(sides), horizontal=True, key=f"review-kept-{_key(pair)}",
        format_func=lambda side: f"The {side}", help="The other is archived and leads here.",
    )  # fmt: skip
    words = differing_words(pair.one.asset, pair.other.asset, naming=naming)
    chosen = {}
    for name, said in words.items():
        if name in _NOT_ASKED:
            continue
        side = _choose_side(pair, name, dict(zip(sides, said, strict=True)), kept=kept)
        chosen[name] = getattr(sides[side].asset, name)
    return replace(sides[kept].asset, **chosen), sides[kept]


def _choose_side(pair: LikelyPair, name: str, words: Mapping[str, str], *, kept: str) -> str:
    """Return the side whose words of a field the reviewer keeps."""
    chosen: str = st.radio(
        LABELS[name], options=list(words), key=f"review-field-{name}-{kept}-{_key(pair)}",
        index=list(words).index(_fuller(pair, name, kept)),
        format_func=lambda side: escape_markdown(" ".join(words[side].split())[:300]),
    )  # fmt: skip
    return chosen


def _fuller(pair: LikelyPair, name: str, kept: str) -> str:
    """Return the side that is proposed for a field: that of the entry that stays, unless it says nothing there."""
    empty = getattr(Asset(name="", kind=""), name)
    asset = pair.one.asset if kept == _FIRST else pair.other.asset
    other = _SECOND if kept == _FIRST else _FIRST
    return other if getattr(asset, name) == empty else kept


def _show_merges(visit: Visit, merges: tuple[PastMerge, ...]) -> None:
    if not merges:
        return
    with st.expander("Merges that can be undone", icon=":material/undo:", key="review-merges"):
        for merge in merges:
            with st.container(horizontal=True, vertical_alignment="center"):
                words = f"“{merge.other_name}” went into “{merge.kept_name}” on {date(merge.at)}."
                st.markdown(escape_markdown(words), width="content")
                if st.button("Undo", key=f"review-unmerge-{merge.merge_id}"):
                    with refusals_shown():
                        undone = visit.register.merging.undo(merge.merge_id, actor=visit.actor)
                        left = ", ".join(LABELS.get(name, name) for name in undone.left_alone)
                        more = f" Changed since, and left as it is: {left}." if left else ""
                        go_on(f"“{merge.other_name}” is an entry of its own again.{more}")
