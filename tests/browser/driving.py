"""A real server and a real browser for tests: started on a free port, stopped at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Playwright

from etl.settings import PROJECT
from tests.browser.chromium import NAMES

# Software rendering, so that WebGL works where there is no graphics card, and no talk with the browser's maker.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
LONGEST_START_S = 60


def launch_chromium(playwright: Playwright, *, extra_flags: tuple[str, ...] = ()) -> Browser:
    """Return a headless Chromium: the one on the path, or Playwright's own."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=found, args=[*CHROMIUM_FLAGS, *extra_flags])


@contextmanager
def running_server(app: Path, *, environ: Mapping[str, str], port: int | None = None) -> Iterator[str]:
    """Serve an app file with Streamlit until the block ends; give its address, on a free port unless one is named.

    Raises
    ------
    RuntimeError
        If it does not answer; the message holds what it wrote.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = {**os.environ, **environ, "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        [*command, *options], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        written: list[str] = []
        reader = threading.Thread(target=lambda: written.extend(server.stdout or ()), daemon=True)
        reader.start()
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(address, server=server, written=written)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)
            reader.join(timeout=5)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(address: str, *, server: subprocess.Popen[str], written: list[str]) -> None:
    """Return once the server answers."""
    last = time.monotonic() + LONGEST_START_S
    pause = threading.Event()
    while time.monotonic() < last and server.poll() is None:
        try:
            with urlopen(f"{address}/health", timeout=5):  # noqa: S310
                return
        except (URLError, ConnectionError, TimeoutError):
            pause.wait(0.1)
    raise RuntimeError("the server did not start:\n" + "".join(written))
