/* Draws the areas of England on a Leaflet map through MapLibre GL.
 *
 * The page sends one message for each change of view: ids, numbers and booleans. Shapes come once as vector tiles;
 * figures come as one byte per area (how far from the worst, in per cent; 0 for none), are kept, and become colours
 * through feature state. The style's expressions never change, so that no tile is worked through again. Every word that
 * is shown comes from our own API and is written with textContent.
 */
(function () {
  "use strict";

  const VIEW_KEYS = ["lat", "lon", "zoom"];
  const NO_FIGURE = 0;
  const HOVER_WAIT_MS = 120;
  const ADDRESS_WAIT_MS = 300;
  /* The signs of community assets take little to draw, so areas wait this long for them. */
  const SIGNS_FIRST_MS = 600;
  /* Below these zooms, lines between areas would hide more than they show. */
  const EDGES_FROM_ZOOM = { icb: 4, sicbl: 4, lad: 5, ward: 8, msoa: 8, lsoa: 11 };
  const LARGE = new Set(["icb", "sicbl", "lad"]);
  const NOTHING = ["boolean", false];
  const SEE_THROUGH = "0.75";
  const THIRD = 100 / 3;
  /* Where the processor draws in a graphics card's place, smooth edges would cost most of its time. */
  const IS_PROCESSOR = /swiftshader|llvmpipe|softpipe|basic render/i;

  /* ---- Small pieces ---------------------------------------------------------------------------------------- */

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function say(piece, words) {
    piece.textContent = words;
    piece.hidden = !words;
  }

  function escaped(text) {
    return make("i", "", text).innerHTML;
  }

  function later(wait, action) {
    let timer = 0;
    return function (...given) {
      clearTimeout(timer);
      timer = setTimeout(() => action(...given), wait);
    };
  }

  function atMost(wait, coming) {
    return Promise.race([coming, new Promise((resolve) => setTimeout(resolve, wait))]);
  }

  function isSamePlace(one, other) {
    return Boolean(one && other && one.layer === other.layer && one.id === other.id);
  }

  async function fetchBytes(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(address + " answered " + answer.status);
    return new Uint8Array(await answer.arrayBuffer());
  }

  async function fetchJson(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(address + " answered " + answer.status);
    return answer.json();
  }

  /* One byte per area, as the page sends what is known to this page alone. */
  function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  }

  /* What draws WebGL in this browser, by its own name; null when nothing does. */
  function findDrawer() {
    const canvas = document.createElement("canvas");
    const gl = canvas.getContext("webgl2") || canvas.getContext("webgl");
    if (!gl) return null;
    const named = gl.getExtension("WEBGL_debug_renderer_info");
    return String(gl.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  }

  /* ---- The view in the page's address ---------------------------------------------------------------------- */

  /* Streamlit writes the address too, and knows nothing of where the map looks. Its two ways of writing are wrapped
   * for as long as this frame lives, so that what it writes always keeps our three parameters. The session remembers
   * the view as well, for a person who comes back from another page. */
  class Address {
    constructor() {
      this.view = null;
      this.page = window.parent;
      this.path = this.page.location.pathname;
      const history = this.page.history;
      this.original = { pushState: history.pushState, replaceState: history.replaceState };
      for (const name of Object.keys(this.original)) {
        history[name] = (state, title, url) => {
          const kept = this.withView(url);
          if (kept !== this.page.location.href) this.original[name].call(history, state, title, kept);
        };
      }
      window.addEventListener("pagehide", () => Object.assign(history, this.original));
    }

    /* Where to look first: what the address says, or else where the same place was looked at before. */
    read(bounds) {
      const query = new URLSearchParams(this.page.location.search);
      if (VIEW_KEYS.every((key) => query.has(key))) {
        const asked = usableView(...VIEW_KEYS.map((key) => query.get(key)));
        if (asked) this.view = asked;
        return asked;
      }
      const [before, ...view] = (sessionStorage.getItem(this.path) || "").split(" ");
      return before === String(bounds) ? usableView(...view) : null;
    }

    withView(url) {
      const here = this.page.location;
      const whole = new URL(url === undefined || url === null ? here.href : url, here.href);
      if (!this.view || whole.pathname !== this.path) return whole.href;
      for (const key of VIEW_KEYS) whole.searchParams.set(key, this.view[key]);
      return whole.href;
    }

    write(centre, zoom, bounds) {
      this.view = usableView(centre.lat, centre.lng, zoom);
      if (!this.view) return;
      sessionStorage.setItem(this.path, [bounds, ...VIEW_KEYS.map((key) => this.view[key])].join(" "));
      this.original.replaceState.call(this.page.history, this.page.history.state, "", this.withView());
    }
  }

  function usableView(...texts) {
    const [lat, lon, zoom] = texts.map((text) => (text === undefined || text === "" ? NaN : Number(text)));
    if (!(Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 22)) return null;
    return { lat: lat.toFixed(4), lon: lon.toFixed(4), zoom: String(Math.round(zoom * 100) / 100) };
  }

  /* ---- Figures, kept once fetched -------------------------------------------------------------------------- */

  class Figures {
    constructor(build) {
      this.build = build;
      this.kept = new Map();
    }

    worstPercents(layer, indicator, base) {
      const query = base ? "?base=" + encodeURIComponent(base) : "";
      return this.keep(`/values/${this.build}/${layer}/${indicator}.bin${query}`, fetchBytes);
    }

    members(layer, code) {
      return this.keep(`/members/${this.build}/${layer}/${code}.bin`, fetchBytes);
    }

    card(layer, id, indicators) {
      const address = `/areas/${this.build}/${layer}/${id}.json?indicators=${indicators.join(",")}`;
      return this.keep(address, fetchJson);
    }

    keep(address, get) {
      if (!this.kept.has(address)) {
        const coming = get(address);
        coming.catch(() => this.kept.delete(address));
        this.kept.set(address, coming);
      }
      return this.kept.get(address);
    }
  }

  /* ---- From figures to what each area looks like ----------------------------------------------------------- */

  /* One number per area: its colour (0 for no figure, then every palette's colours one after the other), and two flags. */
  const LEFT_BEHIND = 1 << 8;
  const FADED = 1 << 9;

  function colourOffsets(palettes) {
    const offsets = {};
    let next = NO_FIGURE + 1;
    for (const name of Object.keys(palettes)) {
      offsets[name] = next;
      next += palettes[name].length;
    }
    return offsets;
  }

  function thirdOf(percent) {
    return Math.min(2, Math.floor((percent - 1) / THIRD));
  }

  function looksOf(fill, offset, figures, leftBehind, worst, members) {
    const [first, second] = figures;
    const classOf = new Uint8Array(101);
    for (let percent = 1; percent <= 100; percent += 1) {
      classOf[percent] = second ? thirdOf(percent) : Math.max(0, fill.breaks.findIndex((end) => percent <= end));
    }
    const looks = new Uint16Array(first.length);
    for (let id = 0; id < first.length; id += 1) {
      let look = NO_FIGURE;
      if (second) {
        if (first[id] && second[id]) look = offset + 3 * classOf[first[id]] + classOf[second[id]];
      } else if (first[id]) {
        look = offset + classOf[first[id]];
      }
      if (leftBehind) {
        const [need, exclusion] = leftBehind;
        if (need[id] && exclusion[id] && need[id] <= worst[0] && exclusion[id] <= worst[1]) look |= LEFT_BEHIND;
      }
      if (members && !members[id]) look |= FADED;
      looks[id] = look;
    }
    return looks;
  }

  /* ---- The map --------------------------------------------------------------------------------------------- */

  class NeighbourhoodMap {
    constructor(map, settings) {
      this.map = map;
      this.settings = settings;
      this.box = map.getContainer();
      this.figures = new Figures(settings.build);
      this.offsets = colourOffsets(settings.palettes);
      this.address = settings.keepsView ? new Address() : null;
      this.looks = new Map();
      this.filters = new Map();
      this.hovered = null;
      this.serial = 0;
      this.bounds = "";
      this.message = null;
      this.dress();
    }

    /* Words, controls and the keyboard. */
    dress() {
      const { map, box, settings } = this;
      window.frameElement.title = "Map";
      document.documentElement.lang = "en-GB";
      box.setAttribute("role", "application");
      box.setAttribute(
        "aria-label",
        "Map. Arrow keys move it, plus and minus zoom, Enter chooses the area in the middle. " +
          "The table on this page says the same as the map."
      );
      L.control.zoom({ position: "topleft" }).addTo(map);
      L.control.scale({ maxWidth: 110 }).addTo(map);
      this.credits = L.control.attribution({ prefix: false }).addTo(map);
      this.credits.addAttribution(escaped(settings.credit));
      this.card = this.addPiece("cg-card", "status");
      this.notice = this.addPiece("cg-notice cg-middle", "status");
      this.remark = this.addPiece("cg-notice", "status");
      this.cross = this.addPiece("cg-cross", "");
      say(this.notice, "Drawing the map…");
      this.box.dataset.state = "drawing";
    }

    addPiece(className, role) {
      const piece = make("div", className);
      if (role) piece.setAttribute("role", role);
      piece.hidden = true;
      this.box.append(piece);
      return piece;
    }

    fail(words) {
      this.box.dataset.state = "failed";
      say(this.notice, words);
    }

    /* Begin to draw: only once, when it is known where to look. */
    start(message) {
      const seen = this.address && this.address.read(message.bounds);
      if (seen) this.map.setView([Number(seen.lat), Number(seen.lon)], Number(seen.zoom), { animate: false });
      else this.fit(message.bounds, false);
      this.bounds = String(message.bounds);
      maplibregl.setWorkerCount(Math.min(4, Math.max(1, navigator.hardwareConcurrency || 1)));
      maplibregl.setWorkerUrl(new URL(this.settings.worker, location.origin).href);
      this.layer = L.maplibreGL({
        style: { version: 8, sources: {}, layers: [] },
        fadeDuration: 0,
        attributionControl: false,
        canvasContextAttributes: { antialias: this.settings.isSmooth },
      }).addTo(this.map);
      this.gl = this.layer.getMaplibreMap();
      this.layer.getCanvas().setAttribute("aria-label", "Areas in colours");
      this.loaded = new Promise((resolve) => this.gl.once("load", resolve));
      this.gl.on("error", (event) => this.warn(event));
      this.gl.on("webglcontextlost", () => this.fail("The map stopped being drawn. Reload the page to draw it again."));
      this.assets = new window.CommunityAssets(this.map, {
        symbols: this.settings.symbols,
        tell: (chosen) => this.tell(null, chosen),
        warn: (words) => say(this.remark, words),
      });
      this.listen();
      /* A change made while the scripts were still coming was dropped by streamlit-folium: ask for the latest again. */
      Streamlit.setComponentReady();
    }

    warn(event) {
      if (event && event.sourceId) say(this.remark, "Part of the map could not be fetched. Move the map to try again.");
    }

    fit([west, south, east, north], animate) {
      const box = L.latLngBounds([south, west], [north, east]);
      this.map.fitBounds(box, { animate, padding: [8, 8], maxZoom: 15 });
    }

    listen() {
      const hover = later(HOVER_WAIT_MS, (point) => this.hover(point));
      const write = later(ADDRESS_WAIT_MS, () => this.address.write(this.map.getCenter(), this.map.getZoom(), this.bounds));
      const lookAtMiddle = later(HOVER_WAIT_MS, () => {
        if (this.cross.hidden) return;
        this.hover(this.map.getCenter());
        this.assets.point(this.assets.at(this.map.getCenter()));
      });
      this.map.on("mousemove", (event) => hover(event.latlng));
      this.map.on("mouseout", () => hover(null));
      this.map.on("click", (event) => this.choose(event.latlng));
      this.map.on("moveend", () => {
        if (this.address && this.box.dataset.painted) write();
        lookAtMiddle();
      });
      /* A press gives the map the keyboard's attention; the page must not jump for it, or the click would miss. */
      this.box.focus = () => HTMLElement.prototype.focus.call(this.box, { preventScroll: true });
      let isPressed = false;
      const showKeys = (areUsed) => {
        this.box.classList.toggle("cg-keys", areUsed);
        this.cross.hidden = !areUsed;
        if (areUsed) lookAtMiddle();
      };
      this.box.addEventListener("pointerdown", () => {
        isPressed = true;
        showKeys(false);
      }, true);
      this.box.addEventListener("focus", () => showKeys(!isPressed));
      this.box.addEventListener("blur", () => {
        isPressed = false;
        showKeys(false);
        this.hover(null);
      });
      this.box.addEventListener("keydown", (event) => {
        if (event.target !== this.box) return;
        showKeys(true);
        if (event.key === "Enter") {
          const asset = this.assets.at(this.map.getCenter());
          if (asset) {
            event.preventDefault();
            this.assets.choose(asset, true);
          } else this.choose(this.map.getCenter());
        }
        if (event.key === "Escape") {
          this.hover(null);
          this.assets.close();
        }
      });
    }

    /* ---- A message ---- */

    async restyle(message) {
      const serial = ++this.serial;
      const began = performance.now();
      if (!this.layer) this.start(message);
      const isSent = this.message !== null && message.looks !== this.message.looks;
      this.message = message;
      this.assets.show(message.assets);
      this.showBasemap(message.basemap);
      if (isSent || String(message.bounds) !== this.bounds) {
        this.bounds = String(message.bounds);
        this.fit(message.bounds, !matchMedia("(prefers-reduced-motion: reduce)").matches);
      }
      let looks;
      try {
        [looks] = await Promise.all([this.fetchLooks(message), this.loaded, atMost(SIGNS_FIRST_MS, this.assets.settled)]);
      } catch (problem) {
        if (serial === this.serial) this.fail("The figures for this map could not be fetched. Reload the page to try again.");
        return;
      }
      if (serial !== this.serial) return;
      this.showLayer(message.layer);
      this.paint(message.layer, looks);
      this.drawLines(message, looks);
      this.drawPins(message.pins, message.corners);
      this.gl.once("idle", () => this.finish(serial, began));
      this.gl.triggerRepaint();
    }

    async fetchLooks(message) {
      const { layer, fill, base, leftBehind, within, given, inside } = message;
      const get = (id) => (given[id] ? bytesOf(given[id]) : this.figures.worstPercents(layer, id, base));
      const [figures, outline, members] = await Promise.all([
        Promise.all(fill.ids.map(get)),
        leftBehind ? Promise.all(leftBehind.ids.map(get)) : null,
        inside ? bytesOf(inside) : within ? this.figures.members(layer, within.code) : null,
      ]);
      return looksOf(fill, this.offsets[fill.palette], figures, outline, leftBehind && leftBehind.worst, members);
    }

    finish(serial, began) {
      if (serial !== this.serial) return;
      say(this.notice, "");
      this.box.dataset.state = "drawn";
      this.box.dataset.paintMs = Math.round(performance.now() - began);
      this.box.dataset.painted = serial;
    }

    /* ---- Sources, layers and colours ---- */

    addSource(id, layer) {
      const [minzoom, maxzoom] = this.settings.zooms[layer];
      const tiles = `${location.origin}/tiles/${this.settings.build}/${layer}/{z}/{x}/{y}.mvt`;
      this.gl.addSource(id, { type: "vector", tiles: [tiles], minzoom, maxzoom });
    }

    addFill(layer) {
      if (this.gl.getSource(layer)) return;
      this.addSource(layer, layer);
      const colours = Object.values(this.settings.palettes).flat();
      const state = (key) => ["boolean", ["feature-state", key], false];
      const fill = {
        id: `fill-${layer}`,
        type: "fill",
        source: layer,
        "source-layer": layer,
        paint: {
          "fill-antialias": false,
          "fill-color": [
            "match",
            ["coalesce", ["feature-state", "colour"], NO_FIGURE],
            ...colours.flatMap((colour, i) => [NO_FIGURE + 1 + i, colour]),
            this.settings.colours.noFigure,
          ],
          "fill-opacity": ["case", state("hovered"), 0.6, state("faded"), 0.25, 0.9],
        },
      };
      const edge = {
        id: `edge-${layer}`,
        type: "line",
        source: layer,
        "source-layer": layer,
        minzoom: EDGES_FROM_ZOOM[layer],
        paint: { "line-color": this.settings.colours.casing, "line-opacity": 0.7, "line-width": 0.7 },
      };
      const above = this.firstLine();
      this.gl.addLayer(fill, above);
      this.gl.addLayer(edge, above);
    }

    /* Lines are drawn from a source of their own that holds only the areas that have one: most areas have none, and
     * shaping lines for all of them would take longer than everything else. */
    addLines(layer) {
      const source = `lines-${layer}`;
      if (this.gl.getSource(source)) return;
      this.addSource(source, layer);
      const { outline, casing, focus } = this.settings.colours;
      const line = (id, colour, widths) =>
        this.gl.addLayer({
          id: `${id}-${layer}`,
          type: "line",
          source,
          "source-layer": layer,
          filter: NOTHING,
          layout: { "line-join": "round" },
          paint: { "line-color": colour, "line-width": ["interpolate", ["linear"], ["zoom"], ...widths] },
        });
      const isLarge = LARGE.has(layer);
      line("outline-casing", casing, isLarge ? [4, 2.5, 8, 6] : [5, 0, 7, 1.5, 10, 3.5, 13, 6]);
      line("outline", outline, isLarge ? [4, 1.25, 8, 3] : [5, 0.5, 7, 1, 10, 1.75, 13, 3]);
      line("within-casing", casing, [5, 3, 10, 5]);
      line("within", outline, [5, 1.5, 10, 2.5]);
      line("selected-edge", outline, [5, 5, 10, 8]);
      line("selected", focus, [5, 3, 10, 4.5]);
    }

    firstLine() {
      const line = this.gl.getStyle().layers.find((layer) => layer.source.startsWith("lines-"));
      return line && line.id;
    }

    showLayer(layer) {
      if (this.hovered && this.hovered.layer !== layer) this.hover(null);
      this.addFill(layer);
      const lowest = this.settings.zooms[layer][0] + 1;
      if (this.map.getMinZoom() !== lowest) this.map.setMinZoom(lowest);
      for (const other of Object.keys(this.settings.zooms)) {
        if (!this.gl.getSource(other)) continue;
        for (const kind of ["fill", "edge"]) {
          this.gl.setLayoutProperty(`${kind}-${other}`, "visibility", other === layer ? "visible" : "none");
        }
      }
    }

    paint(layer, looks) {
      const before = this.looks.get(layer);
      for (let id = 0; id < looks.length; id += 1) {
        const look = looks[id] & ~LEFT_BEHIND;
        if (before && (before[id] & ~LEFT_BEHIND) === look) continue;
        this.gl.setFeatureState(
          { source: layer, sourceLayer: layer, id },
          { colour: look & 255, faded: Boolean(look & FADED) }
        );
      }
      this.looks.set(layer, looks);
    }

    drawLines(message, looks) {
      const outlined = [];
      if (message.leftBehind) {
        for (let id = 0; id < looks.length; id += 1) if (looks[id] & LEFT_BEHIND && !(looks[id] & FADED)) outlined.push(id);
      }
      this.filterLines(["outline-casing", "outline"], message.layer, outlined);
      this.drawPlace("within", message.within);
      this.drawPlace("selected", message.selected);
    }

    /* Numbered pins, and the corners of a boundary that a person is drawing. */
    drawPins(pins, corners) {
      if (this.pins) this.pins.remove();
      this.pins = L.layerGroup().addTo(this.map);
      const { outline, focus } = this.settings.colours;
      if (corners.length) {
        const line = corners.length > 2 ? L.polygon : L.polyline;
        const look = { color: outline, weight: 3, fillColor: focus, fillOpacity: 0.25, interactive: false };
        line(corners.map(([lon, lat]) => [lat, lon]), look).addTo(this.pins);
      }
      for (const [index, [lon, lat]] of [...pins, ...corners].entries()) {
        const number = make("span", "", String(index < pins.length ? index + 1 : index - pins.length + 1));
        const icon = L.divIcon({ className: "cg-pin", html: number, iconSize: [26, 26] });
        L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(this.pins);
      }
    }

    drawPlace(reason, place) {
      const kinds = [reason === "within" ? "within-casing" : "selected-edge", reason];
      this.filterLines(kinds, place && place.layer, place ? [place.id] : []);
    }

    /* Draw these lines round these areas of one level, and round none of any other level. */
    filterLines(kinds, layer, ids) {
      if (layer && ids.length && this.settings.zooms[layer]) this.addLines(layer);
      for (const level of Object.keys(this.settings.zooms)) {
        if (!this.gl.getSource(`lines-${level}`)) continue;
        const filter = level === layer && ids.length ? ["match", ["id"], ids, true, false] : NOTHING;
        const asText = String(filter);
        for (const kind of kinds) {
          const id = `${kind}-${level}`;
          if (this.filters.get(id) === asText) continue;
          this.filters.set(id, asText);
          this.gl.setFilter(id, filter, { validate: false });
        }
      }
    }

    /* ---- Pointing and choosing ---- */

    areaAt(latlng) {
      const layer = this.message.layer;
      if (!this.gl.getLayer(`fill-${layer}`)) return null;
      const point = this.gl.project([latlng.lng, latlng.lat]);
      const [found] = this.gl.queryRenderedFeatures(point, { layers: [`fill-${layer}`] });
      return found ? { layer, id: found.id } : null;
    }

    async hover(latlng) {
      const place = latlng && this.gl.loaded() ? this.areaAt(latlng) : null;
      if (place && isSamePlace(place, this.hovered)) return;
      this.light(this.hovered, false);
      this.hovered = place;
      this.light(place, true);
      if (!place) {
        this.card.hidden = true;
        return;
      }
      const indicators = [...new Set([...this.message.fill.ids, ...(this.message.leftBehind ? this.message.leftBehind.ids : [])])];
      const words = await this.figures.card(place.layer, place.id, indicators).catch(() => null);
      if (words && isSamePlace(place, this.hovered)) this.showCard(words);
    }

    light(place, isOn) {
      if (place) this.gl.setFeatureState({ source: place.layer, sourceLayer: place.layer, id: place.id }, { hovered: isOn });
    }

    showCard(words) {
      const list = make("dl");
      for (const value of words.values) {
        list.append(make("dt", "", value.name), make("dd", "", value.rank ? `${value.value} (${value.rank})` : value.value));
      }
      this.card.replaceChildren(make("h2", "", words.name), list);
      this.card.hidden = false;
    }

    choose(latlng) {
      if (!this.message) return;
      this.assets.close();
      const place = this.areaAt(latlng);
      if (place) this.drawPlace("selected", place);
      this.tell(place, { lon: latlng.lng, lat: latlng.lat });
    }

    /* Report to the page what was chosen: an area, or a community asset by its number. */
    tell(place, { lon, lat, asset }) {
      Streamlit.setComponentValue({
        clicked: {
          serial: Date.now(),
          layer: this.message.layer,
          id: place ? place.id : null,
          lon,
          lat,
          asset: asset === undefined ? null : asset,
        },
      });
    }

    /* ---- The base map ---- */

    showBasemap(isShown) {
      const offered = this.settings.basemap;
      if (!offered) return;
      if (!this.basemap) this.basemap = this.makeBasemap(offered);
      const has = this.map.hasLayer(this.basemap);
      if (isShown && !has) this.basemap.addTo(this.map);
      if (!isShown) this.basemap.remove();
      if (!isShown && this.box.dataset.basemap) {
        delete this.box.dataset.basemap;
        say(this.remark, "");
      }
      this.layer.getContainer().style.opacity = this.map.hasLayer(this.basemap) ? SEE_THROUGH : "";
    }

    makeBasemap({ url, credit }) {
      this.map.createPane("basemap").style.zIndex = 150;
      const words = escaped(credit).replace(
        "OpenStreetMap",
        '<a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">OpenStreetMap</a>'
      );
      const tiles = L.tileLayer(url, { pane: "basemap", maxZoom: 19, attribution: words });
      let hasAny = false;
      tiles.on("tileload", () => {
        hasAny = true;
      });
      tiles.on("tileerror", () => {
        if (!hasAny && this.map.hasLayer(tiles)) {
          tiles.remove();
          this.layer.getContainer().style.opacity = "";
          this.box.dataset.basemap = "unavailable";
          say(this.remark, "The base map is not available just now.");
        }
      });
      return tiles;
    }
  }

  /* ---- What the page calls --------------------------------------------------------------------------------- */

  let drawn = null;

  window.commonGround = {
    attach(map, settings) {
      const drawer = findDrawer();
      if (drawer === null) {
        const words =
          "This browser cannot draw the map, because WebGL is turned off or missing. The table on this page says the same.";
        const notice = make("p", "cg-notice cg-middle", words);
        notice.setAttribute("role", "status");
        map.getContainer().append(notice);
        map.getContainer().dataset.state = "no-webgl";
        return;
      }
      drawn = new NeighbourhoodMap(map, { ...settings, isSmooth: !IS_PROCESSOR.test(drawer) });
    },
    restyle(message) {
      if (drawn) drawn.restyle(message);
    },
  };
})();
