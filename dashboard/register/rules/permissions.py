"""Who may do what, as one table; the store asks it before every act."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from dashboard.register.actor import Actor, Role


class Action(Enum):
    """What somebody may want to do; the value says it in words."""

    SEE_PARTNER_FIELDS = "see what is for partners only"
    SEE_EXACT_PLACE = "see the exact place of an entry that is shown roughly"
    SEE_UNPUBLISHED = "see an entry that is not published"
    SEE_HISTORY = "see the history of an entry"
    ADD = "add an entry"
    EDIT = "edit this entry"
    PUBLISH = "publish entries of this area"
    ARCHIVE = "archive entries of this area"
    WITHDRAW = "withdraw this entry"
    MERGE = "merge entries of this area"
    CONFIRM = "confirm this entry"
    INVITE = "invite a group to look after its entry"
    ERASE = "erase personal data from this entry"
    SEE_REPORTS = "see what people say is wrong"
    ADD_STORY = "add a story"
    REVIEW_STORY = "review stories of this area"
    END_CONSENT = "take a story back"
    SET_RIGHTS = "give people roles"
    SET_SETTINGS = "change settings and the taxonomy"
    BACK_UP = "take a backup"
    KEEP_WORK = "keep work in the register"
    CHANGE_WORK = "change this piece of work"
    CHANGE_HOUSE_WORK = "change what belongs to the whole partnership"
    SEE_PARTNER_WORK = "see work that is shared with partners"
    SEE_PRIVATE_WORK = "see work that somebody keeps for themselves"


class Standing(Enum):
    """What somebody is to the thing they want to act on."""

    PARTNER = auto()
    REVIEWER = auto()
    ADMIN = auto()
    OWNER = auto()
    AUTHOR = auto()


_P, _R, _A, _O, _W = Standing.PARTNER, Standing.REVIEWER, Standing.ADMIN, Standing.OWNER, Standing.AUTHOR
WHO_MAY: dict[Action, frozenset[Standing]] = {
    Action.SEE_PARTNER_FIELDS: frozenset({_P, _R, _A, _O}),
    Action.SEE_EXACT_PLACE: frozenset({_R, _A, _O, _W}),
    Action.SEE_UNPUBLISHED: frozenset({_R, _A, _O, _W}),
    Action.SEE_HISTORY: frozenset({_P, _R, _A, _O}),
    Action.ADD: frozenset({_P, _R, _A}),
    Action.EDIT: frozenset({_P, _R, _A, _O}),
    Action.PUBLISH: frozenset({_R}),
    Action.ARCHIVE: frozenset({_R}),
    Action.WITHDRAW: frozenset({_O, _W}),
    Action.MERGE: frozenset({_R}),
    Action.CONFIRM: frozenset({_P, _R, _A, _O}),
    Action.INVITE: frozenset({_R}),
    Action.ERASE: frozenset({_R, _A, _O}),
    Action.SEE_REPORTS: frozenset({_R}),
    Action.ADD_STORY: frozenset({_P, _R, _A, _O}),
    Action.REVIEW_STORY: frozenset({_R}),
    Action.END_CONSENT: frozenset({_R, _A, _W}),
    Action.SET_RIGHTS: frozenset({_A}),
    Action.SET_SETTINGS: frozenset({_A}),
    Action.BACK_UP: frozenset({_A}),
    Action.KEEP_WORK: frozenset({_P, _R, _A}),
    Action.CHANGE_WORK: frozenset({_A, _O}),
    Action.CHANGE_HOUSE_WORK: frozenset({_A}),
    Action.SEE_PARTNER_WORK: frozenset({_P, _R, _A, _O}),
    Action.SEE_PRIVATE_WORK: frozenset({_A, _O}),
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What an act is about.

    Parameters
    ----------
    areas
        Codes of every area it lies in; a reviewer of one of them reviews it.
    is_owner
        Whether the actor has claimed it.
    is_author
        Whether the actor added it and it was never published.
    """

    areas: frozenset[str] = frozenset()
    is_owner: bool = False
    is_author: bool = False


NOTHING = Subject()


def standings(actor: Actor, *, subject: Subject) -> frozenset[Standing]:
    """Return everything that somebody is to a subject."""
    is_partner = bool(actor.roles & {Role.PARTNER, Role.REVIEWER, Role.ADMIN})
    held = {
        Standing.PARTNER: is_partner,
        Standing.REVIEWER: actor.reviews(subject.areas),
        Standing.ADMIN: Role.ADMIN in actor.roles,
        Standing.OWNER: subject.is_owner or Role.OWNER in actor.roles,
        Standing.AUTHOR: subject.is_author,
    }
    return frozenset(standing for standing, is_held in held.items() if is_held)


def may(actor: Actor, action: Action, *, subject: Subject = NOTHING) -> bool:
    """Return whether somebody may do something."""
    return bool(WHO_MAY[action] & standings(actor, subject=subject))


def publishes_at_once(actor: Actor, *, subject: Subject, has_waiting_edit: bool) -> bool:
    """Return whether what somebody saves is published without waiting.

    A trusted contributor's edit waits when somebody else's edit waits before it: nobody has looked at that one yet.
    """
    if may(actor, Action.PUBLISH, subject=subject):
        return True
    return actor.is_trusted and may(actor, Action.EDIT, subject=subject) and not has_waiting_edit
