"""Made-up GP practices as NHS England publishes them: epraccur and the patients registered."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.files import write_csv
from etl.demo.people import People
from etl.demo.places import Places
from etl.demo.plan import read_words
from etl.demo.registered_files import write_registered

GROUPING = "Y90"
OTHER_SETTINGS = ("1", "2", "8", "10")  # out of hours, walk-in centre, community, other: not GP practices
GP_PRACTICE = "4"
EVERY_CLOSED, EVERY_OTHER = 23, 11  # one practice in so many has closed, or is another prescribing setting
PATIENTS_PER_RESIDENT = 1.04
PATIENT_COLUMNS = (
    "PUBLICATION", "EXTRACT_DATE", "TYPE", "CCG_CODE", "ONS_CCG_CODE", "CODE", "POSTCODE", "SEX", "AGE",
    "NUMBER_OF_PATIENTS",
)  # fmt: skip


@dataclass(frozen=True)
class Practice:
    """One row of epraccur, before it is spread over its 27 columns; `at` is the neighbourhood that it lies in."""

    code: str
    name: str
    address: str
    town: str
    postcode: str
    ccg_code: str
    ccg_ons_code: str
    setting: str
    closed_on: str
    patients: int
    at: int

    def cells(self, *, icb_code: str) -> tuple[str, ...]:
        """Return the cells of epraccur, which has no header row."""
        status = "C" if self.closed_on else "A"
        address = (self.address, self.town, "", "", "")
        opened = ("19740401", self.closed_on, status, "B", self.ccg_code, "20200401", self.closed_on)
        contact = (
            f"01632 960{int(self.code[1:]) % 1000:03d}",
            "",
            "",
            "",
            "0",
            "",
            self.ccg_code,
            "",
            self.setting,
            "",
        )
        return (self.code, self.name, GROUPING, icb_code, *address, self.postcode, *opened, *contact)


def write_practices(
    *, folder: Path, places: Places, people: People, postcodes: pd.DataFrame, rng: np.random.Generator
) -> None:
    """Write the practices, some of them closed and some no GP practice, and the patients of those that are open."""
    practices = _draw_practices(places, people, postcodes, rng)
    cells = pd.DataFrame([one.cells(icb_code=places.plan.icb_ods_code) for one in practices])
    folder.mkdir(parents=True, exist_ok=True)
    text = cells.to_csv(index=False, header=False, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    (folder / "epraccur.csv").write_bytes(text.encode())
    kind = ("GP_PRAC_PAT_LIST", "01May2022", "GP")
    is_open = [one for one in practices if one.setting == GP_PRACTICE and not one.closed_on]
    lists = [
        (*kind, one.ccg_code, one.ccg_ons_code, one.code, one.postcode, "ALL", "ALL", one.patients) for one in is_open
    ]
    write_csv(frame=pd.DataFrame(lists, columns=PATIENT_COLUMNS), path=folder / "gp-reg-pat-prac-all.csv")
    registered = [(one.code, one.name, one.at, one.patients) for one in is_open]
    write_registered(folder=folder, places=places, people=people, practices=registered)


def _draw_practices(
    places: Places, people: People, postcodes: pd.DataFrame, rng: np.random.Generator
) -> list[Practice]:
    """Return one practice in each MSOA, where its people live most densely."""
    words = read_words()
    residents = pd.Series(people.population).groupby(places.frame["msoa21_code"].to_numpy()).sum()
    smallest = places.frame.loc[places.frame.groupby("msoa21_code")["area_m2"].idxmin()]
    first_postcode = postcodes.drop_duplicates("place")["postcode"].to_list()
    practices = []
    for number, (at, place) in enumerate(zip(smallest.index.to_list(), smallest.to_dict("records"), strict=True)):
        is_gp = number % EVERY_OTHER != EVERY_OTHER - 1
        street = f"{rng.integers(1, 90)} {rng.choice(words['addresses']['street']['first'])}"
        practices.append(
            Practice(
                code=f"Z{90_001 + number}",
                name=f"{place['local_name']} {rng.choice(words['practices']['last'])}".upper(),
                address=f"{street} {rng.choice(words['addresses']['street']['last'])}".upper(),
                town=str(place["settlement"]).upper(),
                postcode=str(first_postcode[at]),
                ccg_code=str(place["sicbl_ods_code"]),
                ccg_ons_code=str(place["sicbl_code"]),
                setting=GP_PRACTICE if is_gp else str(rng.choice(OTHER_SETTINGS)),
                closed_on="20171031" if number % EVERY_CLOSED == EVERY_CLOSED - 1 else "",
                patients=round(float(residents[place["msoa21_code"]] * PATIENTS_PER_RESIDENT * rng.normal(1.15, 0.12))),
                at=int(at),
            )
        )
    return practices
