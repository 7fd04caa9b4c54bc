"""Briefs from the page, from an address, from the command line, and many at once."""

from __future__ import annotations

import io
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from starlette.applications import Starlette

from dashboard.api.briefs import brief_routes
from dashboard.briefs.errors import BriefError
from dashboard.briefs.look import make_look
from dashboard.briefs.look_store import read_look, read_look_with_version, save_look
from dashboard.briefs.many import jobs as jobs_module
from dashboard.briefs.many.batch import Batch, codes_within
from dashboard.briefs.many.jobs import Job, Jobs, State
from dashboard.briefs.many.zipping import write_many
from dashboard.briefs.model.look import PLAIN_LOOK
from dashboard.briefs.notebook import open_home
from dashboard.briefs.options import BriefOptions
from dashboard.briefs.preview import draw_first_page
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.errors import NotAllowedError
from etl.errors import CommonGroundError
from etl.settings import Settings
from tests.briefs import ME, SmallOffice
from tests.registers import PARTNER
from tests.unit.brief_command import run_brief
from tests.unit.page_scripts import open_page, query_of, words_of
from tests.unit.small_snapshot import ICB, LADS, LSOAS, MSOAS, WARDS, make_home
from tests.web import Client


@pytest.fixture(scope="module")
def settings(small_office: SmallOffice) -> Settings:
    assert small_office.register
    return small_office.settings


def batch_of(office: SmallOffice, codes: tuple[str, ...], kinds: tuple[str, ...] = ("html",)) -> Batch:
    return Batch(
        settings=office.settings,
        snapshot=office.repository.path,
        title="Every ward of Alton",
        codes=codes,
        kinds=kinds,
        options=BriefOptions(),
        actor=ME,
    )


# The page.
def test_the_page_asks_for_an_area_and_finds_one(settings: Settings) -> None:
    page = open_page("briefs", settings)
    assert "Two pages about any area" in words_of(page)
    page.text_input(key="brief_search").set_value("Hill").run()
    assert not page.exception
    assert "There is no area E05999999" in words_of(open_page("briefs", settings, area="E05999999"))


def test_the_page_shows_the_first_page_of_the_pdf_and_offers_every_format(settings: Settings) -> None:
    page = open_page("briefs", settings, area=WARDS[0])
    assert not page.exception
    assert "The first of 2 pages" in words_of(page)
    assert [button.label for button in page.get("download_button")] == [
        "PDF, to send or print", "Word, to edit", "Web page, for any screen", "Data pack",
    ]  # fmt: skip
    page.multiselect(key="brief_sections").set_value(["figures"]).run()
    assert "The first of 1 pages" in words_of(page)
    page.checkbox(key="brief_partners").check().run()
    assert "for partners only" in words_of(page)


def test_an_admin_sets_the_look_on_the_page(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    page = open_page("briefs", settings, area=WARDS[0])
    next(box for box in page.text_input if box.label == "Your organisation's name").set_value("Northshire Council")
    next(button for button in page.button if button.label == "Save the look").click().run()
    assert not page.exception
    assert read_look(open_register(settings)).organisation == "Northshire Council"
    assert [one.value for one in page.success] == ["Saved. Every brief from now on looks so."]


def test_many_are_started_on_the_page_and_the_address_leads_back_to_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Batch] = []

    def start(_jobs: Jobs, batch: Batch) -> Job:
        started.append(batch)
        return Job(job_id="j1", batch=batch, target=Path("none"), state=State.RUNNING)

    monkeypatch.setattr(Jobs, "start", start)
    page = open_page("briefs", settings, area=LADS[0])
    next(button for button in page.button if button.label == "Make them all").click().run()
    assert started[0].codes == WARDS[:2]
    assert query_of(page)["job"] == "j1"
    assert "no longer kept here" in words_of(page)


