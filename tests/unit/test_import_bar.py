"""The bar of an import: it says how far the register is, and a click elsewhere waits until it has written all."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, RerunException, StopException

from dashboard.components.importing import bar
from dashboard.register.errors import WrongStateError


class FakeBar:
    """Remembers what it was told; from the second time on somebody has clicked elsewhere, or closed the page."""

    def __init__(self, click: BaseException | None = None) -> None:
        self.said: list[tuple[float, str]] = []
        self.click = click
        self.is_gone = False

    def __call__(self, share: float, *, text: str) -> FakeBar:
        self.said.append((share, text))
        return self

    def progress(self, share: float, *, text: str) -> None:
        if self.click and len(self.said) > 1:
            raise self.click
        self.said.append((share, text))

    def empty(self) -> None:
        self.is_gone = True


def test_a_bar_says_how_many_entries_are_done_and_goes_when_all_are(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = FakeBar()
    monkeypatch.setattr(st, "progress", shown)
    with bar.shown_bar("Bringing in") as report:
        report(0, 0)
        report(500, 2_000)
    assert shown.said == [
        (0.0, "Bringing in …"),
        (1.0, "Bringing in: 0 of 0 entries"),
        (0.25, "Bringing in: 500 of 2,000 entries"),
    ]
    assert shown.is_gone


@pytest.mark.parametrize("click", [RerunException(RerunData()), StopException()])
def test_a_click_elsewhere_waits_until_all_is_written(monkeypatch: pytest.MonkeyPatch, click: BaseException) -> None:
    monkeypatch.setattr(st, "progress", FakeBar(click))
    written = []

    def write() -> None:
        with bar.shown_bar("Bringing in") as report:
            for number in range(1, 5):
                report(number, 4)
                written.append(number)

    with pytest.raises(type(click)):
        write()
    assert written == [1, 2, 3, 4]


def test_a_refusal_is_passed_on_and_the_bar_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = FakeBar()
    monkeypatch.setattr(st, "progress", shown)
    with pytest.raises(WrongStateError), bar.shown_bar("Bringing in"):
        raise WrongStateError("Somebody else was quicker.", todo="Look again.")
    assert shown.is_gone
