"""Everything that nobody has to say: groups of boxes, closed until somebody opens them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.assets.entry_typed import CONTACT_PARTS, contact_field, typed_contact
from dashboard.assets.hours_words import week_words
from dashboard.assets.words import AVAILABILITY, LABELS
from dashboard.components.entry_form.boxes import Boxes
from dashboard.components.entry_form.place import show_exact_boxes
from dashboard.register.exchange.hours_words import read_hours_words
from dashboard.register.model import Contact
from dashboard.register.register import uk_today
from dashboard.register.rules.limits import MOST_CONTACTS, OLDEST
from dashboard.register.taxonomy import FACET_OF_FIELD, Taxonomy
from dashboard.repository import Repository
from dashboard.words import escape_markdown

_CONTACT_LABELS = {"name": "Contact's name", "title": "Role", "phone": "Telephone", "email": "E-mail"}
_AUDIENCES = {"partners": "Partners only", "public": "Everyone"}
_FREE = {"": "Nobody has said", "yes": "Free", "no": "There is something to pay"}


def show_more(repository: Repository, boxes: Boxes, *, taxonomy: Taxonomy, is_placed: bool) -> None:
    """Show the groups; one in which something is wrong stands open."""
    st.subheader("Add more (all optional)")
    groups: list[tuple[str, tuple[str, ...], Callable[[], None]]] = [
        ("What it offers, and who it is for",
         ("offers", "audience", "min_age", "max_age", "availability", "referral", "meets", "is_free", "cost"),
         lambda: _show_offer(boxes, taxonomy)),
        ("When it is open", ("opening",), lambda: _show_hours(boxes)),
        ("How to reach it", ("website", "contacts"), lambda: _show_reach(boxes)),
        ("Address and exact place" if is_placed else "Where else it works", ("place.address", "service_area"),
         lambda: show_exact_boxes(repository, boxes)),
        ("Getting in and taking part", ("accessibility", "languages"), lambda: _show_taking_part(boxes, taxonomy)),
        ("Who runs it, and where this comes from", ("organisation", "source", "licence"),
         lambda: _show_source(boxes, taxonomy)),
    ]  # fmt: skip
    for label, fields, show in groups if is_placed else [*groups[:3], *groups[4:]]:
        with st.expander(label, expanded=boxes.has_problem(*fields)):
            show()


def _show_offer(boxes: Boxes, taxonomy: Taxonomy) -> None:
    _some(boxes, taxonomy, "offers")
    _some(boxes, taxonomy, "audiences")
    boxes.line("audience_words", LABELS["audience_words"], placeholder="Anyone in the estate; dogs welcome")
    youngest, oldest = st.columns(2)
    with youngest:
        boxes.number("min_age", LABELS["min_age"], most=OLDEST)
    with oldest:
        boxes.number("max_age", LABELS["max_age"], most=OLDEST)
    boxes.pick("availability", LABELS["availability"], {str(one): said for one, said in AVAILABILITY.items()})
    _some(boxes, taxonomy, "referral")
    boxes.line("referral_words", LABELS["referral_words"], placeholder="Ring before you come the first time")
    _some(boxes, taxonomy, "meets")
    boxes.pick("is_free", LABELS["is_free"], _FREE)
    boxes.line("cost", LABELS["cost"], placeholder="£2 for lunch")


def _show_hours(boxes: Boxes) -> None:
    boxes.line(
        "opening_hours", "Opening hours", placeholder="Mon-Fri 9am-5pm, Sat 10am-12pm", is_live=True,
        help="Days and times. What does not fit, such as “first Monday of the month”, may go into the note.",
    )  # fmt: skip
    text = (boxes.get("opening_hours") or "").strip()
    read = read_hours_words(text)
    if read:
        today = uk_today()
        said = "; ".join(f"{days}: {hours}" for days, hours in week_words(read, today=today))
        st.caption(f":material/check: We read this as, in the week from today: {escape_markdown(said)}.")
    elif text:
        st.warning("We cannot read these hours yet. Write days and times like the example, or use the note below.")
    boxes.words("opening_notes", LABELS["opening_notes"], placeholder="Closed in August")


def _show_reach(boxes: Boxes) -> None:
    boxes.line("website", LABELS["website"], placeholder="https://www.example.org", type="url")
    shown = max(boxes.get("contact_count", 0), _count_contacts(boxes), 1)
    for at in range(shown):
        boxes.fill(typed_contact(Contact(), at))
        with st.container(border=True):
            _show_contact(boxes, at)
    boxes.show_problems("contacts")
    if shown < MOST_CONTACTS:
        st.button(
            "Add another contact", icon=":material/person_add:", on_click=lambda: boxes.put("contact_count", shown + 1)
        )


def _show_contact(boxes: Boxes, at: int) -> None:
    number = f" ({at + 1})" if at else ""
    for part in CONTACT_PARTS:
        kind = {"phone": "phone", "email": "email"}.get(part, "default")
        boxes.line(contact_field(at, part), f"{_CONTACT_LABELS[part]}{number}", type=kind, placeholder="")  # type: ignore[arg-type]
    boxes.pick(contact_field(at, "audience"), f"Who may see this contact?{number}", _AUDIENCES)


def _count_contacts(boxes: Boxes) -> int:
    at = 0
    while boxes.has(contact_field(at, "name")):
        at += 1
    return at


def _show_taking_part(boxes: Boxes, taxonomy: Taxonomy) -> None:
    _some(boxes, taxonomy, "accessibility")
    boxes.words("accessibility_words", LABELS["accessibility_words"], placeholder="The side door has a ramp")
    _some(boxes, taxonomy, "languages")


def _show_source(boxes: Boxes, taxonomy: Taxonomy) -> None:
    boxes.line("organisation", LABELS["organisation"], placeholder="Leave empty for neighbours without a committee")
    names = taxonomy.names("organisation_sorts")
    boxes.one("organisation_sort", LABELS["organisation_sort"], names, placeholder="Choose one, or leave it")
    boxes.line("source", LABELS["source"], placeholder="I know it myself; a council's list…")
    boxes.line("source_ref", LABELS["source_ref"])
    boxes.line("licence", LABELS["licence"])


def _some(boxes: Boxes, taxonomy: Taxonomy, field: str) -> None:
    boxes.some(field, LABELS[field], taxonomy.names(FACET_OF_FIELD[field]))