@pytest.mark.parametrize(
    ("state", "words"), [(State.CANCELLED, "stopped after"), (State.FAILED, "Sorry"), (State.DONE, "are done")]
)
def test_the_page_says_how_a_job_ended(
    state: State, words: str, small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "made.zip").write_bytes(b"PK")
    batch = batch_of(small_office, WARDS[:2])
    job = Job(job_id="j2", batch=batch, target=tmp_path / "made.zip", state=state, problem="Sorry")
    monkeypatch.setattr(jobs_module.JOBS, "_jobs", {"j2": job})
    page = open_page("briefs", small_office.settings, area=LADS[0], job="j2")
    assert not page.exception
    assert words in words_of(page) or words in "".join(str(one.value) for one in page.success)


def test_a_running_job_is_found_on_any_area_and_can_be_stopped(
    small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    job = Job(job_id="j3", batch=batch_of(small_office, WARDS[:2]), target=tmp_path / "made.zip")
    monkeypatch.setattr(jobs_module.JOBS, "_jobs", {"j3": job})
    page = open_page("briefs", small_office.settings, area=WARDS[0])
    assert query_of(page)["job"] == "j3"
    page.button(key="brief_stop").click().run()
    assert job.stop.is_set()
    assert jobs_module.JOBS.running(actor=PARTNER) is None
    monkeypatch.setattr(jobs_module.JOBS, "_jobs", {"j3": replace(job, batch=replace(job.batch, actor=THE_PUBLIC))})
    assert jobs_module.JOBS.running(actor=THE_PUBLIC) is None


def test_the_preview_is_a_picture_of_the_first_page(small_office: SmallOffice) -> None:
    from dashboard.briefs.pdf import write_pdf  # noqa: PLC0415

    content, pages = draw_first_page(write_pdf(small_office.brief(WARDS[0])))
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, pages) == ("PNG", 2)
    assert picture.height / picture.width == pytest.approx(297 / 210, rel=0.01)


# The address.
@pytest.fixture(scope="module")
def client(settings: Settings) -> Client:
    return Client(Starlette(routes=brief_routes(settings)))


@pytest.mark.parametrize(
    ("kind", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>"), ("zip", b"PK")]
)
def test_a_brief_has_an_address_in_every_format(kind: str, start: bytes, client: Client) -> None:
    reply = client.get(f"/briefs/{WARDS[0].lower()}.{kind}?sections=figures")
    assert (reply.status_code, reply.content[: len(start)]) == (200, start)
    assert reply.headers["cache-control"] == "private, no-store"
    assert f'filename="{WARDS[0]}-brief.{kind}"' in reply.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("NOPE.pdf", 404, "no area NOPE"),
        (f"{WARDS[0]}.exe", 404, "not written as"),
        (f"{WARDS[0]}.pdf?plan=x", 404, "plan"),
    ],
)
def test_an_address_that_cannot_be_answered_says_why(path: str, status: int, words: str, client: Client) -> None:
    reply = client.get(f"/briefs/{path}")
    assert (reply.status_code, words in reply.text) == (status, True)


def test_a_format_that_there_is_none_of_is_refused_before_anything_is_gathered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.api.briefs.make_brief", Mock(side_effect=AssertionError))
    assert client.get(f"/briefs/{WARDS[0]}.exe").status_code == 404


def test_an_address_takes_only_so_many(settings: Settings) -> None:
    eager = Client(Starlette(routes=brief_routes(settings, most_a_minute=1)))
    assert eager.get("/briefs/NOPE.pdf").status_code == 404
    reply = eager.get("/briefs/NOPE.pdf")
    assert (reply.status_code, reply.headers["retry-after"].isdigit()) == (429, True)


# The look.
def test_only_an_admin_sets_the_look_and_two_do_not_overwrite_each_other(tmp_path: Path) -> None:
    office = SmallOffice(tmp_path)
    look = make_look(organisation="Ours", accent="#7C2855", introduction="", logo="")
    assert read_look(office.register) == PLAIN_LOOK
    with pytest.raises(NotAllowedError):
        save_look(office.register, look, actor=PARTNER, base_version=0)
    save_look(office.register, look, actor=ME, base_version=0)
    kept, version = read_look_with_version(office.register)
    assert kept == look
    save_look(office.register, replace(look, organisation="Theirs"), actor=ME, base_version=version)
    with pytest.raises(CommonGroundError):
        save_look(office.register, look, actor=ME, base_version=version)


