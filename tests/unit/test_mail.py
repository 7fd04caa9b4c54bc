"""Mail reaches a real mail server on this machine, encrypted where it must be, and a refusal is a sentence."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dashboard.people import mail
from dashboard.people.invitation import claim_link, write_invitation
from dashboard.people.mail import MailError, send_mail
from etl.mail_server import MailServer
from etl.settings import read_settings
from tests.browser.driving import free_port
from tests.registers import REVIEWER
from tests.shared_mode import SHARED

USER, SECRET = "map", "hush"


class Box:
    """What the server has taken."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.signed_in: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802
        self.messages.append(envelope.content)
        return "250 taken"

    def sign_in(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:  # noqa: ANN401
        assert isinstance(given, LoginPassword)
        is_known = (given.login, given.password) == (USER.encode(), SECRET.encode())
        if is_known:
            self.signed_in.append(given.login.decode())
        return AuthResult(success=is_known, handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate of 127.0.0.1 that nobody but this test trusts, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(encoding))
    return file


def serving(box: Box, **options: Any) -> Controller:  # noqa: ANN401
    return Controller(box, hostname="127.0.0.1", port=free_port(), **options)


@pytest.fixture
def plain() -> Iterator[tuple[Box, MailServer]]:
    """Return a server without encryption, and what it takes."""
    box = Box()
    controller = serving(box)
    controller.start()
    yield box, MailServer(host="127.0.0.1", port=controller.port, sender="map@example.org")
    controller.stop()


def write(server: MailServer, **changes: Any) -> None:  # noqa: ANN401
    send_mail(
        server, **{"to": "gill@example.org", "subject": "Look after “Café”", "text": "Hello,\nhere.\n", **changes}
    )


def test_a_message_reaches_a_server_on_this_machine(plain: tuple[Box, MailServer]) -> None:
    box, server = plain
    write(server)
    (message,) = box.messages
    assert b"To: gill@example.org" in message
    assert b"From: map@example.org" in message
    assert b"Auto-Submitted: auto-generated" in message


def test_a_server_elsewhere_that_does_not_encrypt_gets_nothing(
    plain: tuple[Box, MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, server = plain
    monkeypatch.setattr(mail, "is_loopback", lambda _host: False)
    with pytest.raises(MailError, match="did not take"):
        write(server)
    assert box.messages == []


def test_starttls_comes_before_the_password_and_the_message(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box, ours = Box(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(certificate)
    controller = serving(box, tls_context=ours, require_starttls=True, authenticator=box.sign_in, auth_required=True)
    controller.start()
    monkeypatch.setattr(mail, "is_loopback", lambda _host: False)
    server = MailServer(host="127.0.0.1", port=controller.port, sender="a@b.org", user=USER, password=SECRET)
    try:
        write(server, encryption=ssl.create_default_context(cafile=certificate))
        with pytest.raises(MailError, match="SSLCertVerificationError"):
            write(server)
    finally:
        controller.stop()
    assert box.signed_in == [USER]
    assert len(box.messages) == 1


def test_with_smtps_everything_is_encrypted_from_the_start(certificate: Path) -> None:
    box, ours = Box(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(certificate)
    trusted = ssl.create_default_context(cafile=certificate)
    controller = serving(box, ssl_context=ours)
    # The controller asks itself whether it is up, over encryption that it does not check.
    controller.start()
    server = MailServer(host="127.0.0.1", port=controller.port, sender="a@b.org", is_tls_from_start=True)
    try:
        write(server, encryption=trusted)
    finally:
        controller.stop()
    assert len(box.messages) == 1


def test_a_server_that_is_not_there_is_a_sentence_without_its_password() -> None:
    server = MailServer(host="127.0.0.1", port=free_port(), sender="a@b.org", user=USER, password=SECRET)
    with pytest.raises(MailError) as refused:
        write(server)
    assert "127.0.0.1" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_an_invitation_says_what_it_is_and_holds_its_link_whole() -> None:
    link = claim_link("a-b_c", settings=read_settings(SHARED))
    assert link == "https://map.example.org/claim?token=a-b_c"
    message = write_invitation(
        entry_name="Lunch\r\nBcc: everyone@example.org",
        link=link,
        expires_at=datetime(2026, 3, 11, tzinfo=UTC),
        invited_by=REVIEWER,
    )
    assert "\n" not in message.subject
    assert link in message.text.splitlines()
    assert "until 11 March 2026" in message.text
    assert "Rae, Rae's organisation" in message.text
