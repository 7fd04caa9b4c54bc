"""Entries field by field: one on its own, or two side by side with what differs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.assets.words import LABELS, NOTHING, Naming, field_words
from dashboard.register.json_form import asset_to_json
from dashboard.register.model import Asset
from dashboard.register.store.rows import differing_fields
from dashboard.words import escape_markdown


def shown_fields(asset: Asset, *, naming: Naming) -> dict[str, str]:
    """Return every field of an asset that says something, in words, by its label."""
    body = asset_to_json(asset)
    said = {name: field_words(name, body[name], naming=naming) for name in LABELS if name in body}
    return {LABELS[name]: words for name, words in said.items() if words != NOTHING and body[name] not in ("", [])}


def differing_words(one: Asset, other: Asset, *, naming: Naming) -> dict[str, tuple[str, str]]:
    """Return the fields in which two assets differ, each in the words of the one and of the other."""
    left, right = asset_to_json(one), asset_to_json(other)
    names = [name for name in LABELS if name in differing_fields(one, other)]
    return {
        name: (field_words(name, left[name], naming=naming), field_words(name, right[name], naming=naming))
        for name in names
    }


def show_fields(asset: Asset, *, naming: Naming) -> None:
    """Show what an entry says."""
    said = shown_fields(asset, naming=naming)
    _show_table({"What it says": list(said.values())}, fields=list(said))


def show_difference(before: Asset, after: Asset, *, naming: Naming) -> None:
    """Show what an edit changes against what is published."""
    words = differing_words(before, after, naming=naming)
    if not words:
        st.info("This edit changes nothing that is published.")
        return
    sides = {"Published": [was for was, _ in words.values()], "After the edit": [now for _, now in words.values()]}
    _show_table(sides, fields=[LABELS[name] for name in words])


def _show_table(columns: dict[str, list[str]], *, fields: list[str]) -> None:
    # A table of words reads well on a phone and aloud; its cells are Markdown, so the words are escaped.
    frame = pd.DataFrame(columns, index=pd.Index(fields, name="Field"))
    st.table(frame.map(lambda words: escape_markdown(" ".join(words.split()))))
