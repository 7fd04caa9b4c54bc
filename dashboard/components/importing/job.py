"""One import as far as it has come, kept for the session: nothing is lost when a step fails or a page is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from dashboard.register.exchange.drafts import Draft, ImportChoices
from dashboard.register.exchange.incoming import Incoming
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.planning import decide
from dashboard.register.exchange.rejects import write_rejected_drafts, write_rejects
from dashboard.register.listed import ImportResult, TakenBack

_KEY = "import_job"


@dataclass
class Outcome:
    """What became of an import, written down as it happens: by then the person may have gone to another page."""

    result: ImportResult | None = None
    taken_back: TakenBack | None = None

    def keep_taken_back(self, undone: TakenBack) -> None:
        """Write down that it was undone."""
        self.taken_back = undone


@dataclass(frozen=True, kw_only=True)
class ImportJob:
    """What has been read, chosen, planned, decided and done.

    Parameters
    ----------
    plan
        As it was made; what the person has decided since stands in `decisions`.
    decisions
        By row of a likely duplicate: the id of the entry that it is, or nothing when it is a thing of its own.
    """

    name: str
    incoming: Incoming
    proposed: ImportChoices
    choices: ImportChoices | None = None
    drafts: Sequence[Draft] = ()
    plan: ImportPlan | None = None
    decisions: dict[int, str] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def decided(self) -> ImportPlan:
        """The plan with what the person has decided."""
        return decide(self.plan or ImportPlan(rows=0), decisions=self.decisions)

    def refused_rows(self) -> bytes:
        """Return the rows that stay out with their reasons, as CSV."""
        if self.incoming.sheet is not None:
            return write_rejects(self.incoming.sheet, plan=self.decided)
        return write_rejected_drafts(self.drafts, plan=self.decided)


def current_job() -> ImportJob | None:
    """Return the import of this session, if there is one."""
    job: ImportJob | None = st.session_state.get(_KEY)
    return job


def keep_job(job: ImportJob) -> None:
    """Keep an import."""
    st.session_state[_KEY] = job


def change_job(job: ImportJob, **changes: object) -> None:
    """Keep an import with a step taken or taken back, and show the page anew."""
    keep_job(replace(job, **changes))  # type: ignore[arg-type]
    st.rerun()


def drop_job() -> None:
    """Forget the import of this session."""
    st.session_state.pop(_KEY, None)
