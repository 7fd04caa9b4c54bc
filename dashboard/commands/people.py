"""`commonground people`: the first administrator, and who is who, for whoever runs this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from dashboard.opening import open_register
from dashboard.people.rights_words import ROLE_NAMES
from dashboard.people.signing_in import SEPARATOR
from dashboard.register.actor import local_actor
from dashboard.register.errors import RegisterError
from dashboard.register.register import Register
from etl.settings import read_settings

people_app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, help="People: the first administrator, and who is who."
)
Home = Annotated[
    Path | None, typer.Option("--home", help="Folder where data lives (otherwise COMMONGROUND_HOME, otherwise data/).")
]


@people_app.command("make-admin")
def make_admin(
    person_id: Annotated[str, typer.Argument(metavar="ID", help="As the page says under the person's name.")],
    *,
    home: Home = None,
) -> None:
    """Make somebody administrator while nobody is; after that, administrators give rights on the page."""
    issuer, _, subject = person_id.partition(SEPARATOR)
    if not issuer.startswith(("https://", "http://")) or not subject:
        what = f"“{person_id}” is not the id of somebody who has signed in."
        raise RegisterError(what, todo="Sign in, press your name, and copy the id from there.")
    if not _register(home).people.add_first_admin(person_id):
        raise RegisterError("There is an administrator already.", todo="Ask them: see `commonground people list`.")
    typer.echo("Done: they are administrator from their next click on.")


@people_app.command("list")
def list_people(*, home: Home = None) -> None:
    """List everybody who has rights or has asked for them."""
    register = _register(home)
    for person in register.people.everyone(actor=local_actor()):
        roles = ", ".join(name for role, name in ROLE_NAMES.items() if role in person.roles) or "no rights"
        typer.echo(f"{person.actor_id}  {person.name or '(no name yet)'}  {person.organisation}  {roles}")
    for one in register.asking.everyone(actor=local_actor()):
        typer.echo(f"{one.person_id}  {one.name}  {one.organisation}  asks for rights")


def _register(home: Path | None) -> Register:
    return open_register(read_settings(os.environ, home=home))
