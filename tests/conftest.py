"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

REAL_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real published data, or skip: it is not part of the project."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real data of England is not beside this checkout (looked for ../shared/data)")
    return REAL_DATA
