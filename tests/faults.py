"""Ways in which a published file goes wrong between its publisher and us, done to one file of the demo."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>Page not found</title></head><body>Sorry</body></html>\n"
NOT_A_NUMBER = "plenty"
UNKNOWN_CODE = "E01999999"


@dataclass(frozen=True)
class Published:
    """One file of a source: its name, a heading and a column of numbers that matter, and how it is packed.

    `renamed` is empty where a file has no headings; `number` is the position of a column of numbers, from 0, and
    `heading` what a message should call it.
    """

    source_id: str
    name: str
    renamed: str = ""
    number: int = -1
    heading: str = ""
    packing: str = "plain"
    first_row: int = 2
    is_required: bool = False

    @property
    def is_text(self) -> bool:
        return self.packing != "parquet"

    def read(self, folder: Path) -> bytes:
        path = self.find(folder)
        if self.packing == "gzip":
            return gzip.decompress(path.read_bytes())
        if self.packing == "zip":
            with zipfile.ZipFile(path) as archive:
                return archive.read(archive.namelist()[0])
        return path.read_bytes()

    def write(self, folder: Path, content: bytes) -> None:
        path = self.find(folder)
        if self.packing == "gzip":
            content = gzip.compress(content)
        if self.packing == "zip":
            with zipfile.ZipFile(path) as archive:
                name = archive.namelist()[0]
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, content)
            return
        path.write_bytes(content)

    def find(self, folder: Path) -> Path:
        (path,) = folder.rglob(self.name)
        return path


PUBLISHED = (
    Published("lsoa_boundaries", "LSOA_2021_EN_BGC.parquet", packing="parquet", is_required=True),
    Published("lsoa_centroids", "LSOA_PopCentroids*.csv", renamed="LSOA21CD", number=3, heading="x"),
    Published("msoa_boundaries", "MSOA_2021_EN_BGC.parquet", packing="parquet"),
    Published("msoa_names", "MSOA-Names-2021.csv", renamed="msoa21hclnm", is_required=True),
    Published("health_lookup", "LSOA21_SICBL24_*.csv", renamed="ICB24CD", is_required=True),
    Published("ward_lookup", "LSOA21_WD24_*.csv", renamed="WD24CD", is_required=True),
    Published("census_age", "RM121*.csv", renamed="Total", number=1, heading="Total", first_row=10, is_required=True),
    Published("rural_urban", "RUC21*.csv", renamed="RUC21CD"),
    Published("lsoa_pairs", "LSOA11_LSOA21*.csv", renamed="CHGIND"),
    Published("iod_2025_scores", "File_7*.csv", renamed="Crime Score", number=4, heading="IMD", is_required=True),
    Published(
        "iod_2025_indicators", "File_8*.csv", renamed="connectivity_score", number=19, heading="connectivity_score"
    ),
    Published(
        "iod_2019_population",
        "File_6*.csv.gz",
        renamed="Total population",
        number=4,
        heading="Total population",
        packing="gzip",
    ),
    Published("iod_2019_ranks", "File_2*.csv.gz", renamed="Income Rank", number=6, heading="Income", packing="gzip"),
    Published("census_disability", "census2021-ts038*.csv", renamed="Disabled under", number=4, heading="Disabled"),
    Published("deri_v1_6", "DERI*.csv", renamed="deri_score_national", number=4, heading="deri_score_national"),
    Published("ofcom_fixed", "*fixed_oa_coverage*.csv", renamed="All Premises", number=1, heading="All Premises"),
    Published("ofcom_fixed", "OA21_LSOA21*.csv", renamed="LSOA21CD"),
    Published("gp_appointments", "Regional_CSV*.csv", renamed="APPT_MODE", number=12, heading="COUNT_OF_APPOINTMENTS"),
    Published("code_point_open", "codepo_gb.zip", number=2, heading="number 3", packing="zip", first_row=1),
    Published("gp_practices", "epraccur.csv", first_row=1),
    Published("gp_practices", "gp-reg-pat-prac-all.csv", renamed="NUMBER_OF_PATIENTS", number=9, heading="NUMBER_OF_P"),
    Published(
        "gp_registered_patients",
        "gp-reg-pat-prac-lsoa-all.csv",
        renamed="NUMBER_OF_PATIENTS",
        number=6,
        heading="NUMBER_OF_P",
    ),
    Published("demo_assets", "community_assets.csv", renamed="kind"),
)


def remove(file: Published, folder: Path) -> None:
    """The file is not there."""
    file.find(folder).unlink()


def empty(file: Published, folder: Path) -> None:
    """The file has no bytes: a download that never began."""
    file.find(folder).write_bytes(b"")


def cut_short(file: Published, folder: Path) -> None:
    """The file ends half way: inside a row, or inside what is packed."""
    if file.packing == "plain":
        lines = file.read(folder).splitlines(keepends=True)
        half = len(lines) // 2
        file.write(folder, b"".join(lines[:half]) + lines[half][: len(lines[half]) // 2])
    else:
        path = file.find(folder)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def replace_by_web_page(file: Published, folder: Path) -> None:
    """The publisher sent a web page instead."""
    file.find(folder).write_bytes(WEB_PAGE)


def rename_column(file: Published, folder: Path) -> None:
    """A heading is another one."""
    old = file.renamed.encode()
    content = file.read(folder)
    assert old in content
    file.write(folder, content.replace(old, b"Something else", 1))


def double_row(file: Published, folder: Path) -> None:
    """The last row of data is there twice."""
    lines = file.read(folder).splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if line.strip(b', \r\n"') and line[:1] not in b", ")
    file.write(folder, b"".join([*lines[: last + 1], lines[last], *lines[last + 1 :]]))


def put_text_for_number(file: Published, folder: Path) -> None:
    """A cell of the third row of data says “plenty”."""
    lines = file.read(folder).decode().splitlines(keepends=True)
    row = third_row(file) - 1
    cells = next(csv.reader([lines[row]]))
    cells[file.number] = NOT_A_NUMBER
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n" if lines[row].endswith("\r\n") else "\n").writerow(cells)
    lines[row] = written.getvalue()
    file.write(folder, "".join(lines).encode())


def put_unknown_code(file: Published, folder: Path) -> tuple[str, int]:
    """The fifth neighbourhood in the file is one that nobody knows; return the heading above its code, and its row."""
    lines = file.read(folder).decode().splitlines(keepends=True)
    rows = [row for row, line in enumerate(lines) if re.search(r"\bE01\d{6}\b", line)]
    code = re.search(r"\bE01\d{6}\b", lines[rows[4]])
    assert code is not None
    lines[rows[4]] = lines[rows[4]].replace(code[0], UNKNOWN_CODE, 1)
    cells = next(csv.reader([lines[rows[4]]]))
    place = next(place for place, cell in enumerate(cells) if UNKNOWN_CODE in cell)
    file.write(folder, "".join(lines).encode())
    titled = max(row for row in range(rows[0]) if lines[row].strip(", \r\n"))
    headings = next(csv.reader([lines[titled].removeprefix("\ufeff")]))
    return headings[place], rows[4] + 1


def save_in_another_encoding(file: Published, folder: Path) -> None:
    """Somebody saved the file as UTF-16, as a spreadsheet does for “Unicode text”."""
    file.write(folder, file.read(folder).decode("utf-8-sig").encode("utf-16"))


def third_row(file: Published) -> int:
    """Return the number of the third row of data, counted from 1 at the first line of the file."""
    return file.first_row + 2


WHOLE_FILE: tuple[Callable[[Published, Path], None], ...] = (remove, empty, cut_short, replace_by_web_page)
