// One figure. Pages bring Plotly with them; JupyterLab does not, so there it is asked for, once.
const NARROW = 560; // pixels: below it a phone's figure is drawn
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

export default {
  async render({ model, el }) {
    const place = document.createElement("div");
    place.setAttribute("role", "img");
    place.className = "workbench-view";
    el.append(place);
    const name = () => place.setAttribute("aria-label", model.get("alt"));
    name();
    const Plotly = await plotly(model);
    let drawnWidth;
    const draw = () => {
      drawnWidth = el.clientWidth;
      const { data = [], layout = {} } = model.get(drawnWidth < NARROW ? "narrow" : "figure");
      // The page decides how wide. Plotly's own resizing is not used: it forgets the figure's height.
      const width = drawnWidth || undefined;
      return Plotly.react(place, data, { ...layout, width, autosize: !width }, config);
    };
    const fit = new ResizeObserver(() => {
      if (place.isConnected && el.clientWidth && el.clientWidth !== drawnWidth) draw();
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
