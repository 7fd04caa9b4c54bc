"""Who sends a request to one of our own routes, by the cookie that Streamlit's sign-in has set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import AUTH_COOKIE_NAME
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from dashboard.opening import open_register
from dashboard.people.signing_in import signed_in_person
from dashboard.register.actor import THE_PUBLIC, Actor, local_actor
from etl.settings import Settings


def actor_of_request(request: Request, settings: Settings) -> Actor:
    """Return who asks: the one person of local mode, whoever has signed in, or the public."""
    sign_in = settings.sharing.sign_in
    if sign_in is None:
        return local_actor()
    claims = _claims(request, secret=sign_in.cookie_secret, public_url=settings.sharing.public_url)
    person = signed_in_person(claims)
    if person is None:
        return THE_PUBLIC
    actor = open_register(settings).people.actor(person.person_id, name=person.name)
    return replace(actor, name=actor.name or person.name)


def _claims(request: Request, *, secret: str, public_url: str) -> Mapping[str, object]:
    def read_one(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if value is not None else None

    try:
        signed = get_cookie_with_chunks(read_one, AUTH_COOKIE_NAME)
        claims = json.loads(signed) if signed else {}
    except (ValueError, UnicodeError):
        return {}
    # The cookie says for which address it was given; one of another address is not ours.
    return claims if isinstance(claims, dict) and claims.get("origin") == public_url else {}
