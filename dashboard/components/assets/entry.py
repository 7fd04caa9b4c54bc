"""One entry, every public field of it in plain words."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

import streamlit as st

from dashboard.assets.hours_words import open_now_words, week_words
from dashboard.assets.words import AVAILABILITY, LABELS, Naming, age_words, where_words
from dashboard.register.entry import Entry, State, Waiting
from dashboard.register.exchange.reading import OWN_REF_PREFIX
from dashboard.register.model import Asset, Audience, Availability, Contact
from dashboard.register.rules.freshness import Freshness, freshness_of, freshness_words
from dashboard.register.rules.hours import UK_TIME
from dashboard.words import date, escape_markdown

_STATES = {
    State.DRAFT: "A draft: only its author and reviewers see it.",
    State.SUBMITTED: "Waiting for a reviewer: nobody else sees it yet.",
    State.ARCHIVED: "Archived: it is kept, but no longer shown.",
    State.WITHDRAWN: "Withdrawn by its owner: it is no longer shown.",
}


def show_entry_head(entry: Entry, *, naming: Naming, now: datetime) -> None:
    """Show the name, what it is and where, and how far the entry can be relied on."""
    asset = entry.asset
    st.title(escape_markdown(asset.name))
    kind = naming.taxonomy.name_of("kinds", asset.kind)
    st.markdown(escape_markdown(f"{kind} · {where_words(asset, naming=naming)}"))
    if entry.state in _STATES:
        st.warning(_STATES[entry.state], icon=":material/visibility_off:")
    if entry.waiting is Waiting.SUBMITTED:
        st.info("A change to this entry waits for a reviewer. Until then you see it as it was approved.")
    _show_trust(asset, now=now)


def show_entry_facts(entry: Entry, *, naming: Naming, now: datetime) -> None:
    """Show everything that is known about it; what nobody has said is left out."""
    asset = entry.asset
    if asset.description:
        st.text(asset.description)
    _show_coming(asset, naming)
    _show_hours(asset, now=now)
    _show_reach(asset)
    _show_taking_part(asset, naming)


def show_entry_source(entry: Entry, *, naming: Naming) -> None:
    """Show whose it is, and where the entry came from on what terms."""
    asset = entry.asset
    sort = naming.terms("organisation_sort", (asset.organisation_sort,)) if asset.organisation_sort else ""
    _fact("Run by", ", ".join(filter(None, (asset.organisation, sort))))
    # An id that we have made ourselves says nothing to anybody.
    own_ref = "" if asset.source_ref.startswith(OWN_REF_PREFIX) else asset.source_ref
    _fact(LABELS["source"], ", ".join(filter(None, (asset.source, own_ref))))
    _fact(LABELS["licence"], asset.licence)
    st.caption(f"Added on {date(entry.created_at)}, last changed on {date(entry.changed_at)}. Version {entry.version}.")


def _show_trust(asset: Asset, *, now: datetime) -> None:
    today = now.astimezone(UK_TIME).date()
    words, due = freshness_words(asset.trust, today=today), asset.trust.next_check_due
    freshness = freshness_of(asset.trust, today=today)
    if freshness is Freshness.FRESH:
        later = f" Next check due on {due.day} {due:%B %Y}." if due else ""
        st.markdown(f":material/verified: {escape_markdown(words + later)}")
    else:
        st.warning(f"{escape_markdown(words)} Ask before you rely on it.", icon=":material/schedule:")


def _show_coming(asset: Asset, naming: Naming) -> None:
    if asset.availability is not Availability.UNKNOWN:
        _fact(LABELS["availability"], AVAILABILITY[asset.availability])
    _fact(LABELS["offers"], naming.terms("offers", asset.offers))
    _fact(
        LABELS["audiences"], "\n".join(filter(None, (naming.terms("audiences", asset.audiences), asset.audience_words)))
    )
    _fact("Ages", age_words(asset))
    _fact(LABELS["referral"], _lines(naming.terms("referral", asset.referral), asset.referral_words))
    _fact(LABELS["meets"], naming.terms("meets", asset.meets))
    free = {True: "Free of charge", False: "There is something to pay", None: ""}[asset.is_free]
    _fact(LABELS["cost"], _lines(free, asset.cost))


def _show_hours(asset: Asset, *, now: datetime) -> None:
    lines = []
    if asset.opening_hours:
        today = now.astimezone(UK_TIME).date()
        lines = [open_now_words(asset.opening_hours, moment=now)]
        lines += [f"{days}: {hours}" for days, hours in week_words(asset.opening_hours, today=today)]
    _fact(LABELS["opening_hours"], _lines(*lines, asset.opening_notes))
    if asset.opening_hours:
        st.caption("For the seven days from today, public holidays included.")


def _show_reach(asset: Asset) -> None:
    if asset.website:
        st.markdown(f"**{LABELS['website']}**  \n[{escape_markdown(asset.website)}](<{asset.website}>)")
    for contact in asset.contacts:
        _show_contact(contact)


def _show_contact(contact: Contact) -> None:
    with st.container(gap=None):
        st.markdown("**Contact**")
        st.text("\n".join(filter(None, (contact.name, contact.title, contact.phone))))
        if contact.email:
            st.markdown(f"[{escape_markdown(contact.email)}](<mailto:{quote(contact.email, safe='@+')}>)")
        if contact.audience is Audience.PARTNERS:
            st.markdown(":material/lock: For partners only: do not pass it on.")


def _show_taking_part(asset: Asset, naming: Naming) -> None:
    _fact(
        LABELS["accessibility"], _lines(naming.terms("accessibility", asset.accessibility), asset.accessibility_words)
    )
    _fact(LABELS["languages"], naming.terms("languages", asset.languages))
    served = ", ".join(map(naming.area_name, asset.service_areas))
    _fact(LABELS["service_areas"], _lines(served, asset.service_area_words))


def _lines(*said: str) -> str:
    return "\n".join(filter(None, said))


def _fact(label: str, words: str) -> None:
    """Show a label and what people wrote: as text, in which not even two hyphens become a dash."""
    if words:
        with st.container(gap=None):
            st.markdown(f"**{label}**")
            st.text(words)
