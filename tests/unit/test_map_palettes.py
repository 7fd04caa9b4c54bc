"""Colours that everyone can tell apart, and legends that say in words what they mean."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from dashboard.components.maps.fills import Bivariate, LeftBehind
from dashboard.components.maps.legend import legend_html
from dashboard.components.maps.palettes import NO_FIGURE_COLOUR, PALETTES, fifths, make_legend
from dashboard.components.maps.words import describe_value, rank_in_words

FloatArray = npt.NDArray[np.float64]

# Machado, Oliveira and Fernandes (2009), severity 1, in linear RGB.
SIGHTS = {
    "full": np.eye(3),
    "without red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "without green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "without blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# A difference of 2.3 in CIELAB is just noticeable side by side; on a map, colours lie apart.
TELLS_APART = 12.0


def seen_as_lab(colours: tuple[str, ...], sight: str) -> FloatArray:
    rgb = np.array([[int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)] for c in colours])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ SIGHTS[sight].T, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = seen @ to_xyz.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", PALETTES)
def test_any_two_colours_of_a_palette_differ_for_every_kind_of_sight(palette: str, sight: str) -> None:
    lab = seen_as_lab((*PALETTES[palette], NO_FIGURE_COLOUR), sight)  # type: ignore[index]
    distances = np.linalg.norm(lab[:, None] - lab[None, :], axis=2)
    np.fill_diagonal(distances, np.inf)
    closest = np.unravel_index(distances.argmin(), distances.shape)
    assert distances.min() >= TELLS_APART, closest


@pytest.mark.parametrize("palette", ["worst", "neutral"])
def test_one_question_goes_from_dark_to_pale_so_that_it_prints_in_grey(palette: str) -> None:
    lightness = seen_as_lab(PALETTES[palette], "full")[:, 0]  # type: ignore[index]
    assert all(paler - darker >= 9 for darker, paler in pairwise(lightness))


def test_the_worst_of_both_questions_is_the_darkest_colour_and_the_best_the_palest() -> None:
    lightness = seen_as_lab(PALETTES["bivariate"], "full")[:, 0]
    assert lightness.argmin() == 0
    assert lightness.argmax() == 8


def test_a_legend_has_a_sentence_for_every_colour_and_for_the_outline() -> None:
    fill = fifths(indicator_id="imd_2025", title="Deprivation", base_name="Ambershire")
    legend = make_legend(fill, left_behind=LeftBehind("imd_2025", "x", need_worst=10, exclusion_worst=25))
    words = [entry.words for entry in legend.entries]
    assert words[0] == "Worst fifth of Ambershire"
    assert words[4:] == [
        "Best fifth",
        "No figure",
        "Left behind: worst 10% on need and worst 25% on digital exclusion",
    ]
    assert [entry.is_outline for entry in legend.entries] == [False] * 6 + [True]


def test_a_neutral_indicator_is_never_called_worst() -> None:
    legend = make_legend(fifths(indicator_id="a", title="By telephone", is_neutral=True))
    assert not any("orst" in entry.words or "est fifth of" in entry.words[1:2] for entry in legend.entries)
    assert legend.entries[0].words == "Highest fifth of England"
    assert legend.entries[0].colour == PALETTES["neutral"][0]


def test_two_questions_at_once_have_nine_sentences() -> None:
    fill = Bivariate(need_id="a", exclusion_id="b", need_title="Need", exclusion_title="Digital exclusion")
    legend = make_legend(fill)
    assert legend.axes == ("Need", "Digital exclusion")
    assert legend.entries[0].words == "Need: worst third; digital exclusion: worst third"
    assert legend.entries[2].words == "Need: worst third; digital exclusion: best third"
    assert legend.entries[6].words == "Need: best third; digital exclusion: worst third"
    assert len({entry.words for entry in legend.entries}) == 10


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("title", ["Need", "<img src=x onerror=alert(1)>", "</section><script>alert(1)</script>"])
def test_a_legend_shows_its_words_as_words(title: str) -> None:
    fills = (
        fifths(indicator_id="a", title=title),
        Bivariate(need_id="a", exclusion_id="b", need_title=title, exclusion_title=title),
    )
    for fill in fills:
        reader = Reader()
        legend = make_legend(fill, left_behind=LeftBehind("a", "b"))
        reader.feed(legend_html(legend))
        assert not {"script", "img"} & set(reader.tags)
        text = " ".join(reader.words)
        assert title in text
        assert all(entry.words in text for entry in legend.entries)


def test_a_card_says_a_value_with_its_unit_and_rank() -> None:
    row = {
        "name": "Aged 75 and over",
        "unit": "percent of residents",
        "decimals": 1,
        "value": 1234.56,
        "national_rank": 16.5,
    }
    assert describe_value(row, ranked=33_755) == {
        "name": "Aged 75 and over",
        "value": "1,234.6%",
        "rank": "rank 16 of 33,755, where 1 is worst",
    }
    assert describe_value({**row, "unit": "score", "decimals": 0}, ranked=10)["value"] == "1,235"
    assert describe_value({**row, "unit": "share of people", "value": 0.523}, ranked=10)["value"] == "52.3%"


def test_a_card_without_a_rank_says_none() -> None:
    assert rank_in_words(None, ranked=10) == ""


def test_a_card_says_that_many_share_the_best_value() -> None:
    assert rank_in_words(7.5, ranked=12, tied=10) == "joint best"
    assert rank_in_words(7.0, ranked=12, tied=1) == "rank 7 of 12, where 1 is worst"
