"""What may be asked of one layer of an ArcGIS feature service, and how its answers are read.

Parameters of the query operation are those of Esri's REST API, “Query (Feature Service/Layer)”.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from etl.fetch.feature_file import Feature
from etl.fetch.web import (
    TRY_AGAIN,
    PassingFaultError,
    Patience,
    Wanted,
    ask_patiently,
    check_status,
    looks_like_web_page,
)

Answer = dict[str, Any]


@dataclass(frozen=True)
class Layer:
    """A layer and the rows wanted of it.

    The address is that of the layer (`…/FeatureServer/0`) or of its query; `where` and `outFields` may be given in
    it. Rows come with their boundaries (in degrees) when the file wanted is GeoJSON, without them when it is CSV.
    """

    wanted: Wanted
    client: httpx.Client
    patience: Patience

    @property
    def address(self) -> str:
        """The layer's own address."""
        return str(httpx.URL(self.wanted.url).copy_with(query=None)).removesuffix("/query").rstrip("/")

    @property
    def has_boundaries(self) -> bool:
        """Whether boundaries are wanted."""
        return self.wanted.filename.endswith(".geojson")

    def describe(self) -> Answer:
        """Return what the layer says of itself."""
        return self._ask(self.address, {"f": "json"}, holding="fields")

    def count(self) -> int:
        """Return how many rows there are to come."""
        query = {**self._query(), "returnCountOnly": "true", "f": "json"}
        return int(self._ask(f"{self.address}/query", query, holding="count")["count"])

    def page(self, *, offset: int, rows: int, key: str) -> Answer:
        """Return rows from an offset on, in order of their key, so that pages neither overlap nor miss any."""
        query = {**self._query(), "resultOffset": str(offset), "resultRecordCount": str(rows), "orderByFields": key}
        if query["outFields"] != "*" and key not in query["outFields"].split(","):
            query["outFields"] += f",{key}"
        query |= {"f": "geojson", "outSR": "4326"} if self.has_boundaries else {"f": "json", "returnGeometry": "false"}
        return self._ask(f"{self.address}/query", query, holding="features")

    def _query(self) -> dict[str, str]:
        given = httpx.URL(self.wanted.url).params
        return {name: given.get(name, default) for name, default in (("where", "1=1"), ("outFields", "*"))}

    def _ask(self, address: str, query: dict[str, str], *, holding: str) -> Answer:
        def ask() -> Answer:
            response = self.client.get(address, params=query)
            check_status(response, wanted=self.wanted)
            answer = self._read(response)
            if holding not in answer:
                raise PassingFaultError(f"the service answered without “{holding}”")
            return answer

        return ask_patiently(ask, wanted=self.wanted, patience=self.patience)

    def _read(self, response: httpx.Response) -> Answer:
        """Read an answer; a feature service reports most of its errors under status 200."""
        try:
            answer = response.json()
        except ValueError as fault:
            kind = "a web page" if looks_like_web_page(response.content) else "something that is not JSON"
            raise PassingFaultError(f"the service answered with {kind}") from fault
        error = answer.get("error") if isinstance(answer, dict) else {"message": "not an object"}
        if error is None:
            return dict(answer)
        said = " ".join([str(error.get("message", "")), *map(str, error.get("details") or [])]).strip()
        if error.get("code") in TRY_AGAIN:
            raise PassingFaultError(f"the service answered “{said}”")
        raise self.wanted.missing(f"The feature service at {self.address} refused: “{said}”")


def identify(feature: Feature, key: str) -> object:
    """Return the value of a feature's key field."""
    values = feature.get("attributes") or feature.get("properties") or {}
    return values.get(key, feature.get("id"))


def is_cut(page: Answer) -> bool:
    """Tell whether the service says that more rows follow; GeoJSON answers say so one level down."""
    return bool(page.get("exceededTransferLimit") or (page.get("properties") or {}).get("exceededTransferLimit"))
