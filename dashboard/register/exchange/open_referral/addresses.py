"""Which addresses of feeds may be asked: http and https, and never a machine of the house."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from dashboard.register.exchange.errors import UploadError

Resolve = Callable[[str, int], Sequence[str]]
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class SafeTarget:
    """Where to connect: the number that was looked up and allowed, and the name to ask it for."""

    address: str
    host: str
    port: int
    scheme: str


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Return the numbers of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check_address(url: str, *, allow_private: bool = False, resolve: Resolve = resolve_host) -> SafeTarget:
    """Return where to connect for an address, looked up once so that it cannot change between check and use.

    Raises
    ------
    UploadError
        If it is not http or https, has a sign-in in it, cannot be found, or is of a private network.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise _refuse("cannot be read") from error
    if parts.scheme not in _PORTS or not host:
        raise _refuse("must begin with https:// or http://")
    if "@" in parts.netloc:
        raise _refuse("has a sign-in in it")
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise _refuse("cannot be found") from error
    numbers = [ipaddress.ip_address(one.partition("%")[0]) for one in found]
    if not numbers or not (allow_private or all(map(_is_public, numbers))):
        raise _refuse("belongs to a private network")
    return SafeTarget(address=str(numbers[0]), host=host, port=port, scheme=parts.scheme)


def _is_public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = getattr(number, "ipv4_mapped", None) or number
    return bool(mapped.is_global and not mapped.is_multicast and not mapped.is_reserved)


def _refuse(fault: str) -> UploadError:
    return UploadError(f"The address of the feed {fault}.", todo="Check it with whoever runs the feed.")
