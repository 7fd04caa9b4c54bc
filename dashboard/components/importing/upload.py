"""The first step of an import: a file from the computer, or the address of a feed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import streamlit as st

from dashboard.components.frame import refusals_shown
from dashboard.components.importing.job import ImportJob, keep_job
from dashboard.register.exchange.incoming import Incoming, IncomingServices, open_incoming
from dashboard.register.exchange.limits import MAX_BYTES, MAX_ROWS
from dashboard.register.exchange.open_referral.feed import FeedClient
from dashboard.register.taxonomy import Taxonomy

# An extract of a county fits; a table has a limit of its own, and its own message.
MOST_MB = 100
_LONGEST_NAME = 60
FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "geojson", "json", "pbf"]
_KINDS = (
    f"A spreadsheet (CSV or .xlsx), GeoJSON or Open Referral (.json), at most {MAX_BYTES / 1e6:.0f} MB and "
    f"{MAX_ROWS:,} rows; or an extract of OpenStreetMap (.osm.pbf), at most {MOST_MB} MB: a bigger one goes in on the "
    "command line."
)


def show_upload(taxonomy: Taxonomy) -> None:
    """Show the ways to bring a list, and keep what was brought."""
    st.markdown(
        "Bring the list as you keep it: you choose what each column holds, and see what would change before anything "
        "is saved."
    )
    file = st.file_uploader("A list from your computer", type=FILE_TYPES, key="import-file", max_upload_size=MOST_MB)
    st.caption(_KINDS)
    if file is not None:
        _start(file.name, taxonomy, read=lambda: _open(file.name, file.getvalue(), taxonomy))
    with st.expander("Or read a feed of the open standard (Open Referral UK)", icon=":material/rss_feed:"):
        address = st.text_input("Address of the feed", key="import-feed", placeholder="https://…/services")
        if st.button("Read the feed", key="import-read-feed", disabled=not address.strip()):
            _start(address.strip(), taxonomy, read=lambda: _read_feed(address.strip()))


def _start(name: str, taxonomy: Taxonomy, *, read: Callable[[], Incoming]) -> None:
    with refusals_shown():
        incoming = read()
        keep_job(ImportJob(name=name, incoming=incoming, proposed=incoming.propose(taxonomy=taxonomy)))
        st.rerun()


def _open(name: str, content: bytes, taxonomy: Taxonomy) -> Incoming:
    # The extract of a map is read where it lies, so the file is put down for as long as that takes.
    with TemporaryDirectory(prefix="commonground-") as folder:
        path = Path(folder) / _plain_name(name)
        path.write_bytes(content)
        return open_incoming(path, taxonomy=taxonomy)


def _plain_name(name: str) -> str:
    """Return the end of a file's name, no longer than a disk takes: a letter is up to four bytes there."""
    last = name.replace("\\", "/").rpartition("/")[2].replace("\x00", "")
    return last[-_LONGEST_NAME:] or "list"


def _read_feed(address: str) -> Incoming:
    bar = st.progress(0.0, text="Reading the feed …")

    def report(done: int, of: int) -> None:
        bar.progress(done / of if of else 1.0, text=f"Reading the feed: {done:,} of {of:,} services")

    services = FeedClient(address).services(progress=report)
    bar.empty()
    return IncomingServices(title=urlsplit(address).hostname or "feed", services=services)
