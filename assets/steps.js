/* The drawings of a tool: plotly takes the picture's place where the reader asks for values. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  async function wake(button) {
    const name = button.dataset.alive;
    const { url, config } = JSON.parse(button.closest("[data-plotly]").dataset.plotly);
    set(button.id, { disabled: true });
    const response = await fetch(button.dataset.face, { credentials: "same-origin" }).catch(() => null);
    if (!response?.ok) {
      set(button.id, { disabled: false });
      return;
    }
    V.chart.source(url);
    const children = V.chart.graph(await response.json(), { ids: { graph: `grafica-${name}` }, plotly: config });
    set(`lienzo-${name}`, { hidden: false, children });
    set(`lamina-${name}`, { hidden: true });
    set(button.id, { hidden: true });
  }

  V.onMount("[data-alive]", (button) => button.addEventListener("click", () => wake(button)));
})();
