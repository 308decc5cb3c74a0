// One figure. Pages bring Plotly with them; JupyterLab does not, so there it is asked for, once.
const NARROW = 560; // pixels: below it a phone's figure is drawn
const NEAR = "600px 0px"; // a figure this near the screen is drawn at once, others when the browser has time
// Without Plotly's buttons: a picture with a name holds none, and one of them sends the data to an outside host.
const config = { responsive: false, displaylogo: false, displayModeBar: false };

function askForPlotly(model) {
  return new Promise((done, fail) => {
    const answer = (message) => {
      if (message?.kind !== "plotly") return;
      model.off("msg:custom", answer);
      const script = document.createElement("script");
      script.src = URL.createObjectURL(new Blob([message.text], { type: "text/javascript" }));
      const define = window.define;
      window.define = undefined; // a module loader on the page would keep Plotly for itself
      script.onload = () => { window.define = define; done(window.Plotly); };
      script.onerror = () => { window.define = define; fail(new Error("Plotly could not be loaded.")); };
      document.head.append(script);
    };
    model.on("msg:custom", answer);
    model.send({ kind: "plotly" });
  });
}

// Kept on the page, so that many figures ask once.
function plotly(model) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  window.workbenchPlotly ??= askForPlotly(model).catch((error) => {
    window.workbenchPlotly = undefined;
    throw error;
  });
  return window.workbenchPlotly;
}

// One at a time, so that the reader's own doings come between.
function whenIdle(draw) {
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 100));
  window.workbenchIdle = (window.workbenchIdle ?? Promise.resolve())
    .then(() => new Promise((done) => later(done, { timeout: 1000 })))
    .then(draw)
    .catch((error) => console.error(error)); // one that cannot be drawn must not keep the next waiting
}

function whenNear(element, draw) {
  const watcher = new IntersectionObserver((seen) => {
    if (seen.some((entry) => entry.isIntersecting)) {
      watcher.disconnect();
      draw();
    }
  }, { rootMargin: NEAR });
  watcher.observe(element);
  return watcher;
}

function newPlace() {
  const place = document.createElement("div");
  place.setAttribute("role", "img");
  place.className = "workbench-view";
  return place;
}

export default {
  async render({ model, el }) {
    let place = newPlace();
    let wanted = false;
    let drawnWidth;
    let drawn;
    el.append(place);
    const chosen = () => model.get(el.clientWidth && el.clientWidth < NARROW ? "narrow" : "figure");
    const name = () => place.setAttribute("aria-label", model.get("alt"));
    // The height is kept free from the start, so that nothing moves when the figure is drawn.
    const reserve = () => { place.style.minHeight = `${chosen().layout?.height ?? 320}px`; };
    const tell = () => {
      place.dataset.drawn = "";
      place.dispatchEvent(new CustomEvent("workbench-drawn", { bubbles: true }));
    };
    const draw = async () => {
      name();
      reserve();
      if (!wanted || !el.clientWidth) return;
      drawnWidth = el.clientWidth;
      drawn = chosen();
      const { data = [], layout = {} } = drawn;
      const Plotly = await plotly(model);
      // The page decides how wide. Plotly's own resizing is not used: it forgets the figure's height.
      await Plotly.react(place, data, { ...layout, width: drawnWidth, autosize: false }, config);
      tell();
    };
    const want = () => {
      if (wanted) return undefined;
      wanted = true;
      return draw();
    };
    const fit = new ResizeObserver(() => {
      if (place.isConnected && el.clientWidth && el.clientWidth !== drawnWidth) draw();
    });
    const near = whenNear(el, want);
    addEventListener("beforeprint", want);
    model.on("change:figure", draw);
    model.on("change:alt", name);
    const end = () => {
      fit.disconnect();
      near.disconnect();
      removeEventListener("beforeprint", want);
      model.off("change:figure", draw);
      model.off("change:alt", name);
    };
    // What one view has drawn, another view of the same figure can take over as it stands.
    const offer = () => {
      place.workbenchGive = () => {
        end();
        return { place, drawn, drawnWidth };
      };
      place.workbenchTake = (given) => {
        place.replaceWith(given.place);
        ({ place, drawnWidth } = given);
        wanted = true;
        offer();
        name();
        if (JSON.stringify(given.drawn) !== JSON.stringify(chosen())) draw();
      };
    };
    offer();
    name();
    reserve();
    fit.observe(el);
    whenIdle(want);
    return () => {
      end();
      window.Plotly?.purge(place);
    };
  },
};
