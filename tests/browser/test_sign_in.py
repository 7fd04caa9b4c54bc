"""Signing in and out with a real provider, and what each person then sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

from dashboard.opening import open_register
from dashboard.people.signing_in import person_id_of
from dashboard.register.actor import local_actor
from dashboard.register.register import Register
from etl.settings import PROJECT
from tests.browser.barriers import assert_nobody_is_kept_out
from tests.browser.driving import free_port, running_server
from tests.browser.provider import running_provider
from tests.registers import LUNCH_CLUB
from tests.shared_mode import SHARED
from tests.unit.small_snapshot import make_home

# What a provider says of somebody may be what they typed there themselves.
PAT = {"sub": "pat", "name": "Pat <img src=x onerror=pwned=1> ${pwned=1}", "email": "pat@example.org"}
BITING = replace(LUNCH_CLUB, name="<img src=x onerror=pwned=1>${pwned=1} Lunch Club")


@dataclass(frozen=True)
class Shared:
    """A dashboard in shared mode, its register, and the id of the one person whom its provider knows."""

    address: str
    register: Register
    person_id: str


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    settings = make_home(tmp_path)
    port = free_port()
    with running_provider(PAT) as issuer:
        environ = {
            **SHARED,
            "COMMONGROUND_HOME": str(settings.home),
            "COMMONGROUND_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "COMMONGROUND_OIDC_METADATA_URL": f"{issuer}/.well-known/openid-configuration",
        }
        with running_server(PROJECT / "dashboard" / "app.py", environ=environ, port=port) as address:
            yield Shared(address, open_register(settings), person_id_of(issuer=issuer, subject=PAT["sub"]))


def test_a_person_signs_in_sees_their_rights_takes_up_an_invitation_and_signs_out(page: Page, shared: Shared) -> None:
    sign_in = page.get_by_role("button", name="Sign in").first
    closed = page.get_by_role("heading", name="Not everyone may open this page")
    me = page.get_by_role("button", name=PAT["name"])

    with pytest.raises(HTTPError, match="403"):
        urlopen(Request(shared.address, headers={"Host": "evil.example"}), timeout=30)  # noqa: S310
    page.goto(f"{shared.address}/people?part=Settings")
    closed.wait_for()
    assert page.get_by_role("button", name="Save settings").count() == 0

    asset_id = shared.register.entries.add(BITING, actor=local_actor()).asset.asset_id
    token = shared.register.claims.invite(asset_id, actor=local_actor(), days=7).token
    page.goto(f"{shared.address}/claim?token={token}")
    page.get_by_text(f"look after {BITING.name}").wait_for()
    sign_in.click()
    page.get_by_role("button", name=PAT["sub"], exact=True).click()
    me.wait_for()
    assert page.url == f"{shared.address}/claim?token={token}"
    page.get_by_role("button", name="Look after this entry").click()
    page.get_by_text(f"You look after {BITING.name} now").wait_for()
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert token not in page.url

    cookie = next(one for one in page.context.cookies() if one["name"] == "_streamlit_user")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")

    page.goto(f"{shared.address}/people?part=Settings")
    closed.wait_for()
    me.click()
    page.get_by_text("You see what is public").wait_for()
    page.get_by_text(PAT["email"]).wait_for()
    assert shared.register.people.add_first_admin(shared.person_id)
    page.goto(f"{shared.address}/people")
    page.get_by_role("combobox", name="Whose rights").wait_for()
    assert_nobody_is_kept_out(page)
    me.click()
    page.get_by_text("Administrator: you can").wait_for()
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert page.locator("[onerror]").count() == 0

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    sign_in.wait_for()
    assert not any(one["name"].startswith("_streamlit_user") for one in page.context.cookies())
    page.goto(f"{shared.address}/people?part=Settings")
    closed.wait_for()
