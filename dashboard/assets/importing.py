"""One import on the command line: read, match the columns, plan, say the plan, and carry it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console

from dashboard.assets.import_asked import WEB, AskedFor, choose, refuse_incomplete
from dashboard.assets.import_words import choices_lines, plan_lines
from dashboard.assets.progress import progress_bar
from dashboard.register.actor import Actor
from dashboard.register.errors import RegisterError
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.incoming import Incoming, IncomingServices, open_incoming
from dashboard.register.exchange.open_referral.feed import FeedClient
from dashboard.register.exchange.placing import Gazetteer
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.planning import make_plan
from dashboard.register.exchange.rejects import reasons_by_row, write_rejected_drafts, write_rejects
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.register import Register
from dashboard.register.taxonomy import Taxonomy
from dashboard.words import rows_words

Feed = Callable[[str], FeedClient]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An import that has been planned and not yet carried out."""

    asked: AskedFor
    sheet: Sheet | None
    drafts: Sequence[Draft]
    plan: ImportPlan


@dataclass(frozen=True, kw_only=True)
class ImportRun:
    """What an import works with.

    Parameters
    ----------
    console
        Where progress is shown.
    say
        Tells the person a line.
    feed
        Makes a client of a feed's address.
    """

    register: Register
    actor: Actor
    gazetteer: Gazetteer
    console: Console
    say: Callable[[str], None]
    feed: Feed = FeedClient

    def plan(self, asked: AskedFor) -> Planned:
        """Read what was asked for and say what bringing it in would do; nothing is written.

        Raises
        ------
        UploadError
            If it cannot be read, a column or a kind that was named is not known, or it would be written over.
        """
        taxonomy = self.register.settings.taxonomy()
        if asked.refused_file.resolve() == Path(asked.what).resolve():
            what = "The rows that stay out would be written over the list itself."
            raise UploadError(what, todo="Name another file with --refused.")
        if asked.kind and not taxonomy.has("kinds", asked.kind):
            kinds = ", ".join(term.term_id for term in taxonomy.choices("kinds"))
            raise UploadError(f"There is no kind “{asked.kind}”.", todo=f"Choose one of: {kinds}.")
        incoming = self._open(asked.what, taxonomy=taxonomy)
        self.say(f"{asked.what}: {incoming.words}.")
        choices = choose(incoming, incoming.propose(taxonomy=taxonomy, source=asked.source), asked=asked)
        for line in choices_lines(incoming.sheet, choices=choices, taxonomy=taxonomy):
            self.say(line)
        refuse_incomplete(incoming.sheet, choices=choices)
        with progress_bar(self.console, "Reading rows"):
            drafts = incoming.drafts(choices, taxonomy=taxonomy, gazetteer=self.gazetteer)
        with progress_bar(self.console, "Looking for duplicates") as progress:
            plan = make_plan(drafts, holdings=self.register.holdings(actor=self.actor), progress=progress)
        for line in plan_lines(plan):
            self.say(line)
        return Planned(asked=asked, sheet=incoming.sheet, drafts=drafts, plan=plan)

    def carry_out(self, planned: Planned) -> None:
        """Write the rows that stay out to a file with their reasons, and then the good ones in one go.

        Raises
        ------
        RegisterError
            If either cannot be written; then nothing is brought in.
        """
        refused = len(reasons_by_row(planned.plan))
        kept = self._keep_refused(planned) if refused else None
        with progress_bar(self.console, "Writing") as progress:
            why = f"Brought in from {Path(planned.asked.what).name or planned.asked.what}"
            done = apply_plan(planned.plan, writer=self.register.imports, actor=self.actor, why=why, progress=progress)
        self.say(f"Done: {len(done.added_ids):,} added, {len(done.changed_ids):,} changed.")
        if done.import_id:
            self.say(f"To take it back: commonground assets undo-import {done.import_id}")
        if kept:
            stay = "stays out. It is" if refused == 1 else "stay out. They are"
            self.say(f"{rows_words(refused)} {stay} in {kept}, with the reason beside it.")

    def _keep_refused(self, planned: Planned) -> Path:
        if planned.sheet is not None:
            content = write_rejects(planned.sheet, plan=planned.plan)
        else:
            content = write_rejected_drafts(planned.drafts, plan=planned.plan)
        try:
            return write_file(planned.asked.refused_file, content)
        except RegisterError as error:
            what = f"The file for the rows that stay out: {error.what} Nothing was brought in."
            raise RegisterError(what, todo="Name another one with --refused, or make room there.") from error

    def _open(self, what: str, *, taxonomy: Taxonomy) -> Incoming:
        if not what.startswith(WEB):
            return open_incoming(Path(what), taxonomy=taxonomy)
        with progress_bar(self.console, "Reading the feed") as progress:
            return IncomingServices(
                title=urlsplit(what).hostname or "feed", services=self.feed(what).services(progress=progress)
            )


def write_file(path: Path, content: bytes) -> Path:
    """Write a file whole, or refuse in words.

    Raises
    ------
    RegisterError
        If it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        what = f"“{path}” cannot be written: {error.strerror}."
        raise RegisterError(what, todo="Choose another place, or make room there.") from error
    return path
