/* From the figure of a face to a drawing on the stage: plotly through dcc.Graph. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const dash = (namespace, type, props) => ({ namespace, type, props });

  /* Plotly's own words for dates and numbers, in the way Mexico writes them. */
  function graph(answer, schema) {
    const { layout } = answer.figure;
    return dash("dash_core_components", "Graph", {
      id: schema.ids.graph,
      figure: { data: answer.figure.data, layout: { ...layout, autosize: true } },
      config: schema.plotly,
      responsive: true,
      style: { height: `${layout.height || 460}px` },
      className: "graph",
    });
  }

  /* plotly.js comes from a versioned, immutable address instead of Dash's own, which has no name for its version. */
  function source(url) {
    Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => url, set() {}, configurable: true });
  }

  V.chart = { graph, dash, source };
})();
