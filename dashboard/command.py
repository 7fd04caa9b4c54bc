"""Where `commonground` begins: so early that stopping it while it is still starting is no traceback either."""

from __future__ import annotations

import sys

STOPPED = 130


def main() -> None:
    """Run the command line."""
    try:
        from dashboard.cli import main as run  # noqa: PLC0415

        run()
    except KeyboardInterrupt:
        sys.stderr.write("✖ Stopped.\n")
        sys.exit(STOPPED)
