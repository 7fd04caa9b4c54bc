"""What is better than average in a place, and what there is within reach: strengths beside needs."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.live import live_table
from dashboard.briefs.texts import PLURALS
from dashboard.opening import open_register
from dashboard.planning.support import where_people_live
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.repository import Repository
from dashboard.strengths import find_help, find_strengths, groups_per_1000
from dashboard.words import count, escape_markdown, join
from etl.settings import Settings

NOTHING = (
    "No figure loaded here is in the best third of England, and no more groups and places are listed for its people "
    "than England has."
)
NOTHING_OF_OWN = "An area of your own has no others of its size to be better than. Its neighbourhoods have."


def show_strengths(repository: Repository, area: Area, *, settings: Settings) -> None:
    """Show the figures on which a place does well, its groups per 1,000 people, and what is within reach."""
    if area.area_code == ENGLAND:
        return
    st.header("Strengths: what is better than average here")
    lines = [
        f"**{escape_markdown(strength.name)}**: best {strength.best_percent}% of England's {PLURALS[area.area_type]}"
        for strength in find_strengths(repository, area)
    ]
    if (rates := groups_per_1000(repository, open_register(settings), area)) is not None:
        here, england = rates
        if here > england:
            lines.append(f"**{here:.1f} community groups and places per 1,000 people**; England {england:.1f}")
    if area.area_type == "lsoa":
        lines += _describe_help(repository, area, settings=settings)
    if not lines:
        st.markdown(NOTHING_OF_OWN if area.area_type == CUSTOM else NOTHING)
        return
    st.markdown("\n".join(f"- {line}" for line in lines))


def _describe_help(repository: Repository, area: Area, *, settings: Settings) -> list[str]:
    register = open_register(settings)
    table = live_table(register)
    if not len(table):
        return []
    origins, _ = where_people_live(repository.path)
    found = find_help(table, origin=origins[area.feature_id])
    if not found.assets:
        return ["No listed group or place is within a walk of 1,600 m yet"]
    names = register.settings.taxonomy().names("kinds")
    kinds = join([escape_markdown(name.lower()) for term_id, name in names.items() if term_id in found.kinds])
    groups = "group or place" if found.assets == 1 else "groups and places"
    return [f"**{count(found.assets)} listed {groups} within a walk of 1,600 m**: {kinds}"]
