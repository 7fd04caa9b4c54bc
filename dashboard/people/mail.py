"""Mail: one plain message to one person, encrypted on the way."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from etl.addresses import is_loopback
from etl.errors import CommonGroundError
from etl.mail_server import MailServer

LONGEST_TALK_S = 20


class MailError(CommonGroundError):
    """A message that the mail server did not take."""

    exit_code = 15


def send_mail(
    server: MailServer, *, to: str, subject: str, text: str, encryption: ssl.SSLContext | None = None
) -> None:
    """Send a message; over anything but this machine itself only when it is encrypted.

    Parameters
    ----------
    to
        One e-mail address.
    encryption
        What to trust; the authorities that this machine trusts when none is given.

    Raises
    ------
    MailError
        If the server cannot be reached, does not encrypt, or does not take the message.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    trusted = encryption or ssl.create_default_context()
    try:
        with _connect(server, trusted) as connection:
            if not server.is_tls_from_start and not is_loopback(server.host):
                connection.starttls(context=trusted)
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        what = f"The mail server at {server.host} did not take the message ({type(error).__name__})."
        raise MailError(what, todo="Try again later, or pass the words on in another way.") from error


def _connect(server: MailServer, trusted: ssl.SSLContext) -> smtplib.SMTP:
    if server.is_tls_from_start:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=LONGEST_TALK_S, context=trusted)
    return smtplib.SMTP(server.host, server.port, timeout=LONGEST_TALK_S)
