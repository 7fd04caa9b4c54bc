"""Write entries one after another and say each id once the register has acknowledged it: for a test that kills this."""

from __future__ import annotations

import sys

from dashboard.register.register import Register
from tests.registers import LUNCH_CLUB, TRUSTED


def main(url: str, count: int) -> None:
    register = Register(url)
    for _ in range(count):
        entry = register.entries.add(LUNCH_CLUB, actor=TRUSTED)
        sys.stdout.write(f"{entry.asset.asset_id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
