"""People and settings, and invitations, as those who may and those who may not see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard import cli
from dashboard.components.frame import fragment
from dashboard.components.links import CLAIM, PEOPLE
from dashboard.components.people.choice import label_people
from dashboard.components.people.terms import term_id_of
from dashboard.components.plan.link import PlanLink
from dashboard.components.visit import Visit
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC, Actor, Role, local_actor
from dashboard.register.errors import RegisterError
from dashboard.register.register import Register
from dashboard.register.taxonomy import ID_PATTERN
from etl.settings import Settings, read_settings
from tests.browser.driving import free_port
from tests.registers import LUNCH_CLUB, PARTNER, REVIEWER, someone
from tests.shared_mode import SHARED
from tests.unit.page_scripts import LONGEST_RUN_S, words_of
from tests.unit.small_snapshot import LADS, make_home
from tests.unit.test_mail import Box

ISSUER = "https://login.example.org"
ADA, GILL, RAE = f"{ISSUER}#ada", f"{ISSUER}#gill", f"{ISSUER}#rae"
PAGE = """
import os

from dashboard.components.filters import Filters
from dashboard.components.frame import refusals_shown
from dashboard.components.visit import open_visit, whoever_asks
from dashboard.components.visitor import show_closed_page, show_visitor
from dashboard.components.people.claim_invite import show_invite
from dashboard.pages import claim, people
from dashboard.register.query import Query
from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import read_settings

settings = read_settings(os.environ)
repository = open_repository(current_snapshot(settings))
with refusals_shown():
    show_visitor(whoever_asks(settings), repository, settings=settings)
    {part}
"""
PEOPLE_PAGE = "people.render(repository, Filters(), settings=settings)"
CLAIM_PAGE = "claim.render(repository, Filters(), settings=settings)"
INVITE = """visit = open_visit(settings)
    show_invite(visit, visit.register.finding.find_all(Query(), actor=visit.actor)[0], settings=settings)"""


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the snapshots of the small home, written once."""
    return make_home(tmp_path_factory.mktemp("small")).snapshots_dir


@pytest.fixture
def home(tmp_path: Path, snapshots: Path) -> Path:
    """Return a home with those snapshots and no register yet."""
    (tmp_path / "snapshots").symlink_to(snapshots)
    return tmp_path


