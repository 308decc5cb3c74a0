// Plotly with the kinds of traces that the figures draw, and no other: a test holds them together. Scatter is in the core.
const Plotly = require("plotly.js/lib/core");
Plotly.register([require("plotly.js/lib/bar"), require("plotly.js/lib/heatmap")]);
module.exports = Plotly;
