// The traces that figures/charts/ uses, and nothing more. Scatter is part of the core.
const Plotly = require('plotly.js/lib/core');

Plotly.register([
  require('plotly.js/lib/bar'),
  require('plotly.js/lib/box'),
  require('plotly.js/lib/heatmap'),
  require('plotly.js/lib/treemap'),
  require('plotly.js/lib/locales/es'),
]);

module.exports = Plotly;
