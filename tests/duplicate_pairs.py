"""Labelled pairs of assets, made from the real lists by a seeded script: one thing written twice, or two."""

from __future__ import annotations

import csv
import math
import random
import re
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, replace
from pathlib import Path

from dashboard.register.duplicates.names import normal_name, telling_words
from dashboard.register.model import Asset, Contact, Place, Precision
from dashboard.register.rules.tidying import tidy_asset

# File, kind, column of the name.
LISTS = (
    ("greater_manchester/gm_libraries.csv", "library", "name"),
    ("greater_manchester/gm_dentists.csv", "dentist", "name"),
    ("greater_manchester/gm_pharmacies.csv", "pharmacy", "pharmacy_name"),
    ("greater_manchester/gm_food_banks.csv", "food_bank", "Name"),
    ("greater_manchester/gm_jobcentreplus.csv", "employment", "name"),
    ("greater_manchester/sports_facilities.csv", "sport_and_green", "site_name"),
    ("greater_manchester/trafford_mental_health_services.csv", "health_and_wellbeing", "name"),
    ("libraries_england_2023.csv", "library", "name"),
)
_ABBREVIATIONS = (
    ("Library", "Lib"), ("Centre", "Ctr"), ("Community", "Comm"), ("Saint ", "St "), ("St ", "Saint "),
    (" and ", " & "), (" & ", " and "), ("Road", "Rd"), ("Street", "St"), ("Church", "Ch"), ("Pharmacy", "Pharm"),
    ("Practice", "Prac"), ("Association", "Assoc"), ("School", "Sch"), ("Avenue", "Ave"), ("Foodbank", "Food Bank"),
    ("Surgery", "Surg"), ("Methodist", "Meth"),
)  # fmt: skip
# Another tenant of the same building is named after the building and does something else.
_TENANTS = (
    ("Café", "shop_or_cafe"), ("Toddler Group", "children_and_families"),
    ("Children's Centre", "children_and_families"),
    ("Citizens Advice", "advice"), ("Lunch Club", "social_club"), ("Arts Centre", "arts_and_learning"),
    ("Credit Union", "advice"), ("Day Nursery", "children_and_families"), ("Leisure Centre", "sport_and_green"),
    ("Carers Group", "carers"), ("Choir", "arts_and_learning"), ("Digital Hub", "digital_hub"),
    ("Walking Group", "sport_and_green"), ("Warm Space", "warm_space"), ("Opticians", "other"),
)  # fmt: skip


@dataclass(frozen=True)
class LabelledPair:
    """Two assets, whether they are one, and how the pair was made."""

    left: Asset
    right: Asset
    _: KW_ONLY
    is_same: bool
    made_by: str


def read_lists(data: Path) -> list[Asset]:
    """Return every asset of the real lists that has a name."""
    return [asset for file, kind, name in LISTS for asset in _read(data / "assets" / file, kind=kind, name=name)]


