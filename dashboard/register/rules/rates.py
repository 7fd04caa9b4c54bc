"""How often one place may say that something is wrong: enough for a person, too little for a flood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most so many in any stretch of so long."""

    most: int
    within: timedelta


def is_within(limit: Limit, *, earlier: Sequence[datetime], now: datetime) -> bool:
    """Return whether one more is within a limit.

    Parameters
    ----------
    earlier
        When the earlier ones came; those before the stretch do not count.
    """
    return sum(now - moment < limit.within for moment in earlier) < limit.most
