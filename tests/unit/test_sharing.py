"""The two modes: what each needs before it starts, and what it refuses by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard import cli
from etl.addresses import is_loopback
from etl.errors import SettingsError
from etl.settings import check_host, read_settings
from etl.sharing import HOW_TO_MAKE_ONE
from tests.command_line import CommandLine
from tests.shared_mode import SHARED

PROVIDER = "COMMONGROUND_OIDC_METADATA_URL"
PUBLIC = "COMMONGROUND_PUBLIC_URL"


def test_with_nothing_set_one_person_on_this_machine_is_served() -> None:
    settings = read_settings({})
    assert not settings.is_shared
    check_host(settings, "127.0.0.1")
    check_host(settings, "localhost")
    check_host(settings, "::1")


EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.0.7", "map.example.org", "localhost.example.org", ""])
def test_local_mode_does_not_listen_for_other_machines(host: str) -> None:
    with pytest.raises(SettingsError, match="COMMONGROUND_MODE=shared"):
        check_host(read_settings({}), host)
    check_host(read_settings(SHARED), host)


def test_no_secret_is_ever_said() -> None:
    secrets = {
        "COMMONGROUND_OIDC_CLIENT_SECRET": "hush-client",
        "COMMONGROUND_COOKIE_SECRET": "hush-cookie-" * 4,
        "COMMONGROUND_SMTP_URL": "smtps://me:hush-mail@mail.example.org",
        "COMMONGROUND_MAIL_FROM": "map@example.org",
        "COMMONGROUND_REGISTER_URL": "postgresql://me:hush-database@db/register",
    }
    settings = read_settings({**SHARED, **secrets})
    assert settings.sharing.mail is not None
    assert settings.sharing.mail.password in secrets["COMMONGROUND_SMTP_URL"]
    assert "hush" not in repr(settings)
    for name in ("COMMONGROUND_SMTP_URL", "COMMONGROUND_REGISTER_URL"):
        with pytest.raises(SettingsError) as refused:
            read_settings({**SHARED, **secrets, name: "gopher://me:hush@host"})
        assert "hush" not in str(refused.value)


@pytest.mark.parametrize("name", [name for name in SHARED if name != "COMMONGROUND_MODE"])
def test_shared_mode_does_not_start_without_sign_in(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({**SHARED, name: " "})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("COMMONGROUND_MODE", "both", "no mode"),
        (PUBLIC, "http://map.example.org", "plain HTTP"),
        (PUBLIC, "map.example.org", "no https:// address"),
        (PUBLIC, "https://map.example.org:port", "no https:// address"),
        (PUBLIC, "https://map.example.org/dashboard", "without a path"),
        (PUBLIC, "https://me@map.example.org", "without a path"),
        (PROVIDER, "http://login.example.org/.well-known/openid-configuration", "plain HTTP"),
        (PROVIDER, "https://login.example.org/", "does not end with"),
        ("COMMONGROUND_COOKIE_SECRET", "short", "fewer than 32"),
        ("COMMONGROUND_TRUSTED_PROXIES", "*", "no list of addresses"),
        ("COMMONGROUND_TRUSTED_PROXIES", "10.0.0.0/99", "no list of addresses"),
        ("COMMONGROUND_SMTP_URL", "mail.example.org", "mail server"),
        ("COMMONGROUND_MAIL_FROM", "map@example.org", "mail server"),
    ],
)
def test_what_shared_mode_cannot_use_is_refused_by_name(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=f"{name}.*{said}|{said}.*{name}|{said}"):
        read_settings({**SHARED, name: value})


def test_mail_needs_a_sender() -> None:
    with pytest.raises(SettingsError, match="COMMONGROUND_MAIL_FROM"):
        read_settings({"COMMONGROUND_SMTP_URL": "smtp://mail.example.org"})


def test_what_is_right_is_taken_as_it_is() -> None:
    sharing = read_settings(
        {
            **SHARED,
            PUBLIC: "HTTPS://Map.example.org/",
            "COMMONGROUND_TRUSTED_PROXIES": "10.0.0.5, 10.1.0.0/16",
            "COMMONGROUND_SMTP_URL": "smtp://a%40b:p%2Fw@mail.example.org",
            "COMMONGROUND_MAIL_FROM": "map@example.org",
        }
    ).sharing
    assert sharing.public_url == "https://map.example.org"
    assert sharing.trusted_proxies == ("10.0.0.5", "10.1.0.0/16")
    assert sharing.mail is not None
    assert (sharing.mail.user, sharing.mail.password, sharing.mail.port) == ("a@b", "p/w", 587)
    assert not sharing.mail.is_tls_from_start
    assert read_settings({**SHARED, PUBLIC: "http://localhost:8501"}).sharing.public_url == "http://localhost:8501"


def test_the_way_to_make_a_secret_that_is_recommended_makes_one_that_is_long_enough() -> None:
    import secrets  # noqa: PLC0415

    assert "secrets.token_urlsafe(48)" in HOW_TO_MAKE_ONE
    read_settings({**SHARED, "COMMONGROUND_COOKIE_SECRET": secrets.token_urlsafe(48)})


def test_this_machine_is_known_by_its_names() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("[::1]")
    assert is_loopback("LOCALHOST.")
    assert not is_loopback("127.0.0.1.nip.io")


def test_serve_refuses_in_one_sentence_on_the_command_line(commonground: CommandLine, tmp_path: Path) -> None:
    done = commonground("serve", "--host", EVERYWHERE, home=tmp_path)
    assert done.returncode == 2
    assert "127.0.0.1 only" in done.stderr
    assert "COMMONGROUND_MODE=shared" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("missing", ["COMMONGROUND_OIDC_CLIENT_ID", PUBLIC])
def test_serve_does_not_start_shared_mode_without_sign_in(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SHARED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(missing)
    done = CliRunner().invoke(cli.app, ["serve"])
    assert isinstance(done.exception, SettingsError)
    assert missing in str(done.exception)


def test_serve_hands_secrets_over_out_of_sight(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []

    def start(command: list[str], *, environ: dict[str, str]) -> int:
        started.append((command, environ))
        return 0

    monkeypatch.setattr(cli, "_run", start)
    for name, value in SHARED.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(cli.app, ["serve", "--host", EVERYWHERE, "--home", str(tmp_path)])
    (command, environ) = started[0]
    assert done.exit_code == 0
    assert SHARED[PUBLIC] in done.output
    secrets = (SHARED["COMMONGROUND_OIDC_CLIENT_SECRET"], SHARED["COMMONGROUND_COOKIE_SECRET"])
    assert not any(secret in word for word in (*command, done.output) for secret in secrets)
    assert environ["STREAMLIT_SERVER_COOKIE_SECRET"] == SHARED["COMMONGROUND_COOKIE_SECRET"]
    assert environ["FORWARDED_ALLOW_IPS"] == "127.0.0.1,::1"
    assert environ["STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS"] == SHARED[PUBLIC]
    assert not list(tmp_path.iterdir()), "no file holds a secret"
    assert set(os.environ) >= set(SHARED)
