"""What shared mode needs: where people reach the dashboard, and who says who they are."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult

from etl.addresses import is_loopback, split_address
from etl.errors import SettingsError
from etl.mail_server import MailServer, read_mail

DISCOVERY_PATH = "/.well-known/openid-configuration"
SHORTEST_COOKIE_SECRET = 32
HOW_TO_MAKE_ONE = 'python -c "import secrets; print(secrets.token_urlsafe(48))"'
GUIDE = "See “Sign-in” in docs/running.md."
_SIGN_IN_NAMES = (
    "COMMONGROUND_PUBLIC_URL",
    "COMMONGROUND_OIDC_METADATA_URL",
    "COMMONGROUND_OIDC_CLIENT_ID",
    "COMMONGROUND_OIDC_CLIENT_SECRET",
    "COMMONGROUND_COOKIE_SECRET",
)


class Mode(StrEnum):
    """Who the dashboard is for."""

    LOCAL = "local"
    SHARED = "shared"


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """The OpenID Connect provider that says who somebody is.

    Parameters
    ----------
    metadata_url
        Address of the provider's discovery document (OpenID Connect Discovery 1.0).
    cookie_secret
        Signs the cookie that says who is signed in.
    """

    metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)
    cookie_secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """The mode, and what shared mode needs; nothing of it is set in local mode but, perhaps, mail.

    Parameters
    ----------
    public_url
        Where people reach the dashboard: scheme and host name, without a path.
    trusted_proxies
        Addresses or networks whose word is taken on who asks, and over what (X-Forwarded-For, X-Forwarded-Proto).
    """

    mode: Mode = Mode.LOCAL
    public_url: str = ""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    sign_in: SignIn | None = None
    mail: MailServer | None = None


ALONE = Sharing()


def read_sharing(environ: Mapping[str, str]) -> Sharing:
    """Return the mode and what it needs.

    Raises
    ------
    SettingsError
        If shared mode lacks a way to sign in, or would send what is private over plain HTTP.
    """
    text = environ.get("COMMONGROUND_MODE", "").strip().lower() or Mode.LOCAL
    if text not in set(Mode):
        todo = "Set it to local (one person on this machine) or shared (people sign in)."
        raise SettingsError(f"COMMONGROUND_MODE is “{text}”, which is no mode.", todo=todo)
    mail = read_mail(environ)
    if text == Mode.LOCAL:
        return Sharing(mail=mail)
    missing = [name for name in _SIGN_IN_NAMES if not environ.get(name, "").strip()]
    if missing:
        what = f"Shared mode does not start without sign-in, and these are not set: {', '.join(missing)}."
        raise SettingsError(what, todo=GUIDE)
    return Sharing(
        mode=Mode.SHARED,
        public_url=_read_public_url(environ),
        trusted_proxies=_read_proxies(environ),
        sign_in=_read_sign_in(environ),
        mail=mail,
    )


def _read_public_url(environ: Mapping[str, str]) -> str:
    name = "COMMONGROUND_PUBLIC_URL"
    parts = _split_web_address(environ, name)
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        what = f"{name} must be a bare address, without a path behind the host name."
        raise SettingsError(
            what, todo="Give the dashboard a host name of its own, for example https://map.example.org."
        )
    return f"{parts.scheme}://{parts.netloc}".lower()


def _read_proxies(environ: Mapping[str, str]) -> tuple[str, ...]:
    name = "COMMONGROUND_TRUSTED_PROXIES"
    listed = environ.get(name, "").strip()
    if not listed:
        return ALONE.trusted_proxies
    proxies = tuple(one.strip() for one in listed.split(","))
    try:
        return tuple(
            str(ipaddress.ip_network(one)) if "/" in one else str(ipaddress.ip_address(one)) for one in proxies
        )
    except ValueError as error:
        todo = "List the addresses or networks of your proxies, for example 10.0.0.5,10.1.0.0/16."
        raise SettingsError(f"{name} is “{listed}”, which is no list of addresses.", todo=todo) from error


def _read_sign_in(environ: Mapping[str, str]) -> SignIn:
    name = "COMMONGROUND_OIDC_METADATA_URL"
    metadata_url = _split_web_address(environ, name).geturl()
    if not metadata_url.endswith(DISCOVERY_PATH):
        raise SettingsError(f"{name} does not end with {DISCOVERY_PATH}.", todo=GUIDE)
    cookie_secret = environ["COMMONGROUND_COOKIE_SECRET"].strip()
    if len(cookie_secret) < SHORTEST_COOKIE_SECRET:
        what = f"COMMONGROUND_COOKIE_SECRET has fewer than {SHORTEST_COOKIE_SECRET} characters."
        raise SettingsError(what, todo=f"Make one with: {HOW_TO_MAKE_ONE}")
    return SignIn(
        metadata_url=metadata_url,
        client_id=environ["COMMONGROUND_OIDC_CLIENT_ID"].strip(),
        client_secret=environ["COMMONGROUND_OIDC_CLIENT_SECRET"].strip(),
        cookie_secret=cookie_secret,
    )


def _split_web_address(environ: Mapping[str, str], name: str) -> SplitResult:
    """Return the parts of an address that must be https, but on this machine itself."""
    text = environ[name].strip()
    parts = split_address(text)
    if parts is None or parts.scheme not in {"http", "https"}:
        raise SettingsError(f"{name} is “{text}”, which is no https:// address.", todo=GUIDE)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        what = f"{name} is “{text}”: over plain HTTP, anyone on the way could read and change what people send."
        raise SettingsError(what, todo="Use an https:// address; a proxy in front can do the encryption. " + GUIDE)
    return parts
