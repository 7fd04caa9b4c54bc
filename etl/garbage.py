"""Put off the search for garbage while much is made that all stays: looking through it again and again takes long."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_put_off() -> Iterator[None]:
    """Look for no garbage inside the block; what counts references goes on freeing nearly all of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
