/* The drawings of a tool, alive: plotly or leaflet takes the picture's place where the reader reaches for it. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const KEPT = "pasos-vivos";
  const alive = new Set(); // the names of the steps that are alive, or on their way

  const setup = (figure) => JSON.parse(figure.closest("[data-stage]").dataset.stage);

  async function drawing(figure, name, { plotly, leaflet, labels }) {
    const answer = await V.get(`paso-${name}`, figure.dataset.face, labels);
    if (figure.dataset.draws === "map") {
      const parts = ["map", "areas", "borders", "points", "panel"];
      const ids = Object.fromEntries(parts.map((part) => [part, `${part}-${name}`]));
      await V.mapScripts().catch(() => Promise.reject(new Error(labels.offline)));
      return V.map.stage(answer, { ids, leaflet, labels }, figure.dataset.picked);
    }
    V.chart.source(plotly.url);
    return V.chart.graph(answer, { ids: { graph: `grafica-${name}` }, plotly: plotly.config });
  }

  async function wake(figure) {
    const name = figure.dataset.step;
    if (alive.has(name)) return;
    alive.add(name);
    figure.setAttribute("aria-busy", "true");
    try {
      const children = await drawing(figure, name, setup(figure));
      set(`lienzo-${name}`, { hidden: false, children });
      set(`lamina-${name}`, { hidden: true });
      set(`fallo-${name}`, { children: "" });
    } catch (error) {
      alive.delete(name);
      set(`fallo-${name}`, { children: error.message });
    }
    figure.removeAttribute("aria-busy");
  }

  /* Before a choice opens the page anew: what is alive now will be alive there. */
  V.keepSteps = () => {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ path: window.location.pathname, names: [...alive] }));
    } catch {
      /* storage refused: the pictures come first again */
    }
  };

  function kept() {
    try {
      const { path, names } = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
      sessionStorage.removeItem(KEPT);
      return path === window.location.pathname ? names : [];
    } catch {
      return [];
    }
  }

  V.onMount("[data-stage]", (tool) => {
    const before = kept();
    alive.clear();
    for (const figure of tool.querySelectorAll("[data-step]")) {
      figure.addEventListener("click", (event) => {
        if (event.target.closest("[data-alive], [data-fullscreen], .fitted")) wake(figure);
      });
      figure.addEventListener("pointerover", (event) => {
        if (event.pointerType === "mouse" && event.target.closest(".fitted")) wake(figure);
      });
      if (before.includes(figure.dataset.step)) wake(figure);
    }
  });
})();
