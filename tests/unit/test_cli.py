"""The command line: what it says, and that no traceback reaches a person."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from rich.console import Console
from streamlit import config

from dashboard import cli
from dashboard.commands.listening import check_path, check_port
from dashboard.commands.loading_bars import LoadingBars
from dashboard.commands.serving_look import streamlit_environ
from etl.errors import SettingsError
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.command_line import CommandLine


@pytest.mark.parametrize("module", ["dashboard.cli", "dashboard.command"])
def test_status_of_an_empty_home_says_what_to_do(module: str, tmp_path: Path) -> None:
    run = f"from {module} import main; main()"
    command = [sys.executable, "-c", run, "status", "--home", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 6
    assert "Nothing has been loaded" in done.stderr
    assert "commonground load --demo" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_quiet_status_answers_by_its_exit_code_alone(commonground: CommandLine, tmp_path: Path) -> None:
    done = commonground("status", "--quiet", home=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (6, "", "")


def test_a_mirror_that_is_no_folder_is_refused(commonground: CommandLine, tmp_path: Path) -> None:
    done = commonground("load", "--mirror", str(tmp_path / "nowhere"), home=tmp_path)
    assert done.returncode == 2
    assert "There is no folder" in done.stderr


def test_made_up_places_from_a_folder_are_refused(commonground: CommandLine, tmp_path: Path) -> None:
    done = commonground("load", "--demo", "--mirror", str(tmp_path), home=tmp_path)
    assert done.returncode == 2
    assert "Leave out --demo or --mirror." in done.stderr


def test_a_stop_that_meets_a_query_is_a_stop_and_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load_until_stopped() -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted")  # noqa: B904 - this is how DuckDB says it

    monkeypatch.setattr(cli, "app", load_until_stopped)
    monkeypatch.setattr(os, "_exit", sys.exit)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == cli.STOPPED
    assert "Stopped" in capsys.readouterr().err


def test_a_bad_setting_is_refused_by_name(commonground: CommandLine, tmp_path: Path) -> None:
    done = commonground("status", home=tmp_path, COMMONGROUND_PORT="many")
    assert done.returncode == 2
    assert "COMMONGROUND_PORT" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("fetch",), ("load", "--no-such-option"), ("load", "--vintage", "soon"), ("load", "--vintage", "2023")],
)
def test_a_command_that_does_not_exist_gets_usage_and_not_a_traceback(
    commonground: CommandLine, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    done = commonground(*arguments, home=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_status_tells_of_the_snapshot_its_tables_and_its_sources(
    commonground: CommandLine, demo_settings: Settings
) -> None:
    done = commonground("status", home=demo_settings.home)
    assert done.returncode == 0
    assert "made-up places" in done.stdout
    assert "neighbourhood rows" in done.stdout


def test_status_as_json_can_be_read_by_a_machine(commonground: CommandLine, demo_settings: Settings) -> None:
    done = commonground("status", "--json", home=demo_settings.home)
    found = json.loads(done.stdout)
    assert found["snapshot_path"] == str(current_snapshot(demo_settings))
    assert found["build_id"].endswith(tuple("0123456789"))
    assert found["rows"]["neighbourhood"] > 500
    loaded = {source["source_id"]: source for source in found["sources"]}
    assert loaded["iod_2025_scores"]["age_days"] >= 0


def test_without_a_terminal_the_bars_become_lines(tmp_path: Path) -> None:
    with (tmp_path / "said.txt").open("w", encoding="utf-8") as file, LoadingBars(Console(file=file)) as bars:
        bars.start(total_steps=2)
        line = bars.source("Census 2021")
        line.bytes_done(10, None)
        line.rows_done(5, 10)
        bars.step("Checks")
        bars.finish()
    said = (tmp_path / "said.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split(" s  ")[1] for line in said] == ["Census 2021 …", "Checks …"]


def test_in_a_terminal_there_is_a_bar_per_source_and_one_for_the_whole(tmp_path: Path) -> None:
    with (tmp_path / "said.txt").open("w", encoding="utf-8") as file:
        console = Console(file=file, force_terminal=True, width=120)
        with LoadingBars(console) as bars:
            bars.start(total_steps=2)
            line = bars.source("Census 2021")
            line.bytes_done(1_500_000, 3_000_000)
            line.rows_done(5, 5)
            bars.finish()
    said = (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert "Whole load" in said
    assert "Census 2021" in said
    assert "5 rows" in said


def test_bars_are_in_sight_in_a_terminal_of_80_columns_however_long_a_title_is(tmp_path: Path) -> None:
    with (tmp_path / "said.txt").open("w", encoding="utf-8") as file:
        console = Console(file=file, force_terminal=True, width=80, color_system=None)
        with LoadingBars(console) as bars:
            bars.start(total_steps=20)
            line = bars.source("English Indices of Deprivation 2025: File 7, all ranks, scores, deciles and more")
            line.bytes_done(9_897_666, 19_795_332)
            line.rows_done(33_755, 67_510)
    _, begin, rest = (tmp_path / "said.txt").read_text(encoding="utf-8").rpartition("Whole load: English Indices")
    whole, source = f"{begin}{rest}".splitlines()[:2]
    assert "step 1 of 20" in whole
    assert "English Indices of Dep" in source
    assert "33,755 rows of 67,510" in source
    assert "━━━━" in source, "half a bar"
    assert all("0:00:0" in line for line in (whole, source))


def test_in_a_low_terminal_the_source_at_work_is_in_sight_and_all_are_at_the_end(tmp_path: Path) -> None:
    with (tmp_path / "said.txt").open("w", encoding="utf-8") as file:
        console = Console(file=file, force_terminal=True, width=100, height=10)
        with LoadingBars(console) as bars:
            bars.start(total_steps=20)
            for number in range(20):
                bars.source(f"Source {number:02d}").rows_done(5, 5)
            shown = [task.description for task in bars._bars.tasks if task.visible]
    assert shown == ["Whole load: Source 19", *(f"Source {number}" for number in range(12, 20))]
    last = (tmp_path / "said.txt").read_text(encoding="utf-8").rpartition("Whole load")[2]
    assert all(f"Source {number:02d}" in last for number in range(20))


def test_what_nobody_foresaw_is_a_sentence_too_and_its_trace_is_kept(commonground: CommandLine, tmp_path: Path) -> None:
    snapshots = tmp_path / "snapshots"
    snapshots.mkdir()
    duckdb.connect(str(snapshots / "odd.duckdb")).close()
    (snapshots / "current").write_text("odd.duckdb", encoding="utf-8")
    done = commonground("status", home=tmp_path)
    assert done.returncode == 70
    assert "not foreseen" in done.stderr
    assert "Traceback" not in done.stderr
    kept = Path(done.stderr.split("with the file ")[1].strip().removesuffix("."))
    assert "Traceback" in kept.read_text(encoding="utf-8")
    kept.unlink()


def test_a_port_that_is_taken_is_refused_with_what_to_do(commonground: CommandLine, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = commonground("serve", "--port", str(port), home=tmp_path)
    assert done.returncode == 2
    assert f"Another program listens on port {port} already" in done.stderr
    assert "--port" in done.stderr
    assert done.stdout == ""


class StoppedServer:
    """A server that is being waited for when somebody presses Ctrl-C; as on Windows, it knows no signal but one."""

    def __init__(self, *_: object, **__: object) -> None:
        self.asked: list[str] = []

    def __enter__(self) -> StoppedServer:
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for nothing."""

    def wait(self) -> int:
        if not self.asked:
            self.asked.append("once")
            raise KeyboardInterrupt
        assert self.asked == ["once", "end"]
        return -signal.SIGTERM

    def terminate(self) -> None:
        self.asked.append("end")

    def send_signal(self, number: int) -> None:
        raise ValueError(f"Unsupported signal: {number}")


