// Plotly figures that came with the page as JSON, drawn as the figure widget draws.
import figure from "../../widgets/figure.js";

const PLOTLY = "application/vnd.plotly.v1+json";
const FIRST = "application/vnd.workbench.figure+json";

// A figure that nobody changes.
const still = (values) => ({ get: (name) => values[name], on() {}, off() {} });

function place(source, read) {
  source.dataset.drawn = "";
  figure.render({ model: still(read(JSON.parse(source.textContent))), el: source.parentElement });
}

export function drawFigures(roots) {
  for (const root of roots) {
    for (const source of root?.querySelectorAll(`script[type="${PLOTLY}"]:not([data-drawn])`) ?? []) {
      const alt = source.parentElement.dataset.alt ?? "";
      place(source, ({ data, layout }) => ({ figure: { data, layout }, narrow: { data, layout }, alt }));
    }
  }
}

// The figures of the first look: JSON of {figure, narrow, alt}.
export function drawFirst(look) {
  for (const source of look?.querySelectorAll(`script[type="${FIRST}"]:not([data-drawn])`) ?? []) {
    place(source, (values) => values);
  }
}

// Waits until every figure that has a place on the screen is drawn.
export function whenDrawn() {
  const waiting = () =>
    [...document.querySelectorAll(".workbench-view:not([data-drawn])")].some((view) => view.parentElement.clientWidth);
  return new Promise((done) => {
    const look = () => {
      if (waiting()) return;
      document.removeEventListener("workbench-drawn", look);
      done();
    };
    document.addEventListener("workbench-drawn", look);
    look();
  });
}
