"""A map on an open page, as a person meets it: wait for it, change what it shows, look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Frame, FrameLocator, Locator, Page, Request, expect

FRAME = "iframe[src*='streamlit_folium']"
IS_PAINTED_SINCE = "serial => Number(document.querySelector('#map_div').dataset.painted || 0) > serial"
HAS_ENDED = ", ".join(f"#map_div[data-state='{state}']" for state in ("drawn", "failed", "no-webgl"))


class MapOnPage:
    """The map of a page that may hold one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[Request] = []
        self.problems: list[str] = []
        page.on("request", self._note)
        page.on("pageerror", lambda problem: self.problems.append(str(problem)))
        page.on("console", lambda said: self.problems.append(said.text) if said.type == "error" else None)

    def _note(self, request: Request) -> None:
        self.requests.append(request)

    def open(self, address: str) -> None:
        """Open a page and wait until its map is drawn, or says that it cannot be."""
        self.page.goto(address)
        self.wait()

    def wait(self) -> None:
        """Wait until the map is drawn, or says that it cannot be; the frame may be another by then."""
        self.inside.locator(HAS_ENDED).wait_for(state="attached")

    @property
    def inside(self) -> FrameLocator:
        """What is in the map's frame."""
        return self.page.frame_locator(FRAME)

    @property
    def frame(self) -> Frame:
        """The map's frame."""
        frame = self.page.wait_for_selector(FRAME, state="attached").content_frame()
        assert frame is not None
        return frame

    @property
    def box(self) -> Locator:
        """The map itself."""
        return self.inside.locator("#map_div")

    @property
    def view(self) -> tuple[float, float, float]:
        """Latitude and longitude of the middle, and zoom."""
        lat, lon, zoom = self.frame.evaluate("() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
        return round(lat, 3), round(lon, 3), round(zoom, 2)

    @property
    def view_in_address(self) -> tuple[float, float, float]:
        """What the address says of the same; noughts when it says nothing."""
        query = parse_qs(urlsplit(self.page.url).query)
        lat, lon, zoom = (float(query.get(key, ["0"])[0]) for key in ("lat", "lon", "zoom"))
        return round(lat, 3), round(lon, 3), round(zoom, 2)

    def picked_out(self, layer: str) -> list[int]:
        """Return the numbers of the areas that the map has picked out, by a line round each."""
        (_, _, *numbers) = self.frame.evaluate(
            "layer => Object.values(map._layers).find(one => one.getMaplibreMap).getMaplibreMap()"
            ".getFilter(`selected-${layer}`)",
            arg=layer,
        )
        return list(numbers[0]) if numbers else []

    @contextmanager
    def repainted(self) -> Iterator[None]:
        """Do something that changes the map, and wait until the change is drawn."""
        serial = int(self.box.get_attribute("data-painted") or 0)
        self.requests.clear()
        yield
        self.frame.wait_for_function(IS_PAINTED_SINCE, arg=serial)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list beside the map, and wait until the choice is drawn."""
        with self.repainted():
            self.page.get_by_role("combobox", name=label).click()
            self.page.get_by_role("option", name=option, exact=True).click()

    def tick(self, label: str) -> None:
        """Tick or untick a box beside the map, and wait until that is drawn."""
        with self.repainted():
            self.page.get_by_text(label, exact=True).click()

    def asked(self, part: str) -> list[str]:
        """Return the addresses asked for since the last change that hold some text."""
        return [request.url for request in self.requests if part in request.url]

    def wait_for_address(self) -> None:
        """Wait until the address says where the map looks."""
        self.page.wait_for_function(
            "expected => { const query = new URLSearchParams(location.search);"
            " const said = ['lat', 'lon', 'zoom'].map(key => Number(query.get(key)));"
            " return said.every((value, i) => Math.abs(value - expected[i]) < 0.001); }",
            arg=list(self.frame.evaluate("() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]")),
        )

    def zoom_in(self) -> None:
        """Press the plus, and wait until the map has moved and the address says so."""
        before = self.view[2]
        self.inside.get_by_role("button", name="Zoom in").click()
        self.frame.wait_for_function("zoom => map.getZoom() > zoom && !map._animatingZoom", arg=before)
        self.wait_for_address()

    def picture(self) -> bytes:
        """Return what the map looks like now."""
        expect(self.inside.locator(".cg-card")).to_be_hidden()
        return self.box.screenshot()
