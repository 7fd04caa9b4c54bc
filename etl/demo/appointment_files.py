"""Made-up GP appointments as NHS England publishes them, with the switch to the telephone in spring 2020."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.files import write_csv
from etl.demo.people import People
from etl.demo.places import Places
from etl.demo.plan import FloatArray, Plan, SubIcb

STP_CODE = "E54900001"
REGION = ("E40900001", "Siskin Shires")
FIRST_MONTH, MONTHS = "2019-03", 30
MODES = ("Face-to-Face", "Home Visit", "Telephone", "Unknown", "Video/Online")
BEFORE_SWITCH = (0.755, 0.007, 0.205, 0.027, 0.006)
IN_LOCKDOWN = (0.510, 0.005, 0.445, 0.036, 0.004)
SETTLED = (0.580, 0.006, 0.362, 0.043, 0.009)
SWITCH_MONTH, RECOVERY_MONTHS = 13, 9  # April 2020 counted from March 2019, and how long half the way back took
APPOINTMENTS_PER_PERSON = 0.43  # a month, before 2020
STATUS = {"Attended": 0.905, "DNA": 0.045, "Unknown": 0.05}
STAFF = {"GP": 0.50, "Other Practice staff": 0.465, "Unknown": 0.035}
WAITS = {
    "1 Day": 0.08,
    "15  to 21 Days": 0.06,
    "2 to 7 Days": 0.205,
    "22  to 28 Days": 0.04,
    "8  to 14 Days": 0.12,
    "More than 28 Days": 0.045,
    "Same Day": 0.449,
    "Unknown / Data Issue": 0.001,
}


def write_appointments(*, folder: Path, places: Places, people: People, rng: np.random.Generator) -> None:
    """Write one file of monthly appointments for the ICB, with a row per CCG, month, status, staff, mode and wait."""
    plan = places.plan
    residents = pd.Series(people.population).groupby(places.frame["sicbl_ods_code"].to_numpy()).sum()
    tables = [_appointments(plan, one, float(residents[one.ods_code]), rng) for one in plan.sub_icbs]
    write_csv(frame=pd.concat(tables), path=folder / "Regional_CSV_HarrowickOrrinCoast.csv", line_end="\r\n")


def _appointments(plan: Plan, ccg: SubIcb, residents: float, rng: np.random.Generator) -> pd.DataFrame:
    cells = list(product(STATUS.items(), STAFF.items(), enumerate(MODES), WAITS.items()))
    share = np.array([status[1] * staff[1] * wait[1] for status, staff, _, wait in cells])
    mode = np.array([mode[0] for _, _, mode, _ in cells])
    tables = []
    for month, period in enumerate(pd.period_range(FIRST_MONTH, periods=MONTHS, freq="M")):
        total = residents * APPOINTMENTS_PER_PERSON * (0.68 if month in (SWITCH_MONTH, SWITCH_MONTH + 1) else 1.0)
        expected = total * rng.normal(1, 0.05) * share * _mode_shares(month, rng)[mode]
        counts = rng.poisson(expected)
        rows = np.flatnonzero(counts)
        tables.append(
            pd.DataFrame(
                {
                    "CCG_CODE": ccg.ods_code,
                    "CCG_ONS_CODE": ccg.code,
                    "CCG_NAME": ccg.ccg_name,
                    "STP_ONS": STP_CODE,
                    "STPNM": plan.icb_name,
                    "REGION_ONS_CODE": REGION[0],
                    "REGION_NAME": REGION[1],
                    "Appointment_Month": f"{period:%b%Y}".upper(),
                    "APPT_STATUS": [cells[row][0][0] for row in rows],
                    "HCP_TYPE": [cells[row][1][0] for row in rows],
                    "APPT_MODE": [cells[row][2][1] for row in rows],
                    "TIME_BETWEEN_BOOK_AND_APPT": [cells[row][3][0] for row in rows],
                    "COUNT_OF_APPOINTMENTS": counts[rows],
                }
            )
        )
    return pd.concat(tables)


def _mode_shares(month: int, rng: np.random.Generator) -> FloatArray:
    """Return the share of each mode: steady, a jump in April 2020 (half of it in March), then part of the way back."""
    before, lockdown, settled = (np.array(shares) for shares in (BEFORE_SWITCH, IN_LOCKDOWN, SETTLED))
    if month < SWITCH_MONTH:
        shares = (before + lockdown) / 2 if month == SWITCH_MONTH - 1 else before
    else:
        shares = settled + (lockdown - settled) * 0.5 ** ((month - SWITCH_MONTH) / RECOVERY_MONTHS)
    shaken: FloatArray = shares * np.exp(rng.normal(0, 0.025, len(shares)))
    shaken /= shaken.sum()
    return shaken