@pytest.fixture
def shared(home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of a home in shared mode with an admin, which the environment names too."""
    for name, value in {**SHARED, "COMMONGROUND_HOME": str(home)}.items():
        monkeypatch.setenv(name, value)
    settings = read_settings({**SHARED}, home=home)
    open_register(settings).people.add_first_admin(ADA)
    return settings


@pytest.fixture
def register(shared: Settings) -> Register:
    return open_register(shared)


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what makes somebody be signed in from now on; an empty name for nobody."""

    def sign_in(name: str) -> None:
        claims = {"is_logged_in": True, "iss": ISSUER, "sub": name.lower(), "name": name, "email": f"{name}@x.org"}
        monkeypatch.setattr("dashboard.components.visit.claims_of_visitor", lambda: claims if name else {})

    return sign_in


def show(part: str, /, **query: str) -> AppTest:
    page = AppTest.from_string(PAGE.format(part=part), default_timeout=LONGEST_RUN_S)
    for name, text in query.items():
        page.query_params[name] = text
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def code_of(page: AppTest) -> str:
    return "\n".join(block.value for block in page.code)


def give(register: Register, name: str, *roles: Role, areas: tuple[str, ...] = ()) -> None:
    actor = replace(someone(name, *roles, areas=areas), actor_id=f"{ISSUER}#{name.lower()}")
    register.people.set_rights(actor, actor=local_actor())


def test_the_public_is_offered_to_sign_in_and_nothing_else(shared: Settings, signed_in: Callable[[str], None]) -> None:
    signed_in("")
    page = show("show_closed_page(repository, Filters(), settings=settings)")
    assert [button.label for button in page.button] == ["Sign in", "Sign in"]
    assert "Sign in, and you come back" in words_of(page)
    assert shared.is_shared


def test_in_local_mode_nobody_signs_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONGROUND_HOME", str(home))
    page = show(PEOPLE_PAGE)
    assert not page.exception
    assert "one person has every role" in words_of(page)
    assert "needs an invitation" in words_of(show(CLAIM_PAGE))
    open_register(read_settings({}, home=home)).entries.add(LUNCH_CLUB, actor=local_actor())
    assert not show(INVITE).expander


def test_the_page_of_people_is_in_the_menu_of_admins_only() -> None:
    closed_to = (THE_PUBLIC, PARTNER, REVIEWER)
    assert not any(PEOPLE.is_open_to(one) for one in closed_to)
    assert PEOPLE.is_open_to(local_actor())
    assert all(CLAIM.is_open_to(one) for one in closed_to)
    assert not CLAIM.is_listed


@pytest.mark.parametrize("role", ["", Role.PARTNER, Role.REVIEWER])
def test_whoever_opens_the_page_without_being_admin_is_refused_by_the_register(
    role: str, register: Register, signed_in: Callable[[str], None]
) -> None:
    if role:
        give(register, "Rae", Role(role))
    signed_in("Rae" if role else "")
    page = show(PEOPLE_PAGE)
    assert "You may not give people roles" in words_of(page)
    assert not page.dataframe
    page = press(show(PEOPLE_PAGE, part="Settings"), "Save settings")
    assert "You may not change settings" in words_of(page)


def test_a_part_of_a_page_that_is_shown_anew_alone_has_the_rights_of_that_moment(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Streamlit keeps what a part was handed when the whole page was shown, and calls it with that again and again.
    monkeypatch.setattr("streamlit.fragment", lambda part: part)
    give(register, "Rae", Role.PARTNER, Role.ADMIN)
    visit = Visit(register, register.people.actor(RAE))
    seen: list[Actor] = []

    @fragment
    def part(one: Visit, *, other: Visit) -> None:
        seen.extend((one.actor, other.actor))

    part(visit, other=visit)
    assert seen == [visit.actor, visit.actor]
    give(register, "Rae", Role.PARTNER)
    part(visit, other=visit)
    assert {frozenset({Role.PUBLIC, Role.PARTNER})} == {one.roles for one in (*seen[2:], PlanLink(visit).visit.actor)}
    for actor in (THE_PUBLIC, local_actor()):
        assert Visit(register, actor).now().actor == actor


def test_somebody_new_asks_for_rights_and_gets_them_for_one_district(
    register: Register, signed_in: Callable[[str], None]
) -> None:
    signed_in("Gill")
    page = show("pass")
    assert "You see what is public" in words_of(page)
    assert GILL in code_of(page)
    page.text_input[0].set_value("Alton CVS")
    assert "You have asked for rights" in words_of(press(page, "Ask for rights"))
    signed_in("Ada")
    page = press(show(PEOPLE_PAGE), "Choose rights")
    assert "Gill@x.org" in words_of(page)
    next(box for box in page.checkbox if box.label.startswith("Reviewer")).check()
    page.radio[0].set_value("Only in these areas")
    page = press(page, "Save rights")
    assert "Choose the areas" in words_of(page)
    page.multiselect[0].set_value([LADS[0]])
    page.radio[0].set_value("Everywhere")
    page = press(page, "Save rights")
    assert "You chose areas as well as" in words_of(page)
    assert Role.REVIEWER not in register.people.actor(GILL).roles
    page.radio[0].set_value("Only in these areas")
    press(page, "Save rights")
    given = register.people.actor(GILL)
    assert given.roles == {Role.PUBLIC, Role.REVIEWER}
    assert given.areas == {LADS[0]}
    assert given.organisation == "Alton CVS"
    assert not register.asking.has_asked(actor=given)
    signed_in("Gill")
    assert "Reviewer: you can publish" in words_of(show("pass"))
    assert "in Alton" in words_of(show("pass"))


def test_an_admin_known_by_an_id_alone_is_named_at_their_first_visit(
    register: Register, signed_in: Callable[[str], None]
) -> None:
    signed_in("Ada")
    assert "Administrator: you can" in words_of(show("pass"))
    assert register.people.actor(ADA).name == "Ada"


def test_who_asks_can_be_declined_and_who_is_known_forgotten(
    register: Register, signed_in: Callable[[str], None]
) -> None:
    give(register, "Rae", Role.REVIEWER)
    register.asking.ask(organisation="Nowhere", email="", actor=Actor(actor_id=GILL, name="[Gill](//x)"))
    signed_in("Ada")
    page = show(PEOPLE_PAGE)
    assert {button.help for button in page.button if button.label in {"Choose rights", "Decline"}} == {
        "Give rights to \\[Gill\\]\\(//x\\)", "Forget that \\[Gill\\]\\(//x\\) asked",
    }  # fmt: skip
    page = press(page, "Decline")
    assert register.asking.everyone(actor=local_actor()) == ()
    page.selectbox[0].select(RAE).run()
    next(box for box in page.checkbox if box.label == "I am sure").check().run()
    press(page, "Forget for good")
    assert register.people.actor(RAE).roles == {Role.PUBLIC}


def test_two_people_of_one_name_are_told_apart() -> None:
    people = {one: Actor(actor_id=one, name="Pat") for one in (GILL, RAE)} | {ADA: Actor(actor_id=ADA)}
    labels = label_people(people)
    assert len(set(labels.values())) == 3
    assert labels[ADA] == ADA


def test_an_admin_changes_settings(register: Register, signed_in: Callable[[str], None]) -> None:
    signed_in("Ada")
    page = show(PEOPLE_PAGE, part="Settings")
    next(box for box in page.number_input if "invitation" in box.label).set_value(3)
    press(page, "Save settings")
    assert register.settings.read().claim_days == 3


def test_an_admin_adds_renames_and_retires_a_word(register: Register, signed_in: Callable[[str], None]) -> None:
    signed_in("Ada")
    page = show(PEOPLE_PAGE, part="Lists of words")
    page.text_input[0].set_value("Repair café")
    page = press(page, "Save the word")
    assert register.settings.taxonomy().name_of("kinds", "repair_cafe") == "Repair café"
    page.text_input[0].set_value("Repair café")
    assert "in this list already" in words_of(press(page, "Save the word"))
    page = show(PEOPLE_PAGE, part="Lists of words")
    page.selectbox[1].select("repair_cafe").run()
    page.text_input[0].set_value("Repair shop")
    next(box for box in page.checkbox if box.label.startswith("No longer")).check()
    press(page, "Save the word")
    term = register.settings.taxonomy().terms["kinds"]["repair_cafe"]
    assert (term.name, term.is_retired) == ("Repair shop", True)


def test_a_language_has_the_code_that_the_standard_gives_it_and_an_offer_its_broader_word(
    register: Register, signed_in: Callable[[str], None]
) -> None:
    signed_in("Ada")
    page = show(PEOPLE_PAGE, part="Lists of words")
    page.selectbox[0].select("languages").run()
    page.text_input[0].set_value("Cornish")
    page.text_input[2].set_value("kw")
    press(page, "Save the word")
    assert register.settings.taxonomy().name_of("languages", "kw") == "Cornish"
    page.selectbox[0].select("offers").run()
    page.text_input[0].set_value("Printing")
    next(box for box in page.selectbox if box.label == "Part of").select("digital_help")
    press(page, "Save the word")
    assert register.settings.taxonomy().terms["offers"]["printing"].within == "digital_help"


def test_the_id_of_a_word_is_its_name_made_plain() -> None:
    assert term_id_of("  Men's Shed & Co. ") == "men_s_shed_co"
    assert len(term_id_of("a" * 100)) == 64
    assert term_id_of("Café au lait") == "cafe_au_lait"
    assert term_id_of(" ") == ""


@pytest.mark.parametrize("name", ["3D printing", "中文", "Χορός", "a" * 64, "5" * 64, "中" * 200])
def test_every_name_of_a_word_makes_an_id_that_the_register_takes(name: str) -> None:
    assert ID_PATTERN.fullmatch(term_id_of(name))


def test_names_in_other_letters_have_ids_of_their_own() -> None:
    assert len({term_id_of(name) for name in ("中文", "日本語", "Χορός")}) == 3


def invite(register: Register) -> str:
    asset_id = register.entries.add(LUNCH_CLUB, actor=local_actor()).asset.asset_id
    return register.claims.invite(asset_id, actor=local_actor(), days=7).token


def test_an_invitation_is_taken_up_once_after_signing_in(register: Register, signed_in: Callable[[str], None]) -> None:
    token = invite(register)
    signed_in("")
    page = show(CLAIM_PAGE, token=token)
    assert "invited to look after **Northtown Lunch Club**" in words_of(page)
    assert [button.label for button in page.button] == ["Sign in", "Sign in"]
    assert register.claims.look_up(token) is not None, "looking does not use it up"
    signed_in("Gill")
    page = press(show(CLAIM_PAGE, token=token), "Look after this entry")
    assert page.success[0].value == "You look after **Northtown Lunch Club** now."
    assert "token" not in page.query_params
    assert [one.asset.name for one in register.queues.looked_after(actor=Actor(actor_id=GILL))] == [LUNCH_CLUB.name]
    assert any(link.label == f"You look after {LUNCH_CLUB.name}" for link in show("pass").get("page_link"))
    mine = show(CLAIM_PAGE, token=token)
    assert "If you have used it: you look after the entry already" in words_of(mine)
    assert [link.label for link in mine.get("page_link")].count(f"You look after {LUNCH_CLUB.name}") == 2
    signed_in("Rae")
    again = show(CLAIM_PAGE, token=token)
    assert not again.get("page_link")
    assert "has been used, has expired, or is not whole" in words_of(again)
    assert not any(button.label == "Look after this entry" for button in again.button)


def test_without_a_link_the_page_says_what_it_is_for(shared: Settings, signed_in: Callable[[str], None]) -> None:
    signed_in("Gill")
    assert "Open the link of your invitation" in words_of(show(CLAIM_PAGE))
    assert shared.is_shared


@pytest.fixture
def reviewer(register: Register, signed_in: Callable[[str], None]) -> Register:
    """Return a register with one entry, and a reviewer signed in."""
    register.entries.add(LUNCH_CLUB, actor=local_actor())
    give(register, "Rae", Role.REVIEWER)
    signed_in("Rae")
    return register


def test_without_mail_a_reviewer_gets_the_link_to_pass_on(reviewer: Register) -> None:
    page = press(show(INVITE), "Make a link")
    link = code_of(page)
    assert link.startswith("https://map.example.org/claim?token=")
    assert reviewer.claims.look_up(link.partition("token=")[2]) is not None


@pytest.fixture
def mail_box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """Return what a mail server takes that the environment names."""
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    monkeypatch.setenv("COMMONGROUND_SMTP_URL", f"smtp://127.0.0.1:{controller.port}")
    monkeypatch.setenv("COMMONGROUND_MAIL_FROM", "map@example.org")
    yield box
    controller.stop()


def test_with_mail_the_link_goes_to_the_group_and_not_to_the_page(reviewer: Register, mail_box: Box) -> None:
    page = show(INVITE)
    assert page.text_input[0].value == "mary@example.org"
    page.text_input[0].set_value("nobody")
    assert "Write an e-mail address" in words_of(press(page, "Send the invitation"))
    page.text_input[0].set_value("mary@example.org")
    page = press(page, "Send the invitation")
    assert "Sent to mary@example.org" in page.success[0].value.replace("\\", "")
    assert not code_of(page)
    (message,) = mail_box.messages
    token = message_from_bytes(message).get_payload(decode=True).decode().partition("token=")[2].split()[0]
    assert reviewer.claims.look_up(token) is not None


def test_when_mail_fails_the_reviewer_gets_the_link_after_all(
    reviewer: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONGROUND_SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    monkeypatch.setenv("COMMONGROUND_MAIL_FROM", "map@example.org")
    page = press(show(INVITE), "Send the invitation")
    assert "did not take the message" in words_of(page)
    assert reviewer.claims.look_up(code_of(page).partition("token=")[2]) is not None


@pytest.mark.parametrize("areas", [(LADS[1],), ("E08000099",)])
def test_who_does_not_review_an_entry_cannot_invite_to_it(
    areas: tuple[str, ...], register: Register, signed_in: Callable[[str], None]
) -> None:
    register.entries.add(LUNCH_CLUB, actor=local_actor())
    give(register, "Nora", Role.REVIEWER, areas=areas)
    signed_in("Nora")
    page = show(INVITE)
    assert not page.exception
    assert not any(button.label == "Make a link" for button in page.button)


def test_the_command_line_makes_the_first_admin_and_no_second(tmp_path: Path) -> None:
    home = ["--home", str(tmp_path)]
    made = CliRunner().invoke(cli.app, ["people", "make-admin", ADA, *home])
    assert made.exit_code == 0
    second = CliRunner().invoke(cli.app, ["people", "make-admin", GILL, *home])
    assert isinstance(second.exception, RegisterError)
    assert "already" in str(second.exception)
    no_id = CliRunner().invoke(cli.app, ["people", "make-admin", "ada", *home])
    assert "not the id of somebody" in str(no_id.exception)
    register = open_register(read_settings({}, home=tmp_path))
    register.asking.ask(organisation="Alton CVS", email="", actor=Actor(actor_id=GILL, name="Gill"))
    listed = CliRunner().invoke(cli.app, ["people", "list", *home])
    assert f"{ADA}  (no name yet)    Administrator" in listed.output
    assert f"{GILL}  Gill  Alton CVS  asks for rights" in listed.output
