// The map that another website shows: marks for the view, fetched as it moves; every text is only ever text.
"use strict";

const box = document.getElementById("map");
const said = document.getElementById("said");
const ENGLAND = [[49.9, -6.4], [55.8, 1.8]];
const CLOSEST = 19;

const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const map = L.map(box, { maxZoom: CLOSEST, zoomAnimation: !isCalm, fadeAnimation: !isCalm });
map.attributionControl.setPrefix("Leaflet");
if (box.dataset.basemap) {
  const credit = document.createElement("span");
  credit.textContent = box.dataset.credit;
  L.tileLayer(box.dataset.basemap, { maxZoom: CLOSEST, attribution: credit.innerHTML }).addTo(map);
}
const marks = L.layerGroup().addTo(map);
let latest = 0;

const linkTo = (entry) => {
  const link = document.createElement("a");
  const address = new URL(box.dataset.entry, window.location.href);
  address.searchParams.set("asset", entry.id);
  link.href = address.href;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = entry.name;
  return link;
};

const listOf = (entries, count) => {
  const list = document.createElement("ul");
  for (const entry of entries) {
    const item = document.createElement("li");
    const kind = document.createElement("div");
    kind.textContent = entry.kind;
    item.append(linkTo(entry), kind);
    list.append(item);
  }
  if (count > entries.length) {
    const rest = document.createElement("li");
    rest.textContent = `and ${count - entries.length} more here: see the list`;
    list.append(rest);
  }
  return list;
};

const labelOf = ({ count, entries }) => {
  if (count === 1) return `${entries[0].name}, ${entries[0].kind}`;
  return entries ? `${count} entries here: open the list of them` : `${count} entries here: look closer`;
};

const draw = (feature) => {
  const [lon, lat] = feature.geometry.coordinates;
  const { count, entries, bounds } = feature.properties;
  const face = document.createElement("span");
  face.textContent = count > 1 ? count.toLocaleString("en-GB") : "";
  const size = count === 1 ? 24 : Math.min(56, 30 + 6 * Math.log10(count) * 2);
  const icon = L.divIcon({ className: "mark", html: face, iconSize: [size, size] });
  const mark = L.marker([lat, lon], { icon, riseOnHover: true }).addTo(marks);
  mark.getElement().setAttribute("aria-label", labelOf(feature.properties));
  const open = () => {
    if (entries) {
      L.popup({ minWidth: 160, maxWidth: 260 }).setLatLng([lat, lon]).setContent(listOf(entries, count)).openOn(map);
      return true;
    }
    const [west, south, east, north] = bounds;
    map.fitBounds([[south, west], [north, east]], { maxZoom: CLOSEST, padding: [40, 40] });
    return false;
  };
  mark.on("click", open);
  mark.on("keypress", ({ originalEvent }) => {
    if (originalEvent.key === "Enter" && open()) box.querySelector(".leaflet-popup-content a").focus();
  });
};

const show = async () => {
  const asked = ++latest;
  const address = new URL(box.dataset.points, window.location.href);
  const edges = map.getBounds().pad(0.1);
  const bbox = [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()];
  address.searchParams.set("bbox", bbox.map((one) => Math.max(-180, Math.min(180, one)).toFixed(6)).join(","));
  address.searchParams.set("zoom", map.getZoom());
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const { features } = await answer.json();
    if (asked !== latest) return;
    // What is drawn anew cannot keep the focus: the map takes it, so that a keyboard goes on from there.
    if (document.activeElement.classList.contains("mark")) box.focus({ preventScroll: true });
    marks.clearLayers();
    features.forEach(draw);
    box.dataset.marks = features.length;
    const count = features.reduce((sum, feature) => sum + feature.properties.count, 0);
    said.textContent = `${count.toLocaleString("en-GB")} with a place in this view`;
  } catch {
    if (asked === latest) said.textContent = "The map could not be fetched. The table below says the same.";
  }
};

map.on("moveend", show);
const given = box.dataset.bounds.split(",").map(Number);
map.fitBounds(given.length === 4 ? [[given[1], given[0]], [given[3], given[2]]] : ENGLAND, { maxZoom: 16, padding: [30, 30] });
