/* Chart, map or table: three ways to see one View; and what is said when it cannot be seen. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const h = (...args) => window.React.createElement(...args);
  let lastChart = "";

  function target(view, mode, schema) {
    const first = schema.charts.find((c) => c.mode === mode)?.name;
    const chart = (mode === "chart" && schema.charts.some((c) => c.name === lastChart) && lastChart) || first;
    return chart && V.views.chart(view, chart);
  }

  V.Modes = function Modes({ id, query, modes }) {
    const view = V.grammar.parse(query);
    const now = V.views.kind(view);
    if (now === "chart") lastChart = view.chart;
    const link = (mode) => {
      const next = V.schema && target(view, mode.name, V.schema);
      const open = (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || !next) return;
        event.preventDefault();
        if (mode.name !== now) V.address.go(next);
      };
      const href = mode.name === now || !next ? undefined : V.address.href(next);
      return h("a", { key: mode.name, className: "btn", href: href || "#contenido", "aria-current": mode.name === now ? "true" : undefined, onClick: open }, mode.label);
    };
    return h("nav", { id, className: "modes row", "aria-label": modes.label }, modes.items.map(link));
  };

  /* Why the last wish could not be answered, and the ways on. */
  V.Problem = function Problem({ id, message }) {
    if (!message || !V.schema) return h("div", { id });
    const { labels } = V.schema;
    return h(
      "div",
      { id, className: "state", role: "alert" },
      h("p", null, message),
      h(
        "div",
        { className: "row" },
        h("button", { type: "button", className: "btn strong", onClick: () => V.explorer.again() }, labels.retry),
        h("button", { type: "button", className: "btn", onClick: () => window.history.back() }, labels.back)
      )
    );
  };
})();
