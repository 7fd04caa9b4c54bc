"""The second step of an import: what each column holds, and what is said of the list as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.assets.column_words import LEFT_OUT, column_choices
from dashboard.components.importing.job import ImportJob
from dashboard.register.exchange.columns import missing_fields, propose_columns
from dashboard.register.exchange.drafts import ImportChoices
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.model import Audience
from dashboard.register.rules.text import clean_line
from dashboard.register.taxonomy import Taxonomy
from dashboard.words import escape_markdown, join

NO_KIND = "As each row says"
_LACKING = {"name": "a name", "place": "a place (a postcode, an address, a point, or the area it serves)"}


def show_columns(job: ImportJob, *, taxonomy: Taxonomy) -> ImportChoices | None:
    """Show what is proposed for a list, and return what the person confirms once they do."""
    said = job.choices or job.proposed
    with st.form("import-columns"):
        chosen = _show_whole(job, said, taxonomy)
        sheet = job.incoming.sheet
        mapping = _show_columns(sheet, said.mapping, column_choices(taxonomy)) if sheet is not None else {}
        is_sent = st.form_submit_button("Check the list", type="primary", icon=":material/checklist:")
    if not is_sent:
        return None
    missing = missing_fields(mapping) if sheet is not None else ()
    if missing:
        st.error(f"No column holds {join([_LACKING[one] for one in missing])}. Say which one does.")
        return None
    if not chosen.source:
        st.error("Give the list a name: with it, the same list is known again next time.")
        return None
    return replace(chosen, mapping=mapping)


def _show_whole(job: ImportJob, said: ImportChoices, taxonomy: Taxonomy) -> ImportChoices:
    st.subheader("The list as a whole")
    kinds = {"": NO_KIND, **taxonomy.names("kinds")}
    left, right = st.columns(2)
    source = left.text_input(
        "Name of the list", value=said.source, max_chars=200, key="import-source",
        help="The same each time you bring it: then rows are known again and updated, not added twice.",
    )  # fmt: skip
    kind = right.selectbox(
        "Kind of what is listed", options=list(kinds), format_func=kinds.__getitem__, key="import-kind",
        index=list(kinds).index(said.kind) if said.kind in kinds else 0,
    )  # fmt: skip
    licence = left.text_input(
        "Licence", value=said.licence, max_chars=200, key="import-licence",
        help="On what terms others may use it, for example Open Government Licence v3.0.",
    )  # fmt: skip
    is_public = right.checkbox(
        "Its telephone numbers and e-mail addresses may be shown to everyone",
        value=said.contacts_audience is Audience.PUBLIC, key="import-contacts",
        help="Otherwise only partners see them.",
    )  # fmt: skip
    names_unnamed = said.names_unnamed
    if job.incoming.sheet is not None:
        names_unnamed = right.checkbox(
            "Give a row without a name the name of its kind and area", value=said.names_unnamed, key="import-unnamed"
        )
    return ImportChoices(
        source=clean_line(source), licence=clean_line(licence), kind=kind or "", names_unnamed=names_unnamed,
        organisation_sort=said.organisation_sort,
        contacts_audience=Audience.PUBLIC if is_public else Audience.PARTNERS,
    )  # fmt: skip


def _show_columns(sheet: Sheet, mapping: Mapping[str, str], choices: Mapping[str, str]) -> dict[str, str]:
    st.subheader("What each column holds")
    chosen = {}
    for at, proposal in enumerate(propose_columns(sheet)):
        said = mapping.get(proposal.column, LEFT_OUT)
        examples = "; ".join(proposal.examples) or "every cell is empty"
        field = st.selectbox(
            f"Column “{escape_markdown(proposal.column)}”",
            options=list(choices), format_func=choices.__getitem__, key=f"import-column-{at}",
            index=list(choices).index(said) if said in choices else 0,
        )  # fmt: skip
        st.caption(f"For example: {escape_markdown(examples)}")
        if field:
            chosen[proposal.column] = field
    return chosen
