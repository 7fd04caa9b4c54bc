"""Areas of people's own, from the register into the questions: whoever may see one may ask about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.questions.own_areas import OWN_PREFIX, OwnArea
from dashboard.questions.place_names import plain_words
from dashboard.questions.places import MOST_SUGGESTIONS, Place, SearchAnswer
from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.errors import NotFoundError
from dashboard.register.piece import Piece, Sort
from dashboard.register.register import Register
from dashboard.repository import Repository
from etl.errors import CommonGroundError

CODES = "lsoa21_codes"


def code_of_piece(piece_id: str) -> str:
    """Return the area code of a piece of work."""
    return f"{OWN_PREFIX}{piece_id}"


def own_area_of(piece: Piece) -> OwnArea:
    """Return the area that a piece of work is."""
    codes = piece.body.get(CODES, [])
    return OwnArea(code_of_piece(piece.piece_id), piece.title, frozenset(str(code) for code in codes))


def learn_own_area(repository: Repository, register: Register, *, area_code: str, actor: Actor) -> Piece:
    """Let every question be asked of an area of somebody's own.

    Raises
    ------
    NotFoundError
        If there is no such area, or not for this person: both sound the same.
    """
    piece = _area_piece(register, area_code=area_code, actor=actor)
    repository.learn(own_area_of(piece))
    return piece


def read_own_area(register: Register, *, area_code: str, actor: Actor) -> OwnArea:
    """Return an area of somebody's own.

    Raises
    ------
    NotFoundError
        If there is no such area, or not for this person: both sound the same.
    """
    return own_area_of(_area_piece(register, area_code=area_code, actor=actor))


def is_for_everyone(register: Register, *, area_code: str) -> bool:
    """Return whether an area of somebody's own is there, and may be seen by people who have not signed in."""
    try:
        _area_piece(register, area_code=area_code, actor=THE_PUBLIC)
    except NotFoundError:
        return False
    return True


def _area_piece(register: Register, *, area_code: str, actor: Actor) -> Piece:
    piece = register.kept.get(area_code.removeprefix(OWN_PREFIX), actor=actor)
    if piece.sort is not Sort.CUSTOM_AREA:
        raise NotFoundError("That link is not of an area.", todo="Open it from the page it was made on.")
    return piece


def learn_own_areas(
    repository: Repository, register: Register, *, area_codes: Iterable[str], actor: Actor
) -> tuple[str, ...]:
    """Let every question be asked of those that this person may see; return the codes that they may not."""
    refused = []
    for area_code in area_codes:
        try:
            learn_own_area(repository, register, area_code=area_code, actor=actor)
        except CommonGroundError:
            refused.append(area_code)
    return tuple(refused)


def add_own_places(answer: SearchAnswer, own: Sequence[Place], *, text: str) -> SearchAnswer:
    """Return what a search found, with the own areas whose name holds every word of it, or whose code it is, first."""
    plain = plain_words(text)
    words = plain.split()
    mine = tuple(
        place
        for place in own
        if words and (text.strip().lower() == place.area_code or all(word in plain_words(place.name) for word in words))
    )
    if not mine:
        return answer
    places = (*mine, *answer.places)
    if len(places) == 1:
        return SearchAnswer("found", places)
    return replace(answer, outcome="several", places=places[:MOST_SUGGESTIONS], reason="")


def areas_to_ask(repository: Repository, area_code: str) -> tuple[str, ...]:
    """Return the codes that the register knows an area by: its own, or those of its neighbourhoods; none for none."""
    own = repository.own_areas.get(area_code)
    return codes_to_ask(own) if own else (area_code,) if area_code else ()


def codes_to_ask(own: OwnArea) -> tuple[str, ...]:
    """Return the codes that the register knows an own area by; one of nothing has its own, in which nothing lies."""
    return tuple(sorted(own.lsoa21_codes)) or (own.area_code,)
