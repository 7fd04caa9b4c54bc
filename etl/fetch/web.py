"""Asking a publisher's server: what is worth asking again, how long to wait, and what to tell a person in the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from etl.errors import MissingSourceError

Answer = TypeVar("Answer")

TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
SNIFFED_BYTES = 512


@dataclass(frozen=True)
class Patience:
    """How often a request is tried, and how long to wait between tries (doubling from the first wait)."""

    attempts: int = 5
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Wanted:
    """One file that a source wants: where it is, what to keep it as, and the names it is known by in a mirror."""

    source_id: str
    page: str
    url: str
    filename: str
    known_as: str
    sha256: str = ""

    def missing(self, what: str) -> MissingSourceError:
        """Return the refusal that says what happened and how to give a local file instead."""
        todo = (
            f"Look for it on {self.page}. If it has moved, save it as {self.known_as} in a folder and load again with "
            "“--mirror FOLDER”."
        )
        lacking = "its publisher did not give the file" if self.url else "its publisher has no address for the file"
        return MissingSourceError(what, lacking=lacking, source_id=self.source_id, file=self.filename, todo=todo)


class PassingFaultError(Exception):
    """Something that may well work when it is tried again."""

    def __init__(self, what: str, *, retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(what)


def open_client() -> httpx.Client:
    """Return a client that follows redirects and honours HTTP_PROXY, HTTPS_PROXY and NO_PROXY."""
    headers = {"User-Agent": f"CommonGround/{version('commonground')}", "Accept-Encoding": "identity"}
    return httpx.Client(headers=headers, follow_redirects=True, timeout=httpx.Timeout(60.0, connect=15.0))


def ask_patiently(ask: Callable[[], Answer], *, wanted: Wanted, patience: Patience) -> Answer:
    """Return the answer, asking again with growing waits while faults may pass.

    Raises
    ------
    MissingSourceError
        If the last try failed too, or the address cannot be asked at all.
    """

    def attempt() -> Answer:
        try:
            return ask()
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.TooManyRedirects) as fault:
            raise wanted.missing(f"The address {wanted.url} cannot be fetched: {fault}") from fault
        except httpx.TransportError as fault:
            raise PassingFaultError(str(fault) or type(fault).__name__) from fault

    retrying = Retrying(
        stop=stop_after_attempt(patience.attempts),
        wait=lambda state: _wait_s(state, patience),
        retry=retry_if_exception_type(PassingFaultError),
        sleep=patience.sleep,
        reraise=True,
    )
    try:
        return retrying(attempt)
    except PassingFaultError as fault:
        what = f"The address {wanted.url} did not give the file in {patience.attempts} tries; the last time: {fault}"
        raise wanted.missing(what) from fault


def check_status(response: httpx.Response, *, wanted: Wanted) -> None:
    """Refuse an answer that is not a success.

    Raises
    ------
    PassingFaultError
        If the server is busy or failing for now.
    MissingSourceError
        If it says that the file is not there, or not for us.
    """
    status = response.status_code
    if status in TRY_AGAIN:
        fault = f"the server answered {status} {response.reason_phrase}"
        raise PassingFaultError(fault, retry_after_s=_retry_after_s(response.headers.get("Retry-After")))
    if not response.is_success:
        what = f"The address {wanted.url} no longer gives the file: the server answered {status}"
        raise wanted.missing(f"{what} {response.reason_phrase}")


def looks_like_web_page(start: bytes) -> bool:
    """Tell whether the first bytes of a file are those of an HTML page."""
    text = start[:SNIFFED_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b"<!doctype html", b"<html", b"<head", b"<script"))


def _wait_s(state: RetryCallState, patience: Patience) -> float:
    fault = state.outcome.exception() if state.outcome else None
    asked_for = fault.retry_after_s if isinstance(fault, PassingFaultError) else None
    growing = patience.first_wait_s * 2.0 ** (state.attempt_number - 1)
    return float(min(growing if asked_for is None else asked_for, patience.longest_wait_s))


def _retry_after_s(text: str | None) -> float | None:
    """Read a Retry-After header: seconds or a date (RFC 9110, 10.2.3)."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
