"""What people with bad intent type: tests/payloads.txt, one JSON string in each line."""

from __future__ import annotations

import json
from pathlib import Path


def read_payloads() -> list[str]:
    """Return every payload."""
    lines = Path(__file__).with_name("payloads.txt").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
