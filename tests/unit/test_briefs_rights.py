"""Who gets which brief: areas and plans of people's own, what is for partners only, and who asks by their cookie."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from itsdangerous import TimestampSigner
from starlette.applications import Starlette
from streamlit.web.server.server_util import AUTH_COOKIE_NAME
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.api.briefs import brief_routes
from dashboard.briefs.errors import BriefError
from dashboard.briefs.many.batch import Batch
from dashboard.briefs.many.jobs import Jobs, State
from dashboard.briefs.many.zipping import write_many
from dashboard.briefs.options import FORMATS, BriefOptions
from dashboard.people.signing_in import person_id_of
from dashboard.planning.state import Plan, make_site
from dashboard.register.actor import Actor, Role
from dashboard.register.model import Asset, Audience, Place, Precision
from dashboard.register.piece import Sharing
from dashboard.register.story import Consent, Story
from etl.settings import read_settings
from tests.briefs import ME, PARTNER_WORDS, SmallOffice
from tests.registers import PARTNER
from tests.shared_mode import SHARED
from tests.unit.brief_command import run_brief
from tests.unit.page_scripts import open_page, words_of
from tests.unit.small_snapshot import LADS, LSOAS, WARDS
from tests.web import Client

ISSUER = "https://login.example.org/tenant/v2.0"
HERE = SHARED["COMMONGROUND_PUBLIC_URL"]
SECRET = SHARED["COMMONGROUND_COOKIE_SECRET"]
PAT = Actor(
    actor_id=person_id_of(issuer=ISSUER, subject="pat"), name="Pat", roles=frozenset({Role.PUBLIC, Role.PARTNER})
)
ONLY_PARTNERS = "For partners only"


@pytest.fixture(scope="module")
def shared(small_office: SmallOffice) -> Client:
    """Return what asks a dashboard in shared mode over the office's snapshot and register; Pat is a partner."""
    small_office.register.people.set_rights(PAT, actor=ME)
    settings = read_settings(SHARED, home=small_office.settings.home)
    assert settings.register_url == small_office.settings.register_url
    return Client(Starlette(routes=brief_routes(settings, most_a_minute=1_000)))


def cookie_of(subject: str, *, secret: str = SECRET, origin: str = HERE) -> dict[str, str]:
    claims = {"is_logged_in": True, "iss": ISSUER, "sub": subject, "origin": origin}
    return {
        "Cookie": f"{AUTH_COOKIE_NAME}={create_signed_value(secret, AUTH_COOKIE_NAME, json.dumps(claims)).decode()}"
    }


def old_cookie_of(subject: str) -> dict[str, str]:
    with patch.object(TimestampSigner, "get_timestamp", lambda _self: 1_600_000_000):
        return cookie_of(subject)


# Who asks.
def test_a_partner_who_has_signed_in_gets_partners_words_only_when_asked_for(shared: Client) -> None:
    asked = shared.get(f"/briefs/{WARDS[0]}.html?partners=1", headers=cookie_of("pat")).text
    assert PARTNER_WORDS in asked
    assert ONLY_PARTNERS in asked
    plain = shared.get(f"/briefs/{WARDS[0]}.html", headers=cookie_of("pat")).text
    assert PARTNER_WORDS not in plain
    assert ONLY_PARTNERS not in plain


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cookie": f"{AUTH_COOKIE_NAME}=nonsense"},
        cookie_of("pat", secret="another-secret-of-the-same-length"),  # noqa: S106 - the secret is wrong on purpose
        cookie_of("pat", origin="https://elsewhere.example.org"),
        old_cookie_of("pat"),
        cookie_of("somebody without a role"),
    ],
    ids=["none", "nonsense", "forged", "of another address", "expired", "without a role"],
)
def test_everybody_else_gets_the_public_brief_whatever_they_ask_for(headers: dict[str, str], shared: Client) -> None:
    reply = shared.get(f"/briefs/{WARDS[0]}.html?partners=1", headers=headers)
    assert reply.status_code == 200
    assert PARTNER_WORDS not in reply.text
    assert ONLY_PARTNERS not in reply.text


@pytest.mark.parametrize("kind", ["html", "zip"])
def test_a_story_that_is_taken_back_is_in_no_brief_from_then_on(
    kind: str, small_office: SmallOffice, shared: Client
) -> None:
    words = f"Soon taken back from the {kind}."
    consent = Consent(recorded_by="Rae", recorded_on=date(2026, 3, 1), audience=Audience.PUBLIC)
    story = Story(title="Soon gone", words=words, consent=consent, area_code=WARDS[1])
    stories = small_office.register.stories
    story_id = stories.add(story, actor=ME).story.story_id
    stories.publish(story_id, version=1, actor=ME)
    address = f"/briefs/{WARDS[1]}.{kind}"
    assert words in told_by(shared.get(address).content, kind)
    stories.end_consent(story_id, actor=ME)
    assert words not in told_by(shared.get(address).content, kind)


