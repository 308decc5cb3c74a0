// One figure. Pages bring Plotly with them; JupyterLab does not, so there it is asked for, once.
const touch = matchMedia("(hover: none)").matches;
const NARROW = 560; // pixels: below it a phone's figure is drawn
const config = { responsive: true, displaylogo: false, displayModeBar: touch ? false : "hover" };

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

export default {
  async render({ model, el }) {
    const place = document.createElement("div");
    place.setAttribute("role", "img");
    place.className = "workbench-view";
    el.append(place);
    const name = () => place.setAttribute("aria-label", model.get("alt"));
    name();
    const Plotly = await plotly(model);
    let drawnNarrow;
    const isNarrow = () => el.clientWidth < NARROW;
    const draw = () => {
      drawnNarrow = isNarrow();
      const { data = [], layout = {} } = model.get(drawnNarrow ? "narrow" : "figure");
      const { width, ...rest } = layout; // the page decides how wide
      return Plotly.react(place, data, { ...rest, autosize: true }, config);
    };
    const fit = new ResizeObserver(() => {
      if (!place.isConnected || !place.clientWidth) return;
      if (isNarrow() === drawnNarrow) Plotly.Plots.resize(place);
      else draw();
    });
    model.on("change:figure", draw);
    model.on("change:alt", name);
    await draw();
    fit.observe(el);
    return () => {
      fit.disconnect();
      model.off("change:figure", draw);
      model.off("change:alt", name);
      Plotly.purge(place);
    };
  },
};