# Many at once.
@pytest.mark.parametrize(
    ("within", "level", "codes"),
    [(LADS[0], "ward", WARDS[:2]), (ICB, "msoa", MSOAS), ("E92000001", "lad", LADS), (WARDS[1], "lsoa", LSOAS[3:6])],
)
def test_every_area_of_a_kind_within_an_area(
    within: str, level: str, codes: tuple[str, ...], small_office: SmallOffice
) -> None:
    assert sorted(codes_within(small_office.desk(), within=within, level=level)) == sorted(codes)


@pytest.mark.parametrize(("within", "level"), [("E99999999", "ward"), (WARDS[0], "custom")])
def test_nothing_to_make_is_refused(within: str, level: str, small_office: SmallOffice) -> None:
    with pytest.raises(BriefError):
        codes_within(small_office.desk(), within=within, level=level)


def test_many_briefs_are_one_zip_with_a_contents_page_that_names_what_failed(
    small_office: SmallOffice, tmp_path: Path
) -> None:
    target, told = tmp_path / "many.zip", []
    batch = batch_of(small_office, (*WARDS[:2], "E05999999"), ("html", "pdf"))
    assert write_many(batch, target=target, tell=told.append)
    assert told == [1, 2, 3]
    with zipfile.ZipFile(target) as packed:
        assert {f"{code}-brief.{kind}" for code in WARDS[:2] for kind in ("html", "pdf")} < set(packed.namelist())
        contents = BeautifulSoup(packed.read("contents.html"), "html.parser")
    links = [str(link["href"]) for link in contents.find_all("a")]
    assert links == [f"{code}-brief.{kind}" for code in WARDS[:2] for kind in ("html", "pdf")]
    assert "There is no area E05999999" in contents.get_text()
    first = target.read_bytes()
    assert write_many(batch, target=target)
    assert target.read_bytes() == first


