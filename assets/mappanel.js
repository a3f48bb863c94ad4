/* Beside the map: what its colours mean, a search for a place, and the figure of the place picked. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const h = (...args) => window.React.createElement(...args);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const say = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function Legend({ payload }) {
    const rows = (payload.classes || payload.groups.filter((g) => g.label)).map((c) => [c.color, c.label]);
    const missing = payload.nodata && Object.keys(payload.names).some((key) => (payload.values[key]?.v ?? null) === null);
    if (missing) rows.push([payload.nodata.color, payload.nodata.label]);
    if (!rows.length) return null;
    return h(
      "div",
      { className: "stack-s" },
      payload.measure && h("p", { className: "label" }, payload.measure),
      h("ul", { className: "legend plain" }, rows.map(([color, label]) => h("li", { key: label }, h("span", { className: "swatch", style: { background: color } }), label)))
    );
  }

  function Search({ id, board, payload, labels }) {
    const { useState } = window.React;
    const [failed, fail] = useState(false);
    const names = Object.entries(payload.names);
    const find = (text) => {
      const sought = fold(text);
      const found = names.find(([, name]) => fold(name) === sought) || names.find(([, name]) => sought && fold(name).startsWith(sought));
      fail(Boolean(sought) && !found);
      if (found) V.map.fly(board, found[0]);
    };
    return h(
      "div",
      { className: "field" },
      h("label", { htmlFor: `${id}-lugar` }, labels.search),
      h(V.Field, { id: `${id}-lugar`, type: "search", list: `${id}-lugares`, value: "", onDone: find, autoComplete: "off" }),
      h("datalist", { id: `${id}-lugares` }, names.map(([key, name]) => h("option", { key, value: name }))),
      failed && h("p", { className: "hint", role: "alert" }, labels.noPlace)
    );
  }

  function Picked({ payload, picked, labels }) {
    const value = payload.values[picked];
    if (!picked) return h("p", { className: "muted small" }, labels.pick);
    return h(
      "div",
      { className: "picked" },
      h("p", { className: "label" }, payload.names[picked] || picked),
      h("p", { className: "headline num" }, value?.text[1] ?? payload.nodata.label),
      value?.rank && h("p", null, say(labels.rank, { rank: value.rank.toLocaleString("en-US"), n: payload.ranked.toLocaleString("en-US") })),
      value && h("p", null, h("button", { type: "button", className: "btn", "data-ask-place": picked }, labels.ask))
    );
  }

  V.MapPanel = function MapPanel({ id, board, labels, payload, picked }) {
    const areas = payload.kind === "choropleth";
    return h(
      "div",
      { id, className: "map-panel stack" },
      h(Legend, { payload }),
      areas && h(Search, { id, board, payload, labels }),
      areas && h("div", { "aria-live": "polite", "aria-atomic": true }, h(Picked, { payload, picked, labels })),
      payload.total && h("p", { className: "small" }, payload.total.text),
      !areas && h("p", { className: "small" }, say(labels.points, { n: payload.points.length.toLocaleString("en-US") })),
      payload.unmatched > 0 && h("p", { className: "small muted" }, say(labels.unmatched, { n: payload.unmatched.toLocaleString("en-US") })),
      areas && h("p", { id: `${id}-teclas`, className: "small muted keys" }, labels.keys)
    );
  };
})();
