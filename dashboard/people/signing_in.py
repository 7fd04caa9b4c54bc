"""Signing in by OpenID Connect: what Streamlit is told about it, and who somebody is by what the provider says.

See https://openid.net/specs/openid-connect-core-1_0.html: issuer and subject together, and nothing else, name a person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from etl.settings import Settings

PERSON_KEY_LENGTH = 200
# No issuer holds it: an issuer is an address without a fragment.
SEPARATOR = "#"


@dataclass(frozen=True)
class SignedIn:
    """Somebody as their provider describes them.

    Parameters
    ----------
    person_id
        Issuer and subject, joined by SEPARATOR.
    email
        Empty when the provider gives none, or says that it is not theirs.
    """

    person_id: str
    name: str
    email: str


def streamlit_secrets(settings: Settings) -> dict[str, Any]:
    """Return what `st.login` needs; nothing in local mode. It is handed over in memory: no file holds it."""
    sign_in = settings.sharing.sign_in
    if sign_in is None:
        return {}
    return {
        "auth": {
            "redirect_uri": f"{settings.sharing.public_url}/oauth2callback",
            "cookie_secret": sign_in.cookie_secret,
            "client_id": sign_in.client_id,
            "client_secret": sign_in.client_secret,
            "server_metadata_url": sign_in.metadata_url,
        }
    }


def serving_environ(settings: Settings) -> dict[str, str]:
    """Return the environment variables by which Streamlit and its server are told what shared mode asks of them."""
    sharing = settings.sharing
    if sharing.sign_in is None:
        return {}
    name = urlsplit(sharing.public_url).hostname or ""
    return {
        "FORWARDED_ALLOW_IPS": ",".join(sharing.trusted_proxies),
        "STREAMLIT_SERVER_COOKIE_SECRET": sharing.sign_in.cookie_secret,
        "STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS": sharing.public_url,
        "STREAMLIT_SERVER_ENABLE_CORS": "true",
        "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "true",
        "STREAMLIT_BROWSER_SERVER_ADDRESS": name,
        # It would name an address that nobody can open.
        "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",
    }


def signed_in_person(claims: Mapping[str, object]) -> SignedIn | None:
    """Return who the claims of an ID token are about; nobody unless they name an issuer and a subject."""
    issuer, subject = _words(claims, "iss"), _words(claims, "sub")
    if claims.get("is_logged_in") is not True or not issuer or not subject:
        return None
    email = "" if claims.get("email_verified") is False else _words(claims, "email")
    name = _words(claims, "name") or _words(claims, "preferred_username") or email
    return SignedIn(person_id=person_id_of(issuer=issuer, subject=subject), name=name, email=email)


def person_id_of(*, issuer: str, subject: str) -> str:
    """Return the id under which the register knows somebody; a very long subject is named by its SHA-256."""
    person_id = f"{issuer}{SEPARATOR}{subject}"
    if len(person_id) <= PERSON_KEY_LENGTH:
        return person_id
    return f"{issuer[: PERSON_KEY_LENGTH // 2]}{SEPARATOR}sha256:{hashlib.sha256(person_id.encode()).hexdigest()}"


def _words(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) else ""
