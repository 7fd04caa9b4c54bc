"""How often one address may ask, kept in this process's memory; the counting is the `limits` library's."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

# An owner of IPv6 addresses has at least this many bits of them to choose from.
_IPV6_OWNER_BITS = 64


class Rate:
    """At most so many questions in any stretch of so many seconds, from each address.

    Parameters
    ----------
    most, within_s
        How many, in how many seconds.
    """

    def __init__(self, *, most: int, within_s: int) -> None:
        self._limit = RateLimitItemPerSecond(most, within_s)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def seconds_to_wait(self, request: Request) -> int:
        """Count a question; return 0 when it may be answered, and otherwise after how many seconds to ask again."""
        who = asker(request)
        if self._limiter.hit(self._limit, who):
            return 0
        frees_at = self._limiter.get_window_stats(self._limit, who).reset_time
        return max(1, math.ceil(frees_at - time.time()))


def asker(request: Request) -> str:
    """Return who asks: whoever has the address that a request comes from."""
    return owner_of(request.client.host if request.client else "")


def owner_of(host: str) -> str:
    """Return who has an address: the address of IPv4, or the network that one of IPv6 is one of very many of."""
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(number, ipaddress.IPv4Address):
        return str(number)
    # A server that listens on both kinds at once sees IPv4 addresses written as IPv6.
    return str(number.ipv4_mapped or ipaddress.ip_network((number, _IPV6_OWNER_BITS), strict=False))
