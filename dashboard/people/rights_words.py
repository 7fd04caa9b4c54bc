"""What somebody may do, in words for them and for the admin who gives it."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.register.actor import Actor, Role

ROLE_NAMES = {
    Role.PARTNER: "Partner",
    Role.REVIEWER: "Reviewer",
    Role.ADMIN: "Administrator",
}
ROLES_MAY = {
    Role.PARTNER: "see what is for partners, add entries, and edit them (a reviewer looks before others see it)",
    Role.REVIEWER: "publish, send back, merge and archive entries",
    Role.ADMIN: "give people roles, and change the settings and lists of words",
}
EVERYONE_MAY = "You see what is public, and can say when something is wrong."


def rights_in_words(actor: Actor, *, name_of_area: Callable[[str], str]) -> list[str]:
    """Return what somebody may do, one sentence each; empty when they have no role.

    Parameters
    ----------
    name_of_area
        Gives the name of an area by its code.
    """
    held = [role for role in ROLE_NAMES if role in actor.roles]
    where = "" if not actor.areas else f" in {where_they_review(actor, name_of_area=name_of_area)}"
    said = [f"{ROLE_NAMES[role]}: you can {ROLES_MAY[role]}{where if role is Role.REVIEWER else ''}." for role in held]
    if held and actor.is_trusted:
        said.append("Trusted: what you add or change is shown without waiting for a reviewer.")
    return said


def where_they_review(actor: Actor, *, name_of_area: Callable[[str], str]) -> str:
    """Return the areas in which somebody reviews, in words."""
    return ", ".join(sorted(map(name_of_area, actor.areas))) or "everywhere"
