"""A client for feeds of services: page by page, politely, never more than was agreed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

import httpx

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.limits import MAX_ROWS
from dashboard.register.exchange.open_referral.addresses import Resolve, check_address, resolve_host
from dashboard.register.exchange.open_referral.files import services_of_page
from dashboard.register.exchange.open_referral.parts import text_of, things_of, whole_number
from dashboard.register.progress import Progress, say_nothing

_OK, _TOO_MANY = 200, 429
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS, _LONGEST_WAIT_S = 3, 30.0
# Parts that only a whole service has; a list that brings them needs no second question for each.
_NESTED = ("service_at_locations", "contacts", "attributes", "service_taxonomys", "schedules", "regular_schedules")


@dataclass(frozen=True, kw_only=True)
class FeedLimits:
    """How far to go with somebody else's feed.

    Parameters
    ----------
    pause_s
        Seconds between two questions.
    """

    allow_private: bool = False
    max_page_bytes: int = 20_000_000
    max_pages: int = 2_000
    max_services: int = MAX_ROWS
    per_page: int = 100
    pause_s: float = 0.2
    timeout_s: float = 30.0


class FeedClient:
    """Reads one feed.

    Parameters
    ----------
    base_url
        The address to which /services is added.
    sleep, resolve, transport
        For tests: how to wait, look up a name, and carry a question.
    """

    def __init__(
        self,
        base_url: str,
        *,
        limits: FeedLimits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolve = resolve_host,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._base_url = base_url.strip().rstrip("/").removesuffix("/services")
        self._limits = limits or FeedLimits()
        self._sleep, self._resolve, self._transport = sleep, resolve, transport

    def services(self, *, progress: Progress = say_nothing) -> list[Mapping[str, Any]]:
        """Return every service of the feed, each whole.

        Raises
        ------
        UploadError
            If the feed cannot be reached, does not answer as the standard says, or is too big.
        """
        listed = self._listed()
        whole: list[Mapping[str, Any]] = []
        for service in listed:
            progress(len(whole), len(listed))
            service_id = text_of(service, "id")
            is_whole = any(things_of(service, name) for name in _NESTED)
            whole.append(service if is_whole or not service_id else self._ask(f"services/{quote(service_id, safe='')}"))
        progress(len(whole), len(listed))
        return whole

    def _listed(self) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        for number in range(1, self._limits.max_pages + 1):
            page = self._ask("services", page=number, per_page=self._limits.per_page)
            services = [one for one in services_of_page(page) if isinstance(one, Mapping)]
            found += services
            if len(found) > self._limits.max_services:
                break
            last = page.get("last_page", page.get("last"))
            pages = whole_number(page.get("total_pages", page.get("totalPages")))
            if last is True or not services or (pages is not None and number >= pages):
                return found
        what = f"The feed has more than {self._limits.max_services:,} services or {self._limits.max_pages:,} pages."
        raise UploadError(what, todo="Ask for a feed of a smaller area.")

    def _ask(self, path: str, **parameters: int) -> Mapping[str, Any]:
        url = f"{self._base_url}/{path}" + (f"?{urlencode(parameters)}" if parameters else "")
        try:
            body = json.loads(self._fetch(url))
        except (ValueError, RecursionError) as error:
            raise UploadError(f"The feed's answer to /{path} is not JSON.", todo="Check the feed's address.") from error
        if not isinstance(body, Mapping):
            raise UploadError(f"The feed's answer to /{path} is not an object.", todo="Tell its publisher.")
        return body

    def _fetch(self, url: str) -> bytes:
        """Return the body of an answer; every redirection is looked at as the first address was."""
        waited = False
        for _ in range(_MOST_REDIRECTS + 2):
            status, headers, body = self._fetch_once(url)
            if status == _OK:
                self._sleep(self._limits.pause_s)
                return body
            if status in _REDIRECTS and headers.get("location"):
                url = urljoin(url, headers["location"])
            elif status == _TOO_MANY and not waited:
                waited = True
                asked = headers.get("retry-after", "")
                self._sleep(min(float(asked) if asked.isdecimal() else 1.0, _LONGEST_WAIT_S))
            else:
                raise UploadError(f"The feed answered with the number {status}.", todo="Try again later.")
        raise UploadError("The feed sends its readers round in circles.", todo="Check the feed's address.")

    def _fetch_once(self, url: str) -> tuple[int, httpx.Headers, bytes]:
        target = check_address(url, allow_private=self._limits.allow_private, resolve=self._resolve)
        number = f"[{target.address}]" if ":" in target.address else target.address
        parts = urlsplit(url)
        direct = parts._replace(netloc=f"{number}:{target.port}", fragment="").geturl()
        headers = {"Host": parts.netloc, "Accept": "application/json", "Accept-Encoding": "identity",
                   "User-Agent": "CommonGround (community asset register)"}  # fmt: skip
        try:
            with (
                httpx.Client(transport=self._transport, timeout=self._limits.timeout_s, trust_env=False) as client,
                client.stream("GET", direct, headers=headers, extensions={"sni_hostname": target.host}) as answer,
            ):
                if answer.headers.get("content-encoding", "identity") != "identity":
                    raise UploadError("The feed packs its answers unasked.", todo="Tell its publisher.")
                body = self._limited(answer) if answer.status_code == _OK else b""
                return answer.status_code, answer.headers, body
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UploadError("The feed does not answer.", todo="Check its address, and try again later.") from error

    def _limited(self, answer: httpx.Response) -> bytes:
        body = bytearray()
        for chunk in answer.iter_raw():
            body += chunk
            if len(body) > self._limits.max_page_bytes:
                what = f"The feed's answer is bigger than {self._limits.max_page_bytes / 1e6:,.0f} MB."
                raise UploadError(what, todo="Ask for a feed with smaller pages.")
        return bytes(body)
