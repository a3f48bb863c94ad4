/* From the figure of a face to a drawing on the stage: plotly through dcc.Graph. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const dash = (namespace, type, props) => ({ namespace, type, props });

  const heights = new Map(); // of the graphs, by id, where the screen is not theirs alone
  const AROUND = 140; // pixels of a full screen that the buttons and margins take

  const room = (height, full) => (full ? Math.max(height, window.innerHeight - AROUND) : height);

  /* Plotly's own words for dates and numbers, in the way Mexico writes them. */
  function graph(answer, schema) {
    const { layout } = answer.figure;
    heights.set(schema.ids.graph, layout.height || 460);
    const height = room(layout.height || 460, document.fullscreenElement);
    return dash("dash_core_components", "Graph", {
      id: schema.ids.graph,
      figure: { data: answer.figure.data, layout: { ...layout, autosize: true, height } },
      config: schema.plotly,
      responsive: true,
      style: { height: `${height}px` },
      className: "graph",
    });
  }

  /* plotly.js comes from a versioned, immutable address instead of Dash's own, which has no name for its version. */
  function source(url) {
    Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => url, set() {}, configurable: true });
  }

  /* On the full screen a drawing is as high as there is room, and afterwards as high as it was. */
  document.addEventListener("fullscreenchange", () => {
    for (const plot of document.querySelectorAll(".graph .js-plotly-plot")) {
      const box = plot.closest(".graph");
      const height = room(heights.get(box.id), plot.closest(":fullscreen"));
      box.style.height = `${height}px`;
      window.Plotly.relayout(plot, { height });
    }
  });

  V.chart = { graph, dash, source };
})();
