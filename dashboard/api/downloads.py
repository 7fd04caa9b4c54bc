"""What is published as a file to take away, at any filter of the list: /open-data/assets.csv and the like."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.routing import Route

from dashboard.api.open_data import open_route
from dashboard.api.rates import Rate
from dashboard.assets.asked import read_asked
from dashboard.assets.view import read_asset_view
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.exchange.files_out import FileForm, write_entries
from dashboard.register.register import utc_now
from etl.settings import Settings

PREFIX = "/open-data"
# A whole register takes seconds to write.
MOST_A_MINUTE = 20


def download_routes(settings: Settings, *, most_a_minute: int = MOST_A_MINUTE) -> list[Route]:
    """Return the routes of the files.

    Parameters
    ----------
    most_a_minute
        How many files one address may take.
    """
    rate = Rate(most=most_a_minute, within_s=60)
    return [
        open_route(
            f"{PREFIX}/{_file_name(form)}",
            _written(settings, form),
            rate=rate,
            media_type=form.media_type,
            file_name=_file_name(form),
        )
        for form in FileForm
    ]


def _file_name(form: FileForm) -> str:
    return f"assets.{form.suffix}"


def _written(settings: Settings, form: FileForm) -> Callable[[Request], bytes]:
    def write(request: Request) -> bytes:
        register = open_register(settings)
        asked = read_asked(register, read_asset_view(request.query_params), now=utc_now())
        entries = register.finding.find_all(asked.query, actor=THE_PUBLIC)
        return write_entries(entries, form=form, taxonomy=register.settings.taxonomy())

    return write
