"""Getting a source's files: from a mirror folder, by download, or page by page from an ArcGIS feature service."""

from etl.fetch.acquire import acquire
from etl.fetch.acquired import AcquiredFile, AcquiredFiles
from etl.fetch.store import RawStore
from etl.fetch.web import Patience

__all__ = ["AcquiredFile", "AcquiredFiles", "Patience", "RawStore", "acquire"]
