// The page's whole program: show cells as they come, draw figures, connect to the kernel, place widgets.
import { parts } from "./parts.js";
import { drawFigures, drawFirst, whenDrawn } from "./figures.js";
import { openKernel } from "./kernel.js";
import { replaceLook } from "./look.js";
import { placeWidgets } from "./widgets.js";
import "./style.js";

const USABLE = "wb-usable"; // everything answers
const READY = "wb-ready"; // everything is drawn too

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
  const look = document.getElementById("wb-look");
  drawFirst(look);
  const watcher = watchParts();
  await whenSent();
  watcher.disconnect();
  const config = document.getElementById("wb-kernel");
  if (config && !document.querySelector("[data-page-failed]")) {
    const kernel = openKernel(JSON.parse(config.textContent), parts);
    const placed = await placeWidgets(kernel);
    // Where something went wrong the first look stays, with what is said of it.
    if (look && placed && !document.querySelector("[data-cell-failed]")) replaceLook(look, parts.root);
  }
  drawFigures([parts.root]);
  parts.showEnd();
  document.documentElement.classList.add(USABLE);
  await whenDrawn();
  document.documentElement.classList.add(READY);
}

main().catch((error) => {
  console.error(error);
  parts.showTrouble("failed");
  document.documentElement.classList.add(READY);
});