def test_a_cancelled_batch_leaves_nothing_behind(small_office: SmallOffice, tmp_path: Path) -> None:
    target = tmp_path / "many.zip"
    assert not write_many(batch_of(small_office, WARDS), target=target, is_cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_processes_make_the_same_briefs_in_the_same_order(
    small_office: SmallOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, together = tmp_path / "alone.zip", tmp_path / "together.zip"
    batch = batch_of(small_office, WARDS)
    write_many(batch, target=alone)
    monkeypatch.setattr("dashboard.briefs.many.making.FEWEST_FOR_PROCESSES", 2)
    # One is enough to see that a process of its own can do it; each takes seconds to start.
    monkeypatch.setattr("dashboard.briefs.many.making.PROCESSES", 1)
    assert write_many(batch, target=together)
    assert together.read_bytes() == alone.read_bytes()


def finished(jobs: Jobs, batch: Batch) -> Job:
    job = jobs.start(batch)
    for thread in threading.enumerate():
        if thread.name == f"briefs-{job.job_id}":
            thread.join(timeout=60)
    return job


def test_a_job_is_done_without_anyone_watching_and_is_found_only_by_who_started_it(small_office: SmallOffice) -> None:
    jobs = Jobs()
    job = finished(jobs, batch_of(small_office, WARDS[:1]))
    assert (job.state, job.done, job.total) == (State.DONE, 1, 1)
    assert zipfile.is_zipfile(job.target)
    assert jobs.find(job.job_id, actor=ME) is job
    assert jobs.find(job.job_id, actor=PARTNER) is None
    assert jobs.find("gone", actor=ME) is None


def test_one_batch_at_a_time_and_a_failure_is_said(small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, go_on = Jobs(), threading.Event()
    monkeypatch.setattr(jobs_module, "write_many", lambda *_args, **_kwargs: go_on.wait(60) and False)
    first = jobs.start(batch_of(small_office, WARDS[:1]))
    with pytest.raises(BriefError, match="at this moment"):
        jobs.start(batch_of(small_office, WARDS[:1]))
    # A stranger waits for strangers only, and may not ask for a whole system.
    asked = replace(batch_of(small_office, WARDS[:1]), actor=THE_PUBLIC)
    stranger = jobs.start(asked)
    with pytest.raises(BriefError, match="at this moment"):
        jobs.start(asked)
    with pytest.raises(BriefError, match="151 briefs") as refusal:
        jobs.start(replace(asked, codes=WARDS[:1] * (jobs_module.MOST_FOR_PUBLIC + 1)))
    assert "Sign in" in str(refusal.value)
    first.cancel()
    go_on.set()
    for thread in threading.enumerate():
        if thread.name.startswith("briefs-"):
            thread.join(timeout=60)
    assert first.state is stranger.state is State.CANCELLED

    failures = {"No such thing.": BriefError("No such thing."), "could not be made": KeyError("x")}
    for words, failure in failures.items():
        monkeypatch.setattr(jobs_module, "write_many", Mock(side_effect=failure))
        job = finished(jobs, batch_of(small_office, WARDS[:1]))
        assert (job.state, words in job.problem) == (State.FAILED, True)


def test_old_jobs_are_forgotten_with_their_files(small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = Jobs()
    job = finished(jobs, batch_of(small_office, WARDS[:1]))
    later = SimpleNamespace(monotonic=lambda: job.started_at + jobs_module.KEPT_S + 1)
    monkeypatch.setattr(jobs_module, "time", later)
    assert jobs.find(job.job_id, actor=ME) is None
    assert not job.target.exists()


# A notebook.
def test_three_lines_in_a_notebook_save_a_brief(settings: Settings, tmp_path: Path) -> None:
    home = open_home(settings.home)
    brief = home.brief(WARDS[0])
    assert brief.save(tmp_path / "green.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert brief.content.place.name == "Green, Alton"
    with pytest.raises(CommonGroundError, match="names no format"):
        brief.save(tmp_path / "green.txt")


# The command line.
def test_the_command_writes_files_that_carry_the_code(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    said, _ = run_brief(WARDS[0], LADS[0], "--format", "html,zip", "--out", str(out), settings=settings)
    assert "Wrote 4 files" in said
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{code}-brief.{kind}" for code in (WARDS[0], LADS[0]) for kind in ("html", "zip")
    )
    pack = str(out / f"{WARDS[0]}-brief.zip")
    run_brief(WARDS[0], "--format", "html", "--since", pack, "--out", str(out), settings=settings)
    assert "Nothing that the brief shows has changed" in (out / f"{WARDS[0]}-brief.html").read_text(encoding="utf-8")


def test_the_command_writes_every_ward_of_a_district(settings: Settings, tmp_path: Path) -> None:
    said, _ = run_brief(
        "--every", "ward", "--in", LADS[0], "--format", "html", "--sections", "figures", "--out", str(tmp_path),
        settings=settings,
    )  # fmt: skip
    assert "briefs of 2 areas" in said
    assert zipfile.is_zipfile(tmp_path / f"{LADS[0]}-every-ward-briefs.zip")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "No area was named"),
        (("E99999999",), "no area E99999999"),
        ((WARDS[0], "--format", "exe"), "“exe” is not a format"),
        ((WARDS[0], "--format", ","), "nothing is not a format"),
        ((WARDS[0], "--sections", "gossip"), "not a section"),
        (("--every", "ward"), "go together"),
        (("--every", "street", "--in", LADS[0]), "go together"),
        ((WARDS[0], "--every", "ward", "--in", LADS[0]), "many briefs by itself"),
        ((WARDS[0], "--since", "/nowhere.zip"), "cannot be read"),
        ((WARDS[0], "--plan", "gone"), "no such plan"),
    ],
)
def test_the_command_refuses_in_a_sentence(
    arguments: tuple[str, ...], words: str, settings: Settings, tmp_path: Path
) -> None:
    _, refusal = run_brief(*arguments, "--out", str(tmp_path), settings=settings)
    assert words in str(refusal)


def test_a_folder_that_cannot_be_made_is_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    _, refusal = run_brief(WARDS[0], "--out", str(tmp_path / "file" / "folder"), settings=settings)
    assert "cannot be made" in str(refusal)
