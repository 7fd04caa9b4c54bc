// Copies the address of the page, with the place that the map looks at, which only the browser knows.
"use strict";

const toStreamlit = (type, data) =>
  window.parent.postMessage({ isStreamlitMessage: true, type: `streamlit:${type}`, ...data }, window.location.origin);

const copyAddress = async () => {
  const said = document.getElementById("said");
  try {
    await navigator.clipboard.writeText(window.parent.location.href);
    said.textContent = "Copied";
  } catch {
    said.textContent = "Copy it from the address bar";
  }
};

// What a screen reader calls the frame; Streamlit would have it be the name of a module.
window.frameElement.title = "Copy link";
document.getElementById("copy").addEventListener("click", copyAddress);
toStreamlit("componentReady", { apiVersion: 1 });
toStreamlit("setFrameHeight", { height: 42 });
