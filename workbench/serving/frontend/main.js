// The page's whole program: show cells as they come, draw figures, connect to the kernel, place widgets.
import { parts } from "./parts.js";
import { drawFigures } from "./figures.js";
import { openKernel } from "./kernel.js";
import { placeWidgets } from "./widgets.js";
import "./style.js";

const READY = "wb-ready";

function watchParts() {
  const watcher = new MutationObserver(() => {
    parts.showProgress();
    drawFigures(parts.complete());
  });
  if (parts.root) watcher.observe(parts.root, { childList: true, subtree: true });
  return watcher;
}

function whenSent() {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
}

async function main() {
  const watcher = watchParts();
  await whenSent();
  watcher.disconnect();
  await drawFigures([parts.root]);
  const config = document.getElementById("wb-kernel");
  if (config && !document.querySelector("[data-page-failed]")) {
    const kernel = openKernel(JSON.parse(config.textContent), parts);
    await placeWidgets(kernel);
  }
  parts.showEnd();
  document.documentElement.classList.add(READY);
}

main().catch((error) => {
  console.error(error);
  parts.showTrouble("failed");
  document.documentElement.classList.add(READY);
});
