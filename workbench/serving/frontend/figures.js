// Plotly figures that came with the page as JSON.
const MIME = "application/vnd.plotly.v1+json";
const touch = matchMedia("(hover: none)").matches;

export const plotConfig = { responsive: true, displaylogo: false, displayModeBar: touch ? false : "hover" };

export async function drawFigures(roots) {
  for (const root of roots) {
    for (const source of root?.querySelectorAll(`script[type="${MIME}"]:not([data-drawn])`) ?? []) {
      source.dataset.drawn = "";
      await drawFigure(source);
    }
  }
}

async function drawFigure(source) {
  const figure = JSON.parse(source.textContent);
  const layout = { ...figure.layout, autosize: true };
  delete layout.width; // the page decides how wide
  const place = document.createElement("div");
  source.after(place);
  await window.Plotly.newPlot(place, figure.data, layout, plotConfig);
}
