"""Tidy and check a story."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.register.errors import Problem
from dashboard.register.rules.consent import consent_problems
from dashboard.register.rules.places import is_area_code
from dashboard.register.rules.text import clean_line, clean_words
from dashboard.register.story import Story
from dashboard.register.taxonomy import Taxonomy

_LONGEST = {"title": (200, "title"), "words": (20_000, "story"), "credit": (200, "credit")}
_MOST_THEMES = 10


def tidy_story(story: Story) -> Story:
    """Return a story with clean text."""
    return replace(
        story,
        title=clean_line(story.title),
        words=clean_words(story.words),
        credit=clean_line(story.credit),
        area_code=clean_line(story.area_code).upper(),
        themes=tuple(dict.fromkeys(story.themes)),
        consent=replace(story.consent, recorded_by=clean_line(story.consent.recorded_by)),
    )


def story_problems(story: Story, *, taxonomy: Taxonomy, today: date) -> tuple[Problem, ...]:
    """Return everything that is wrong with a tidied story."""
    problems = []
    if not story.title:
        problems.append(Problem("title", "Give the story a title."))
    if not story.words:
        problems.append(Problem("words", "Write the story down, in the teller's own words."))
    if not story.asset_id and not story.area_code:
        problems.append(Problem("area_code", "Say which place or which entry the story is about."))
    if story.area_code and not is_area_code(story.area_code):
        problems.append(Problem("area_code", f"“{story.area_code[:40]}” is not an area code such as E08000003."))
    for name, (most, called) in _LONGEST.items():
        if len(getattr(story, name)) > most:
            problems.append(Problem(name, f"The {called} is longer than {most:,} characters. Shorten it."))
    unknown = [theme for theme in story.themes if not taxonomy.has("themes", theme)]
    if unknown or len(story.themes) > _MOST_THEMES:
        problems.append(Problem("themes", f"Choose at most {_MOST_THEMES} themes from the list."))
    return (*problems, *consent_problems(story.consent, today=today))
