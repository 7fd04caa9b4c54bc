/* Draws community assets over the areas: a sign for each, a number for several that would lie on one another.
 *
 * What is drawn comes as numbers for the part of the map that is seen, and is asked for again whenever the map moves or
 * the page sends a newer number of change. The words of an entry come from our own API when somebody points at it, and
 * are written with textContent: whatever a person typed stays text.
 */
(function () {
  "use strict";

  const MOVE_WAIT_MS = 120;
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
      let timer = 0;
      map.on("moveend", () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.fetch(), MOVE_WAIT_MS);
      });
    }

    /* What the page asks for: the number of change, filters as the address has them, and the entry that is chosen. */
    show(asked) {
      const said = JSON.stringify(asked);
      if (said === this.said) return;
      this.said = said;
      this.asked = asked;
      if (asked) {
        this.group.addTo(this.map);
        this.fetch();
        return;
      }
      this.serial += 1;
      this.group.clearLayers().remove();
      this.items = [];
      this.close();
      delete this.box.dataset.assets;
      delete this.box.dataset.assetsNumber;
    }

    async fetch() {
      if (!this.asked) return;
      const serial = ++this.serial;
      const began = performance.now();
      // What was asked for another view is of no use any more, and would be in the way.
      if (this.coming) this.coming.abort();
      this.coming = new AbortController();
      const bounds = this.map.getBounds();
      const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((side) => side.toFixed(5));
      const query = new URLSearchParams({ ...this.asked.filters, bbox: box.join(","), zoom: this.map.getZoom() });
      let drawn;
      try {
        const answer = await fetch(`/map-assets/view.json?${query}`, { signal: this.coming.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        drawn = await answer.json();
      } catch (problem) {
        if (serial === this.serial) this.warn("The community assets could not be fetched. Move the map to try again.");
        return;
      }
      if (serial !== this.serial) return;
      if (this.number !== drawn.number) this.words.clear();
      this.number = drawn.number;
      this.draw(drawn);
      requestAnimationFrame(() => {
        this.box.dataset.assets = drawn.total;
        this.box.dataset.assetsNumber = drawn.number;
        this.box.dataset.assetsMs = Math.round(performance.now() - began);
      });
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

    choose(item, byKeys) {
      clearTimeout(this.waiting);
      if (!item.keys.length) {
        this.map.setView([item.lat, item.lon], Math.min(this.map.getZoom() + NEARER, Math.max(STREETS_ZOOM, this.map.getZoom() + 1)));
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
