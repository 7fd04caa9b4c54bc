"""A real OpenID Connect provider on this machine, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from etl.sharing import DISCOVERY_PATH
from tests.browser.driving import LONGEST_START_S, free_port


@contextmanager
def running_provider(*people: Mapping[str, str]) -> Iterator[str]:
    """Serve a provider that knows these people until the block ends; give its issuer.

    Parameters
    ----------
    people
        The claims of each; `sub` is what its page offers to sign in as.
    """
    port = free_port()
    known = [option for person in people for option in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *known]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={**os.environ, "NO_COLOR": "1"}, **quiet) as provider:  # type: ignore[call-overload]
        try:
            issuer = f"http://127.0.0.1:{port}"
            _wait_until_ready(issuer, provider)
            yield issuer
        finally:
            provider.terminate()
            provider.wait(timeout=30)


def _wait_until_ready(issuer: str, provider: subprocess.Popen[bytes]) -> None:
    last, pause = time.monotonic() + LONGEST_START_S, threading.Event()
    while time.monotonic() < last and provider.poll() is None:
        try:
            with urlopen(issuer + DISCOVERY_PATH, timeout=5):  # noqa: S310
                return
        except (URLError, ConnectionError, TimeoutError):
            pause.wait(0.1)
    raise RuntimeError("the provider did not start")
