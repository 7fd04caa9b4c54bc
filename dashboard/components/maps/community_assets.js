/* Draws community assets over the areas: a sign for each, a number for several that would lie on one another.
 *
 * What is drawn comes as numbers for the part of the map that is seen, and is asked for again whenever the map moves or
 * the page sends a newer number of change. Where a zoom will end is known as it begins: what is there is asked for
 * then, ahead of the tiles, and drawn as soon as the map is at rest. The words of an entry come from our own API when
 * somebody points at it, and are written with textContent: whatever a person typed stays text.
 */
(function () {
  "use strict";

  const ASK_WAIT_MS = 120;
  const NO_MOVE_PX = 2;
  /* The answer holds what lies this much further out, so a scroll bar that comes or goes needs no other. */
  const MARGIN_PX = 32;
  const HOVER_WAIT_MS = 150;
  const REACH_PX = 22;
  const NEARER = 2;
  const STREETS_ZOOM = 16;
  const MARKER_PX = 30;
  const SVG = "http://www.w3.org/2000/svg";

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function picture(path) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("d", path);
    shape.setAttribute("fill-rule", "evenodd");
    svg.append(shape);
    return svg;
  }

  /* 1,234 up to 9,999, then 12k. */
  function shortNumber(count) {
    return count < 10000 ? count.toLocaleString("en-GB") : Math.round(count / 1000) + "k";
  }

  class CommunityAssets {
    /* `settings.symbols` are paths; `tell` reports a choice to the page, `warn` says that something went wrong. */
    constructor(map, settings) {
      this.map = map;
      this.box = map.getContainer();
      this.symbols = settings.symbols;
      this.tell = settings.tell;
      this.warn = settings.warn;
      this.asked = null;
      this.said = "";
      this.remarked = "";
      this.items = [];
      this.words = new Map();
      this.serial = 0;
      this.group = L.layerGroup();
      map.createPane("community-assets").style.zIndex = 620;
      map.getPane("community-assets").setAttribute("aria-hidden", "true");
      this.card = make("div", "cg-asset-card");
      this.card.setAttribute("role", "region");
      this.card.setAttribute("aria-label", "Community asset");
      this.card.setAttribute("aria-live", "polite");
      this.card.hidden = true;
      this.box.append(this.card);
      L.DomEvent.disableClickPropagation(this.card);
      L.DomEvent.disableScrollPropagation(this.card);
      this.card.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        this.close();
        this.box.focus();
      });
      this.timer = 0;
      this.arrival = null;
      this.settled = null;
      map.on("zoomanim", ({ center, zoom }) => {
        this.arrival = new Promise((resolve) => map.once("moveend", resolve));
        this.look(center, zoom);
      });
      map.on("moveend", () => {
        this.arrival = null;
        this.look(map.getCenter(), map.getZoom());
      });
    }

    /* Ask for what is seen from a middle at a zoom, unless that was asked for: Leaflet's rounding is no move. Of many
     * views in quick succession, the first is asked for at once and the last when it has stayed. */
    look(centre, zoom) {
      if (!this.asked) return;
      const before = this.view;
      const view = { middle: this.map.project(centre, zoom), zoom, size: this.map.getSize(), since: performance.now() };
      const isSame = before && before.zoom === zoom && before.size.distanceTo(view.size) < MARGIN_PX;
      if (isSame && before.middle.distanceTo(view.middle) < NO_MOVE_PX) return;
      this.view = view;
      clearTimeout(this.timer);
      const wait = before ? before.since + ASK_WAIT_MS - view.since : 0;
      if (wait > 0) this.timer = setTimeout(() => this.fetch(view), wait);
      else this.fetch(view);
    }

    /* What the page asks for: the number of change, filters as the address has them, and the entry that is chosen. */
    show(asked) {
      const said = JSON.stringify(asked);
      if (said === this.said) return;
      this.said = said;
      this.asked = asked;
      if (asked) {
        this.group.addTo(this.map);
        this.view = null;
        this.look(this.map.getCenter(), this.map.getZoom());
        return;
      }
      this.serial += 1;
      clearTimeout(this.timer);
      this.group.clearLayers().remove();
      this.items = [];
      this.close();
      delete this.box.dataset.assets;
      delete this.box.dataset.assetsNumber;
    }

    fetch(view) {
      this.settled = this.fetchAndDraw(view);
    }

    /* Ends when what is seen is painted, or will not be. */
    async fetchAndDraw({ middle, zoom, size, since }) {
      const serial = ++this.serial;
      // What was asked for another view is of no use any more, and would be in the way.
      if (this.coming) this.coming.abort();
      this.coming = new AbortController();
      const corner = (way) => this.map.unproject([middle.x + (way * size.x) / 2, middle.y - (way * size.y) / 2], zoom);
      const [southWest, northEast] = [corner(-1), corner(1)];
      const box = [southWest.lng, southWest.lat, northEast.lng, northEast.lat].map((side) => side.toFixed(5));
      const query = new URLSearchParams({ ...this.asked.filters, bbox: box.join(","), zoom });
      let drawn;
      try {
        const answer = await fetch(`/map-assets/view.json?${query}`, { signal: this.coming.signal, priority: "high" });
        if (!answer.ok) throw new Error(String(answer.status));
        [drawn] = await Promise.all([answer.json(), this.arrival]);
      } catch (problem) {
        if (serial === this.serial) this.remark("The community assets could not be fetched. Move the map to try again.");
        return;
      }
      if (serial !== this.serial) return;
      this.remark("");
      if (this.number !== drawn.number) this.words.clear();
      this.number = drawn.number;
      this.draw(drawn);
      // A task after the frame: by then it is painted.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      if (serial !== this.serial) return;
      this.box.dataset.assets = drawn.total;
      this.box.dataset.assetsNumber = drawn.number;
      this.box.dataset.assetsMs = Math.round(performance.now() - since);
    }

    /* Say that something went wrong, and that it no longer does; what others say on the map is left alone. */
    remark(words) {
      if (words === this.remarked) return;
      this.remarked = words;
      this.warn(words);
    }

    draw({ points, clusters }) {
      this.group.clearLayers();
      const single = points.map(([lon, lat, key, symbol, fades]) => ({ lon, lat, keys: [key], symbol, fades, count: 1 }));
      const many = clusters.map(([lon, lat, count, fades, keys]) => ({ lon, lat, keys: keys || [], fades, count }));
      this.items = [...many, ...single];
      for (const item of this.items) this.add(item);
    }

    add(item) {
      const look = make("div", item.count > 1 ? "cg-asset cg-assets" : "cg-asset");
      if (item.fades) look.classList.add("cg-fades");
      if (item.count === 1 && item.keys[0] === this.asked.selected) look.classList.add("cg-chosen");
      if (item.count > 1) look.append(make("span", "", shortNumber(item.count)));
      else look.append(picture(this.symbols[item.symbol]));
      const size = item.count === 1 ? MARKER_PX : MARKER_PX + 4 * Math.min(5, Math.floor(Math.log10(item.count) * 2));
      const icon = L.divIcon({ className: "cg-asset-place", html: look, iconSize: [size, size] });
      const marker = L.marker([item.lat, item.lon], { icon, keyboard: false, pane: "community-assets" });
      marker.on("click", () => this.choose(item));
      marker.on("mouseover", () => this.point(item));
      marker.on("mouseout", () => this.point(null));
      marker.addTo(this.group);
    }

    /* The item that is drawn at a place, if any. */
    at(latlng) {
      const middle = this.map.latLngToContainerPoint(latlng);
      let [nearest, reach] = [null, REACH_PX];
      for (const item of this.items) {
        const away = middle.distanceTo(this.map.latLngToContainerPoint([item.lat, item.lon]));
        if (away <= reach) [nearest, reach] = [item, away];
      }
      return nearest;
    }

    /* Point at an item with a mouse or with the middle of the map: say in short what it is, until something is chosen. */
    point(item) {
      clearTimeout(this.waiting);
      if (this.pinned) return;
      this.waiting = setTimeout(() => (item && item.keys.length ? this.open(item, false) : this.close()), HOVER_WAIT_MS);
    }

    /* Go nearer to many; say who they are, or the first of them, where the map can go no nearer. */
    choose(item, byKeys) {
      clearTimeout(this.waiting);
      const zoom = this.map.getZoom();
      if (item.keys.length < item.count && zoom < this.map.getMaxZoom()) {
        this.map.setView([item.lat, item.lon], Math.min(zoom + NEARER, Math.max(STREETS_ZOOM, zoom + 1)));
        return;
      }
      this.open(item, true, byKeys);
      if (item.count === 1) this.tell({ asset: item.keys[0], lon: item.lon, lat: item.lat });
    }

    async open(item, isPinned, byKeys) {
      this.pinned = isPinned;
      this.opened = item;
      const cards = await this.cards(item.keys).catch(() => null);
      if (this.opened !== item) return;
      if (!cards || !cards.length) {
        this.close();
        return;
      }
      const parts = cards.map((words) => this.describe(words, isPinned, cards.length > 1));
      const rest = item.count - item.keys.length;
      if (rest) parts.push(make("p", "cg-rest", `And ${rest.toLocaleString("en-GB")} more here: see the list under the map.`));
      if (isPinned) {
        const shut = make("button", "cg-shut", "Close");
        shut.type = "button";
        shut.addEventListener("click", () => this.close());
        parts.push(shut);
      }
      this.card.classList.toggle("cg-pinned", isPinned);
      this.box.classList.toggle("cg-says-asset", isPinned);
      this.card.replaceChildren(...parts);
      this.card.hidden = false;
      if (byKeys) this.card.querySelector("a").focus();
    }

    close() {
      this.pinned = false;
      this.opened = null;
      this.card.hidden = true;
      this.box.classList.remove("cg-says-asset");
    }

    cards(keys) {
      const asked = keys.join(",");
      if (!this.words.has(asked)) {
        const coming = fetch(`/map-assets/cards.json?keys=${asked}`).then((answer) => {
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        });
        coming.catch(() => this.words.delete(asked));
        this.words.set(asked, coming);
      }
      return this.words.get(asked);
    }

    describe(words, isPinned, isShort) {
      const part = make("div", "cg-asset-words");
      part.append(make("h2", "", words.name), make("p", "", words.kind));
      if (!isShort) {
        const list = make("dl");
        for (const [label, said] of words.lines) list.append(make("dt", "", label), make("dd", "", said));
        part.append(list);
      }
      if (isPinned) {
        const link = make("a", "", "Open its entry (in a new tab)");
        link.href = new URL(words.address, location.origin).href;
        link.target = "_blank";
        link.rel = "noopener";
        part.append(link);
      }
      return part;
    }
  }

  window.CommunityAssets = CommunityAssets;
})();
