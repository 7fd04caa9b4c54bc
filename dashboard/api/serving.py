"""What stands beside Streamlit in the one process: routes, headers, and what is opened at the start."""

from __future__ import annotations

import gc
from asyncio import create_task
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from threading import Event

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.api.asset_routes import asset_routes
from dashboard.api.briefs import brief_routes
from dashboard.api.coming_back import ComingBack
from dashboard.api.doorkeeper import Doorkeeper
from dashboard.api.downloads import download_routes
from dashboard.api.embed.routes import embed_routes
from dashboard.api.front_door import front_door_route
from dashboard.api.health import health_route
from dashboard.api.map_routes import map_routes
from dashboard.api.no_such_page import NoSuchPage
from dashboard.api.open_referral.routes import open_referral_routes
from dashboard.api.security_headers import SecurityHeaders
from dashboard.api.unavailable import Unavailable
from dashboard.api.vendor import vendor_routes
from dashboard.geography import read_neighbourhoods
from dashboard.opening import open_register, renew_register
from dashboard.planning.support import support_values
from dashboard.repository import open_repository
from dashboard.state import LEVELS, View
from etl.errors import CommonGroundError
from etl.publish import current_snapshot
from etl.settings import Settings


def extra_routes(settings: Settings) -> list[Route]:
    """Return every route that is not Streamlit's own."""
    own = [*vendor_routes(), *map_routes(settings), *asset_routes(settings), health_route(settings), front_door_route()]
    open_data = [*open_referral_routes(settings), *embed_routes(settings), *download_routes(settings)]
    return [*own, *open_data, *brief_routes(settings)]


def header_middleware(settings: Settings) -> list[Middleware]:
    """Return the middleware that adds the security headers, and that answers what is not there or not now."""
    headers = Middleware(SecurityHeaders, basemap_url=settings.basemap_url)
    return [headers, Middleware(NoSuchPage), Middleware(Unavailable)]


def door_middleware(settings: Settings) -> list[Middleware]:
    """Return the middleware that turns away what must not come in, and leads back who has signed in."""
    guards = [Middleware(Doorkeeper, settings=settings)]
    return [*guards, Middleware(ComingBack)] if settings.is_shared else guards


def warm_start(settings: Settings) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Return a lifespan that reads the served snapshot, if there is one, while the first person is on the way."""

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        stop = Event()
        reading = create_task(run_in_threadpool(read_ahead, settings, is_stopping=stop.is_set))
        yield
        stop.set()
        await reading

    return lifespan


def read_ahead(settings: Settings, *, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Read the served snapshot's figures and where its areas lie, if there is one, and the register's assets.

    All of it stays in memory. What stands in the way of it is said on the pages. Whoever ends the service does not
    wait for the rest.
    """
    with suppress(CommonGroundError):
        snapshot = current_snapshot(settings)
        repository = open_repository(snapshot)
        for level in LEVELS:
            if is_stopping():
                return
            repository.rank_areas(View(level=level))
            repository.area_of_neighbourhoods(level)
        repository.points_of_recipe(View().exclusion)
        read_neighbourhoods(snapshot)
        renew_register(settings, is_stopping=is_stopping)
        support_values(repository, open_register(settings))
        # All this stays: a search for garbage that went through it would keep somebody waiting for a third of a second.
        gc.collect()
        gc.freeze()