def told_by(content: bytes, kind: str) -> str:
    """Return the words of a brief as a page, or of the table of stories in its data pack."""
    if kind == "html":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("stories.csv").decode() if "stories.csv" in packed.namelist() else ""


def test_what_was_withdrawn_since_the_load_is_in_no_brief(small_office: SmallOffice) -> None:
    def names() -> list[str]:
        assets = small_office.brief(WARDS[0]).assets
        return [line.name for line in assets.lines] if assets else []

    assert "Repair café" in names()
    place = Place(precision=Precision.EXACT, lsoa21_code=LSOAS[0])
    loaded = Asset(asset_id="a1", name="Repair café", kind="digital_hub", place=place)
    small_office.register.entries.add(loaded, actor=ME)
    assert names().count("Repair café") == 1
    small_office.register.entries.withdraw("a1", actor=ME)
    assert "Repair café" not in names()


@pytest.mark.parametrize("what", ["story", "entry"])
def test_finished_briefs_go_when_a_story_or_an_entry_is_taken_back(what: str, small_office: SmallOffice) -> None:
    register = small_office.register
    consent = Consent(recorded_by="Rae", recorded_on=date(2026, 3, 1), audience=Audience.PUBLIC)
    story = Story(title="Soon gone", words="Soon gone.", consent=consent, area_code=WARDS[1])
    story_id = register.stories.add(story, actor=ME).story.story_id
    asset = Asset(name="Soon gone", kind="digital_hub", service_areas=(WARDS[1],))
    asset_id = register.entries.add(asset, actor=ME).asset.asset_id
    options = BriefOptions(sections=("figures",))
    batch = Batch(settings=small_office.settings, snapshot=small_office.repository.path, title="One", kinds=("html",),
                  codes=(WARDS[1],), options=options, actor=ME)  # fmt: skip
    jobs, waiting = Jobs(), threading.Event()
    job = jobs.start(batch)
    while job.state is State.RUNNING:
        waiting.wait(0.05)
    assert jobs.find(job.job_id, actor=ME) is job
    assert jobs.read(job) == job.target.read_bytes()
    assert jobs.find(job.job_id, actor=replace(ME, roles=frozenset({Role.PUBLIC}))) is None, "their rights were others"
    if what == "story":
        register.stories.end_consent(story_id, actor=ME)
    else:
        register.entries.withdraw(asset_id, actor=ME)
    with pytest.raises(BriefError, match="no longer kept"):
        jobs.read(job)
    assert jobs.find(job.job_id, actor=ME) is None
    assert not job.target.exists()


# Areas of people's own.
@pytest.mark.parametrize("kind", FORMATS)
def test_an_own_area_has_an_address_in_every_format(kind: str, small_office: SmallOffice, shared: Client) -> None:
    reply = shared.get(f"/briefs/{small_office.own_area}.{kind}")
    assert reply.status_code == 200
    assert f'filename="{small_office.own_area}-brief.{kind}"' in reply.headers["content-disposition"]


def test_a_private_own_area_has_a_brief_for_its_owner_alone_and_none_once_it_is_deleted(
    small_office: SmallOffice, shared: Client
) -> None:
    mine = small_office.keep_area("Pat's own patch", audience=Sharing.PRIVATE, actor=PAT)
    seen = shared.get(f"/briefs/{mine}.html", headers=cookie_of("pat"))
    assert "Pat's own patch" in seen.text.replace("&#39;", "'")
    assert ONLY_PARTNERS in seen.text
    # It has been taken in for Pat by now; others are refused all the same.
    for kind in FORMATS:
        reply = shared.get(f"/briefs/{mine}.{kind}")
        assert (reply.status_code, "own patch" in reply.text) == (404, False)
    small_office.register.kept.remove(mine.removeprefix("custom-"), actor=PAT)
    gone = shared.get(f"/briefs/{mine}.html", headers=cookie_of("pat"))
    assert gone.status_code == 404
    assert "may have been deleted" in gone.text


def test_the_command_briefs_an_own_area_and_its_neighbourhoods_and_refuses_a_deleted_one(
    small_office: SmallOffice, tmp_path: Path
) -> None:
    settings = small_office.settings
    kept = small_office.keep_area("Soon gone", audience=Sharing.PRIVATE)
    said, _ = run_brief(kept, "--format", "html,docx,pdf,zip", "--out", str(tmp_path), settings=settings)
    assert "Wrote 4 files" in said
    assert {path.name for path in tmp_path.iterdir()} == {f"{kept}-brief.{kind}" for kind in FORMATS}
    every = ("--every", "lsoa", "--in", kept, "--format", "html", "--sections", "figures", "--out", str(tmp_path))
    said, _ = run_brief(*every, settings=settings)
    assert "briefs of 3 areas" in said
    small_office.register.kept.remove(kept.removeprefix("custom-"), actor=ME)
    for arguments in ((kept,), every):
        _, refusal = run_brief(*arguments, settings=settings)
        assert "may have been deleted" in str(refusal)


