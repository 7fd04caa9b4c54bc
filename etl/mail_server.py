"""The settings of the server that takes our mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from etl.addresses import split_address
from etl.errors import SettingsError

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """The server that takes our mail.

    Parameters
    ----------
    is_tls_from_start
        TLS from the first byte (smtps, RFC 8314); otherwise STARTTLS is required, but on this machine itself.
    sender
        Address that mail comes from.
    """

    host: str
    port: int
    sender: str
    is_tls_from_start: bool = False
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail(environ: Mapping[str, str]) -> MailServer | None:
    """Return the mail server of COMMONGROUND_SMTP_URL and COMMONGROUND_MAIL_FROM; none when neither is set.

    Raises
    ------
    SettingsError
        If one of them cannot be used.
    """
    text, sender = environ.get("COMMONGROUND_SMTP_URL", "").strip(), environ.get("COMMONGROUND_MAIL_FROM", "").strip()
    if not text and not sender:
        return None
    parts = split_address(text)
    if parts is None or parts.scheme not in _PORTS:
        # The address may hold a password, so it is not said again.
        what = "COMMONGROUND_SMTP_URL is not the address of a mail server."
        raise SettingsError(what, todo="Write it like smtps://user:password@mail.example.org or smtp://… for STARTTLS.")
    if "@" not in sender:
        raise SettingsError("COMMONGROUND_MAIL_FROM is not an e-mail address.", todo="Set it to where mail comes from.")
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        sender=sender,
        is_tls_from_start=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
