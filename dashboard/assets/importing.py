"""One import on the command line: read, match the columns, plan, say the plan, and carry it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.assets.import_words import choices_lines, plan_lines
from dashboard.register.actor import Actor
from dashboard.register.errors import RegisterError
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.columns import all_fields, missing_fields
from dashboard.register.exchange.drafts import Draft, ImportChoices
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.incoming import Incoming, IncomingServices, open_incoming
from dashboard.register.exchange.open_referral.feed import FeedClient
from dashboard.register.exchange.placing import Gazetteer
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.planning import Progress as Report
from dashboard.register.exchange.planning import make_plan
from dashboard.register.exchange.rejects import reasons_by_row, write_rejected_drafts, write_rejects
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.register import Register
from dashboard.register.taxonomy import Taxonomy

_WEB = ("http://", "https://")
_NOT_NAME = re.compile(r"[^A-Za-z0-9.-]+")
Feed = Callable[[str], FeedClient]


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """What a person asked for: a file or the address of a feed, and what they said of it."""

    what: str
    source: str = ""
    kind: str = ""
    columns: tuple[str, ...] = ()

    @property
    def refused_file(self) -> Path:
        """Where the rows that stay out go: beside the file; for a feed, where the person is."""
        if self.what.startswith(_WEB):
            return Path(f"{_NOT_NAME.sub('-', urlsplit(self.what).netloc) or 'feed'}-refused.csv")
        return Path(self.what).with_name(f"{Path(self.what).stem}-refused.csv")


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
            If it cannot be read, or a column or a kind that was named is not known.
        """
        taxonomy = self.register.settings.taxonomy()
        if asked.kind and not taxonomy.has("kinds", asked.kind):
            kinds = ", ".join(term.term_id for term in taxonomy.choices("kinds"))
            raise UploadError(f"There is no kind “{asked.kind}”.", todo=f"Choose one of: {kinds}.")
        incoming = self._open(asked.what, taxonomy=taxonomy)
        self.say(f"{asked.what}: {incoming.words}.")
        choices = _chosen(incoming, incoming.propose(taxonomy=taxonomy, source=asked.source), asked=asked)
        for line in choices_lines(incoming.sheet, choices=choices, taxonomy=taxonomy):
            self.say(line)
        _refuse_incomplete(incoming.sheet, choices=choices)
        with self._bar("Reading rows"):
            drafts = incoming.drafts(choices, taxonomy=taxonomy, gazetteer=self.gazetteer)
        with self._bar("Looking for duplicates") as progress:
            plan = make_plan(drafts, holdings=self.register.holdings(actor=self.actor), progress=progress)
        for line in plan_lines(plan):
            self.say(line)
        return Planned(asked=asked, sheet=incoming.sheet, drafts=drafts, plan=plan)

    def carry_out(self, planned: Planned) -> None:
        """Write the good rows in one go, and the others to a file with their reasons."""
        with self._bar("Writing"):
            why = f"Brought in from {Path(planned.asked.what).name or planned.asked.what}"
            done = apply_plan(planned.plan, writer=self.register.imports, actor=self.actor, why=why)
        self.say(f"Done: {len(done.added_ids):,} added, {len(done.changed_ids):,} changed.")
        if done.import_id:
            self.say(f"To take it back: commonground assets undo-import {done.import_id}")
        refused = len(reasons_by_row(planned.plan))
        if refused:
            self.say(f"{refused:,} rows stay out. They are in {self._keep_refused(planned)}, each with its reason.")

    def _keep_refused(self, planned: Planned) -> Path:
        if planned.sheet is not None:
            content = write_rejects(planned.sheet, plan=planned.plan)
        else:
            content = write_rejected_drafts(planned.drafts, plan=planned.plan)
        return write_file(planned.asked.refused_file, content)

    def _open(self, what: str, *, taxonomy: Taxonomy) -> Incoming:
        if not what.startswith(_WEB):
            return open_incoming(Path(what), taxonomy=taxonomy)
        with self._bar("Reading the feed") as progress:
            return IncomingServices(
                title=urlsplit(what).hostname or "feed", services=self.feed(what).services(progress=progress)
            )

    @contextmanager
    def _bar(self, title: str) -> Iterator[Report]:
        columns = (TextColumn(title), BarColumn(bar_width=24), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, disable=not self.console.is_terminal, transient=True) as bars:
            task = bars.add_task(title, total=None)
            yield lambda done, of: bars.update(task, completed=done, total=of)


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


def _chosen(incoming: Incoming, proposed: ImportChoices, *, asked: AskedFor) -> ImportChoices:
    mapping = dict(proposed.mapping)
    columns = incoming.sheet.columns if incoming.sheet else ()
    for said in asked.columns:
        column, _, name = said.rpartition("=")
        if column not in columns:
            what = f"There is no column “{column or said}”."
            raise UploadError(what, todo=f"The columns are: {', '.join(columns) or 'none, it is no table'}.")
        if name and name not in all_fields():
            raise UploadError(f"There is no field “{name}”.", todo=f"Choose one of: {', '.join(all_fields())}.")
        mapping[column] = name
    named = {column: name for column, name in mapping.items() if name}
    return replace(proposed, mapping=named, kind=asked.kind or proposed.kind)


def _refuse_incomplete(sheet: Sheet | None, *, choices: ImportChoices) -> None:
    missing = missing_fields(choices.mapping) if sheet is not None else ()
    if sheet is not None and missing:
        lacking = {"name": "a name", "place": "a place"}
        what = f"No column is known to hold {' or '.join(lacking[one] for one in missing)}."
        example = f'--map "{sheet.columns[0]}={"name" if "name" in missing else "postcode"}"'
        raise UploadError(what, todo=f"Say which one does, for example {example}.")
