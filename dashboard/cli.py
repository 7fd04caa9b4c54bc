"""`commonground`: load, status, serve, and the commands that are imported late: assets, people, brief."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from dashboard.commands.late import LateCommands
from dashboard.commands.listening import check_port
from dashboard.commands.loading_bars import LoadingBars
from dashboard.commands.serving_look import streamlit_environ
from dashboard.commands.status import describe_status, status_as_json
from dashboard.people.signing_in import serving_environ
from etl.errors import CommonGroundError, SettingsError
from etl.publish import LoadRequest, current_snapshot, load
from etl.settings import VINTAGES, Settings, check_host, read_settings

STOPPED = 130
STOPPED_WORDS = "Stopped. What was served before is still served."
UNFORESEEN = 70

app = typer.Typer(
    cls=LateCommands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Common Ground: need, digital exclusion and community strengths on one map.",
)
Home = Annotated[
    Path | None, typer.Option("--home", help="Folder where data lives (otherwise COMMONGROUND_HOME, otherwise data/).")
]


@app.command("load")
def load_command(
    *,
    area: Annotated[
        str, typer.Option(help="england, or the code of an ICB or district, or a file of LSOA codes: what is drawn.")
    ] = "england",
    mirror: Annotated[
        Path | None, typer.Option(help="Take the published files from this folder tree instead of downloading them.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Load made-up places instead of England.")] = False,
    vintage: Annotated[
        int | None,
        typer.Option(help="Year of the ward, district and ICB look-ups.", min=VINTAGES[0], max=VINTAGES[-1]),
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask the publishers again for files kept here.")] = False,
    home: Home = None,
) -> None:
    """Load the published data, check it, and serve it instead of what was served before."""
    settings = _settings(home, vintage=vintage)
    if demo and mirror is not None:
        what = "The made-up places of --demo are written here, so they are not taken from a folder."
        raise SettingsError(what, todo="Leave out --demo or --mirror.")
    if mirror is not None and not mirror.is_dir():
        raise SettingsError(f"There is no folder {mirror}.", todo="Give --mirror a folder that holds published files.")
    request = LoadRequest(vintage=settings.lookup_vintage, area=area, mirror=mirror, is_demo=demo, is_refresh=refresh)
    try:
        with LoadingBars(Console(stderr=True)) as bars:
            path = load(settings=settings, request=request, progress=bars)
    except KeyboardInterrupt:
        _leave(STOPPED_WORDS, STOPPED)
    typer.echo(describe_status(path))
    # Only a load that has come to its end needs the register's own machinery.
    from dashboard.opening import renew_register  # noqa: PLC0415

    if moved := renew_register(settings):
        typer.echo(f"{moved:,} entries of the register lie in another neighbourhood now.")


@app.command()
def status(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing; the exit code tells.")] = False,
    home: Home = None,
) -> None:
    """Say what is loaded: the snapshot, its tables, its sources and their age."""
    try:
        path = current_snapshot(_settings(home))
    except CommonGroundError as error:
        if quiet:
            raise typer.Exit(error.exit_code) from error
        raise
    if not quiet:
        typer.echo(status_as_json(path) if as_json else describe_status(path))


@app.command()
def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535)] = None,
    home: Home = None,
) -> None:
    """Serve the dashboard (http://localhost:8501 unless told otherwise)."""
    settings = _settings(home)
    address, number = host or settings.host, port or settings.port
    check_host(settings, address)
    check_port(address, number)
    command = [sys.executable, "-m", "streamlit", "run", str(Path(__file__).parent / "app.py")]
    options = ["--server.address", address, "--server.port", str(number), "--server.headless", "true"]
    here = f"http://{'localhost' if address == '127.0.0.1' else address}:{number}"
    typer.echo(f"Common Ground is at {settings.sharing.public_url or here}")
    environ = {**os.environ, **streamlit_environ(os.environ), **serving_environ(settings)}
    environ["COMMONGROUND_HOME"] = str(settings.home)
    raise typer.Exit(_run(command + options, environ=environ))


def _run(command: list[str], *, environ: dict[str, str]) -> int:
    """Run the server to its end and return its exit code: nought when it was asked to end."""
    with subprocess.Popen(command, env=environ) as server:  # noqa: S603
        # Whoever ends this process (a service manager, a script) means the server, just as with Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            server.wait()
            return 0


def _settings(home: Path | None, *, vintage: int | None = None) -> Settings:
    environ = dict(os.environ)
    if vintage is not None:
        environ["COMMONGROUND_LOOKUP_VINTAGE"] = str(vintage)
    return read_settings(environ, home=home)


def main() -> None:
    """Run a command; every refusal is one clear message and an exit code, never a traceback."""
    try:
        app()
    except Exception as error:
        if _was_stopped(error):
            _leave(STOPPED_WORDS, STOPPED)
        if isinstance(error, CommonGroundError):
            _leave(str(error), error.exit_code)
        _leave(f"{_describe(error)} What was served before is still served. {_keep_trace()}", UNFORESEEN)


def _was_stopped(error: BaseException | None) -> bool:
    """Say whether it began with a Ctrl-C: one that meets DuckDB in a query comes back as a RuntimeError."""
    return isinstance(error, KeyboardInterrupt) or (
        error is not None and (_was_stopped(error.__cause__) or _was_stopped(error.__context__))
    )


def _describe(error: Exception) -> str:
    return f"Something went wrong that was not foreseen ({type(error).__name__}: {str(error).partition(chr(10))[0]})."


def _keep_trace() -> str:
    """Write the trace where whoever mends it can find it, and say where that is."""
    with NamedTemporaryFile("w", prefix="commonground-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(traceback.format_exc())
    return f"Please report it with the file {file.name}."


def _leave(message: str, exit_code: int) -> NoReturn:
    """Say why, and leave at once: threads at work in C code would hold the process, and nothing they do matters."""
    _say(message)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(exit_code)


def _say(message: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"✖ {message}", markup=False)


if __name__ == "__main__":
    main()
