"""When a story may be shown, and to whom: never without consent, never after it has run out."""

from __future__ import annotations

from datetime import date

from dashboard.register.actor import Actor
from dashboard.register.entry import State
from dashboard.register.errors import Problem
from dashboard.register.model import Audience
from dashboard.register.rules.permissions import Action, may
from dashboard.register.story import Consent, StoryEntry


def consent_problems(consent: Consent, *, today: date) -> tuple[Problem, ...]:
    """Return what is wrong with the record of a teller's consent."""
    problems = []
    if not consent.recorded_by:
        problems.append(Problem("consent.recorded_by", "Say who asked the teller and recorded their consent."))
    if consent.recorded_on > today:
        problems.append(
            Problem("consent.recorded_on", "The consent is dated in the future. Give the day it was given.")
        )
    if consent.until is not None and consent.until < consent.recorded_on:
        problems.append(Problem("consent.until", "The consent ends before it was given. Check both days."))
    elif consent.until is not None and consent.until < today:
        problems.append(
            Problem(
                "consent.until", "The consent has run out. Ask the teller again, and give the day until which it is."
            )
        )
    return tuple(problems)


def is_in_force(consent: Consent, *, today: date) -> bool:
    """Return whether consent holds on a day, the last one included."""
    return consent.recorded_on <= today and (consent.until is None or today <= consent.until)


def is_story_shown(entry: StoryEntry, *, actor: Actor, today: date) -> bool:
    """Return whether a story may be shown to somebody who is neither its author nor its reviewer."""
    if entry.state is not State.PUBLISHED or not is_in_force(entry.story.consent, today=today):
        return False
    return entry.story.consent.audience is Audience.PUBLIC or may(actor, Action.SEE_PARTNER_FIELDS)