def test_the_page_briefs_an_own_area_finds_it_by_name_and_says_when_it_is_gone(small_office: SmallOffice) -> None:
    settings = small_office.settings
    kept = small_office.keep_area("Riverside *team*", audience=Sharing.PARTNERS)
    page = open_page("briefs", settings, area=kept)
    assert not page.exception
    assert page.subheader[0].value == r"Riverside \*team\*"
    assert "for partners only" in words_of(page)
    assert "The first of" in words_of(page)
    page.text_input(key="brief_search").set_value("riverside *t").run()
    assert not page.exception
    small_office.register.kept.remove(kept.removeprefix("custom-"), actor=ME)
    gone = open_page("briefs", settings, area=kept)
    assert not gone.exception
    assert "not there any more" in words_of(gone)


# Plans.
def test_a_saved_plan_has_a_brief_of_its_own_in_every_way_of_asking(
    small_office: SmallOffice, shared: Client, tmp_path: Path
) -> None:
    plan = Plan(within=LADS[0], sites=(make_site(0.0, 52.0),))
    plan_id = small_office.keep_plan(plan, audience=Sharing.PUBLIC, title="A café by the river")
    reply = shared.get(f"/briefs/plan-{plan_id}.html")
    assert reply.status_code == 200
    assert f'filename="plan-{plan_id}-brief.html"' in reply.headers["content-disposition"]
    for words in ("A café by the river", "A plan for Alton", "would newly bring", f"/plan?plan={plan_id}"):
        assert words in reply.text
    said, _ = run_brief(
        f"PLAN-{plan_id}", "--format", "pdf,zip", "--out", str(tmp_path), settings=small_office.settings
    )
    assert "Wrote 2 files" in said
    with zipfile.ZipFile(tmp_path / f"plan-{plan_id}-brief.zip") as packed:
        assert "A café by the river (Alton, E07000001)" in packed.read("README.txt").decode()
    page = open_page("briefs", small_office.settings, plan=plan_id)
    assert not page.exception
    assert page.subheader[0].value == "A café by the river"
    assert "The first of" in words_of(page)


def test_a_plan_or_the_area_it_is_for_is_shown_to_nobody_who_may_not_see_it(
    small_office: SmallOffice, shared: Client
) -> None:
    hidden = small_office.keep_area("Hush hush", audience=Sharing.PRIVATE)
    small_office.brief(hidden, actor=ME)
    open_plan = small_office.keep_plan(Plan(within=hidden), audience=Sharing.PUBLIC)
    partners = small_office.keep_plan(Plan(), audience=Sharing.PARTNERS)
    for plan_id in (open_plan, partners, "gone"):
        reply = shared.get(f"/briefs/plan-{plan_id}.html")
        assert (reply.status_code, "Hush" in reply.text) == (404, False)
    with patch("dashboard.components.visit.local_actor", lambda: PARTNER):
        page = open_page("briefs", small_office.settings, plan=open_plan)
    assert not page.exception
    assert "There is no area" in words_of(page)
    assert "Hush" not in words_of(page)


@pytest.mark.parametrize("audience", Sharing)
def test_only_what_everyone_may_see_makes_a_brief_for_everyone(audience: Sharing, small_office: SmallOffice) -> None:
    kept = small_office.keep_area(f"For {audience}", audience=audience)
    assert small_office.brief(kept, actor=ME).is_partners_only == (audience is not Sharing.PUBLIC)


# Many at once.
@pytest.mark.parametrize("wants", [True, False])
def test_the_contents_page_says_that_what_it_lists_is_for_partners_only(
    *, wants: bool, small_office: SmallOffice, tmp_path: Path
) -> None:
    batch = Batch(
        settings=small_office.settings,
        snapshot=small_office.repository.path,
        title="Two wards",
        codes=WARDS[:2],
        kinds=("html",),
        options=BriefOptions(sections=("figures",), wants_partners_only=wants),
        actor=ME,
    )
    write_many(batch, target=tmp_path / "many.zip")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "many.zip").read_bytes())) as packed:
        pages = [packed.read(name).decode() for name in packed.namelist()]
    assert len(pages) == 3
    # On the screen and on paper.
    assert all(page.count(ONLY_PARTNERS) >= 2 if wants else ONLY_PARTNERS not in page for page in pages)
