/* Where one is in a long table, and which columns of it are shown. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const h = (...args) => window.React.createElement(...args);
  const count = (n) => n.toLocaleString("en-US");
  const go = (view) => V.address.go(view);

  function Columns({ schema, view }) {
    if (view.groups.length || view.measures.length || V.views.kind(V.address.view()) !== "table") return null;
    const own = schema.columns.filter((c) => c.own);
    const shown = view.columns.length ? view.columns : own.map((c) => c.name);
    const toggle = (name, on) => {
      const next = own.map((c) => c.name).filter((n) => (n === name ? on : shown.includes(n)));
      if (next.length) go({ ...view, columns: next.length === own.length ? [] : next });
    };
    return h(
      "details",
      { className: "menu" },
      h("summary", { className: "btn" }, `${schema.labels.columns} (${shown.length}/${own.length})`),
      h(
        "ul",
        { className: "choices plain", tabIndex: 0, "aria-label": schema.labels.columns },
        own.map((c) =>
          h(
            "li",
            { key: c.name },
            h("label", { className: "choice" }, h("input", { type: "checkbox", checked: shown.includes(c.name), onChange: (e) => toggle(c.name, e.target.checked) }), h("span", null, c.title))
          )
        )
      )
    );
  }

  V.Pager = function Pager({ id, query, total, page, pages, size }) {
    const schema = V.schema;
    if (!schema || total === undefined) return h("div", { id });
    const { labels } = schema;
    const view = V.grammar.parse(query);
    const turn = (to) => {
      go({ ...view, page: to });
      document.querySelector(`#${schema.ids.table}`)?.scrollTo({ top: 0 });
    };
    const last = Math.min(page * size, total);
    const span = total ? `${count(Math.min((page - 1) * size + 1, total))}–${count(last)} ${labels.ofTotal} ${count(total)}` : labels.noRows;
    const button = (label, to, off) => h("button", { type: "button", className: "btn", disabled: off, onClick: () => turn(to) }, label);
    return h(
      "div",
      { id, className: "pager row" },
      h("p", { className: "num", role: "status" }, span),
      h(Columns, { schema, view }),
      pages > 1 &&
        h(
          "nav",
          { className: "row", "aria-label": labels.pages },
          button(labels.previous, page - 1, page <= 1),
          h("label", { className: "row" }, h("span", { className: "sr" }, labels.goPage), h(V.Field, { type: "number", className: "short", min: 1, max: pages, value: String(page), onDone: (v) => turn(Math.min(Math.max(Math.trunc(Number(v)) || 1, 1), pages)) }), h("span", { className: "num" }, `${labels.ofTotal} ${count(pages)}`)),
          button(labels.next, page + 1, page >= pages)
        )
    );
  };
})();