def test_stopping_the_server_is_no_failure_on_any_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", StoppedServer)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert cli._run(["serve"], environ={}) == 0


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"not possible to listen on 192\.0\.2\.1"):
        check_port("192.0.2.1", 8501)


def test_a_port_that_is_free_stays_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


@pytest.mark.parametrize("path", ["map", "/map/"])
def test_a_path_of_another_site_is_refused(path: str) -> None:
    with pytest.raises(SettingsError, match=r"server\.baseUrlPath"):
        check_path(path)
    check_path("")
    check_path("/")


def test_a_snapshot_that_is_damaged_is_refused_with_what_to_do(commonground: CommandLine, tmp_path: Path) -> None:
    snapshots = tmp_path / "snapshots"
    snapshots.mkdir()
    (snapshots / "odd.duckdb").write_bytes(b"not a database")
    (snapshots / "current").write_text("odd.duckdb", encoding="utf-8")
    done = commonground("status", home=tmp_path)
    assert done.returncode == 5
    assert "odd.duckdb is damaged" in done.stderr
    assert "commonground load" in done.stderr


def test_streamlit_is_told_how_to_run_wherever_it_is_started_from() -> None:
    told = streamlit_environ({"STREAMLIT_THEME_PRIMARY_COLOR": "#000000"})
    assert told["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] == "false"
    assert told["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] == "none"
    assert told["STREAMLIT_THEME_TEXT_COLOR"] == "#212B32"
    assert "STREAMLIT_THEME_PRIMARY_COLOR" not in told
    assert set(told) < {option.env_var for option in config._config_options_template.values()}