def labelled_pairs(data: Path, *, seed: int, count: int = 1_500) -> list[LabelledPair]:
    """Return about twice `count` pairs, half of them of one thing."""
    rng = random.Random(seed)  # noqa: S311
    assets = read_lists(data)
    usable = [asset for asset in assets if len(normal_name(asset.name)) > 3]
    same = [
        LabelledPair(one, write_again(one, rng=rng), is_same=True, made_by="again") for one in rng.sample(usable, count)
    ]
    tenants = [
        LabelledPair(one, other_tenant(one, rng=rng), is_same=False, made_by="tenant")
        for one in rng.sample(usable, count // 2)
    ]
    return same + tenants + neighbours(usable, rng=rng, count=count // 2)


def neighbours(assets: list[Asset], *, rng: random.Random, count: int) -> list[LabelledPair]:
    """Return real pairs of one postcode, host or cell of 250 m that are two things.

    Either their telling words have nothing in common, or they are branches of one chain, far from each other.
    """
    blocks: dict[str, list[Asset]] = {}
    for one in assets:
        cell = f"{one.place.easting // 250:.0f} {one.place.northing // 250:.0f}" if one.place.easting else ""
        for key in filter(None, (one.place.postcode, one.website, cell)):
            blocks.setdefault(key, []).append(one)
    found = []
    for sharing in blocks.values():
        for at, one in enumerate(sharing):
            found += [
                LabelledPair(one, two, is_same=False, made_by="neighbour")
                for two in sharing[at + 1 :]
                if _are_two(one, two)
            ]
    return rng.sample(found, min(count, len(found)))


def _are_two(one: Asset, two: Asset) -> bool:
    left, right = (set(telling_words(normal_name(each.name)).split()) for each in (one, two))
    far = math.dist(_xy(one), _xy(two)) > 500 if one.place.easting and two.place.easting else False
    elsewhere = one.place.postcode != two.place.postcode and one.place.address != two.place.address
    return left.isdisjoint(right) or (far and elsewhere)


def _xy(asset: Asset) -> tuple[float, float]:
    return (asset.place.easting or 0.0, asset.place.northing or 0.0)


def other_tenant(asset: Asset, *, rng: random.Random) -> Asset:
    """Return another tenant of the same building: its name begins like the building's, its telephone is its own."""
    what, kind = rng.choice([each for each in _TENANTS if each[1] != asset.kind and each[0] not in asset.name])
    building = telling_words(normal_name(asset.name)).title()
    return replace(
        asset,
        name=rng.choice(
            [f"{building} {what}", f"{what} at {asset.name}" if rng.random() < 0.5 else f"{what}, {building}"]
        ),
        kind=kind,
        website=asset.website if rng.random() < 0.3 else "",
        contacts=(Contact(phone=f"0161 496 0{rng.randrange(1000):03d}"),) if rng.random() < 0.6 else (),
        place=_moved(asset.place, rng=rng, far_m=20.0),
    )


def write_again(asset: Asset, *, rng: random.Random) -> Asset:
    """Return an asset as another person would write it: slips, short forms, things left out."""
    changed = asset
    for change in rng.sample(_CHANGES, rng.randint(2, 5)):
        changed = change(changed, rng)
    return changed


def _typo(asset: Asset, rng: random.Random) -> Asset:
    name = asset.name
    for _ in range(1 if len(name) < 10 else rng.randint(1, 2)):
        letters = [at for at, one in enumerate(name[:-1]) if one.isalpha() and name[at + 1].isalpha()]
        if len(letters) < 3:
            break
        at = rng.choice(letters)
        name = rng.choice(
            (
                name[:at] + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
                name[:at] + name[at] + name[at:],
                name[:at] + rng.choice("aeiourstln") + name[at + 1 :],
            )
        )
    return replace(asset, name=name)


def _abbreviate(asset: Asset, rng: random.Random) -> Asset:
    name, address = asset.name, asset.place.address
    for long, short in rng.sample(_ABBREVIATIONS, len(_ABBREVIATIONS)):
        if long in name:
            name = name.replace(long, short, 1)
            break
    return replace(
        asset, name=name, place=replace(asset.place, address=tuple(re.sub("Road", "Rd", line) for line in address))
    )


def _move_commas(asset: Asset, rng: random.Random) -> Asset:
    words = " ".join(asset.place.address).replace(",", "").split()
    cuts = sorted(rng.sample(range(len(words) + 1), min(2, len(words))))
    lines = [" ".join(words[start:end]) for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    name_words = asset.name.split()
    name = (
        f"{name_words[-1]}, {' '.join(name_words[:-1])}"
        if len(name_words) > 2 and "(" not in asset.name and rng.random() < 0.5
        else asset.name
    )
    return replace(asset, name=name, place=replace(asset.place, address=tuple(filter(None, lines))))


def _case(asset: Asset, rng: random.Random) -> Asset:
    return replace(asset, name=rng.choice((asset.name.upper(), asset.name.lower(), asset.name.title())))


def _add_word(asset: Asset, rng: random.Random) -> Asset:
    town = (asset.place.address or ("",))[-1].split(",")[-1].strip()
    added = [f"The {asset.name}", f"{asset.name} Ltd", f"{asset.name} (open to all)"]
    return replace(
        asset, name=rng.choice(added + ([f"{asset.name}, {town}"] if town and town not in asset.name else []))
    )


def _move(asset: Asset, rng: random.Random) -> Asset:
    return replace(asset, place=_moved(asset.place, rng=rng, far_m=80.0))


def _moved(place: Place, *, rng: random.Random, far_m: float) -> Place:
    if place.easting is None or place.northing is None:
        return place
    angle, away = rng.uniform(0, 2 * math.pi), rng.uniform(0, far_m)
    return replace(
        place, easting=place.easting + away * math.cos(angle), northing=place.northing + away * math.sin(angle)
    )


def _drop_point(asset: Asset, rng: random.Random) -> Asset:
    if not asset.place.postcode or rng.random() < 0.5:
        return asset
    return replace(asset, place=replace(asset.place, lon=None, lat=None, easting=None, northing=None))


def _drop_postcode(asset: Asset, rng: random.Random) -> Asset:
    if asset.place.easting is None or rng.random() < 0.5:
        return asset
    return replace(asset, place=replace(asset.place, postcode=""))


def _drop_address(asset: Asset, rng: random.Random) -> Asset:
    return asset if rng.random() < 0.3 else replace(asset, place=replace(asset.place, address=()))


def _rewrite_phone(asset: Asset, rng: random.Random) -> Asset:
    def rewritten(contact: Contact) -> Contact:
        digits = re.sub(r"\D", "", contact.phone)
        return replace(contact, phone=rng.choice((digits, f"+44 {digits.removeprefix('0')}", "")) if digits else "")

    return replace(asset, contacts=tuple(map(rewritten, asset.contacts)))


def _rewrite_website(asset: Asset, rng: random.Random) -> Asset:
    bare = re.sub(r"^https?://(www\.)?", "", asset.website)
    return replace(asset, website=rng.choice((f"https://www.{bare}", f"http://{bare}", "")) if bare else "")


def _drop_kind(asset: Asset, rng: random.Random) -> Asset:
    return replace(asset, kind="other") if rng.random() < 0.3 else asset


_CHANGES: tuple[Callable[[Asset, random.Random], Asset], ...] = (
    _typo, _typo, _abbreviate, _abbreviate, _move_commas, _case, _add_word, _move, _move, _drop_point, _drop_postcode,
    _drop_address, _rewrite_phone, _rewrite_website, _drop_kind,
)  # fmt: skip


def _read(path: Path, *, kind: str, name: str) -> list[Asset]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        _asset({key.lower(): _said(value) for key, value in row.items()}, kind=kind, name=name.lower()) for row in rows
    ]


def _said(value: str | None) -> str:
    return "" if value in (None, "NA", "N/A", "n/a", "-", "Not known", "00000 000000") else str(value)


def _asset(row: dict[str, str], *, kind: str, name: str) -> Asset:
    lines = (
        row.get("address")
        or ", ".join(filter(None, (row.get(key, "") for key in ("address1", "address2", "street", "town"))))
    ).split(", ")
    point = {"lon": float(row["lon"]), "lat": float(row["lat"])} if row.get("lon") else {}
    return tidy_asset(
        Asset(
            name=row[name],
            kind=kind,
            website=row.get("website", ""),
            contacts=(Contact(phone=row["telephone"]),) if row.get("telephone") else (),
            place=Place(precision=Precision.EXACT, postcode=row["postcode"], address=tuple(lines), **point),
        )
    )
