// Plotly figures that came with the page as JSON.
const MIME = "application/vnd.plotly.v1+json";
const touch = matchMedia("(hover: none)").matches;

export const plotConfig = { responsive: false, displaylogo: false, displayModeBar: touch ? false : "hover" };

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
  const place = document.createElement("div");
  source.after(place);
  let drawnWidth;
  // The page decides how wide. Plotly's own resizing is not used: it forgets the figure's height.
  const draw = () => {
    drawnWidth = place.clientWidth;
    const width = drawnWidth || undefined;
    return window.Plotly.react(place, figure.data, { ...figure.layout, width, autosize: !width }, plotConfig);
  };
  await draw();
  new ResizeObserver(() => {
    if (place.clientWidth && place.clientWidth !== drawnWidth) draw();
  }).observe(place);
}
