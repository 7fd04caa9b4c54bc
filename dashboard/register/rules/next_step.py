"""What happens next, said to the person who has just done something."""

from __future__ import annotations

from dashboard.register.entry import State, Waiting

_BY_STATE = {
    State.DRAFT: "This is a draft that only you and reviewers can see. Send it in when you are ready.",
    State.SUBMITTED: "Thank you. A reviewer will look at this before anyone else sees it.",
    State.PUBLISHED: "This is published: everyone can see it now.",
    State.ARCHIVED: "This entry is archived: it is no longer shown. A reviewer can bring it back.",
    State.WITHDRAWN: "This entry is withdrawn: it is no longer shown anywhere. Its owner can bring it back.",
}
_BY_WAITING = {
    Waiting.SUBMITTED: "Thank you. A reviewer will look at your changes; until then everyone sees the entry as it was.",
    Waiting.RETURNED: "A reviewer has a question about your changes; until then everyone sees the entry as it was.",
}


def next_step(*, state: State, waiting: Waiting = Waiting.NOTHING, note: str = "") -> str:
    """Return the sentence that tells a person what happens next, with the reviewer's note if there is one."""
    sentence = _BY_WAITING.get(waiting) if state is State.PUBLISHED else None
    if state is State.DRAFT and note:
        sentence = "A reviewer has a question about this. Change it and send it in again."
    said = sentence or _BY_STATE[state]
    is_asked = note and (state is State.DRAFT or waiting is Waiting.RETURNED)
    return f"{said} They wrote: “{note}”" if is_asked else said
