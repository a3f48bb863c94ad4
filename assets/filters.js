/* Filters by column and the chips that say which are on. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const h = (...args) => window.React.createElement(...args);
  const go = (view) => V.address.go(view);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const SEARCH_FROM = 9;

  function Values({ column, view, labels }) {
    const { useState } = window.React;
    const [sought, seek] = useState("");
    const chosen = V.views.chosen(view, column.name);
    const known = new Set(column.options.map((o) => o.value));
    const extra = chosen.filter((v) => !known.has(v)).map((v) => ({ value: v, label: v }));
    const shown = [...extra, ...column.options].filter((o) => fold(o.label).includes(fold(sought)));
    const toggle = (value, on) => go(V.views.choose(view, column.name, on ? [...chosen, value] : chosen.filter((v) => v !== value)));
    return h(
      window.React.Fragment,
      null,
      column.options.length >= SEARCH_FROM &&
        h("input", { type: "search", "aria-label": `${labels.seek}: ${column.title}`, placeholder: labels.seek, value: sought, onChange: (e) => seek(e.target.value) }),
      h(
        "ul",
        { className: "choices plain", tabIndex: shown.length > 6 ? 0 : undefined, "aria-label": shown.length > 6 ? column.title : undefined },
        shown.map((o) =>
          h(
            "li",
            { key: o.value },
            h(
              "label",
              { className: "choice" },
              h("input", { type: "checkbox", checked: chosen.includes(o.value), onChange: (e) => toggle(o.value, e.target.checked) }),
              h("span", null, o.label || labels.blank),
              o.count && h("span", { className: "num muted small" }, o.count)
            )
          )
        )
      ),
      column.more && h(Text, { column, view, labels })
    );
  }

  function Range({ column, view, labels }) {
    const type = column.kind === "date" ? "date" : "number";
    const end = (operator, label, edge) =>
      h(
        "div",
        { className: "field" },
        h("label", { htmlFor: `f-${column.id}-${operator}` }, label),
        h(V.Field, {
          id: `f-${column.id}-${operator}`, type, value: V.views.bound(view, column.name, operator).slice(0, type === "date" ? 10 : undefined),
          step: type === "number" ? "any" : undefined, placeholder: edge, min: type === "date" ? column.min : undefined, max: type === "date" ? column.max : undefined,
          onDone: (value) => go(V.views.limit(view, column.name, operator, value)),
        })
      );
    return h(
      window.React.Fragment,
      null,
      h("div", { className: "pair" }, end("gte", labels.from, column.min), end("lte", labels.to, column.max)),
      h("p", { className: "hint small muted" }, `${labels.range} ${column.minText} – ${column.maxText}`)
    );
  }

  function Text({ column, view, labels }) {
    const id = `f-${column.id}-contiene`;
    return h(
      "div",
      { className: "field" },
      h("label", { htmlFor: id }, labels.contains),
      h(V.Field, { id, type: "search", value: V.views.bound(view, column.name, "contains"), onDone: (value) => go(V.views.limit(view, column.name, "contains", value)) })
    );
  }

  /* Every row, only those with a value in the column, or only those without. */
  function Presence({ column, view, labels }) {
    const id = `f-${column.id}-dato`;
    const asked = view.filters.find((f) => f.column === column.name && f.operator === "isnull");
    const now = !asked ? "" : asked.values.length ? "present" : "missing";
    const pick = (wish) => {
      if (wish === "missing") return go(V.views.onlyMissing(view, column.name, true));
      return go(V.views.filter(view, column.name, ["isnull"], "isnull", wish === "present" ? ["0"] : undefined));
    };
    const options = [["", labels.everyRow], ["present", labels.onlyPresent], ["missing", `${labels.onlyMissing} (${column.nulls})`]];
    return h(
      "div",
      { className: "field" },
      h("label", { htmlFor: id }, labels.rows),
      h("select", { id, value: now, onChange: (e) => pick(e.target.value) }, options.map(([value, label]) => h("option", { key: value, value }, label)))
    );
  }

  const KINDS = { choices: Values, range: Range, date: Range, text: Text };

  function One({ column, view, labels, open }) {
    const count = view.filters.filter((f) => f.column === column.name).length;
    return h(
      "details",
      { className: "filter", open: open || count > 0 || undefined },
      h("summary", null, h("span", null, column.title), count > 0 && h("span", { className: "dot" }, h("span", { className: "sr" }, labels.active))),
      h(
        "div",
        { className: "stack-s" },
        KINDS[column.kind] && h(KINDS[column.kind], { column, view, labels }),
        column.nulls && h(Presence, { column, view, labels })
      )
    );
  }

  V.Filters = function Filters({ schema, view }) {
    const { useState } = window.React;
    const [asked, ask] = useState([]);
    const { labels } = schema;
    const used = new Set([...view.filters.map((f) => f.column), ...asked]);
    const offered = schema.columns.filter((c) => c.kind || c.nulls);
    const shown = offered.filter((c) => c.main || used.has(c.name));
    const others = offered.filter((c) => !shown.includes(c));
    return h(
      "fieldset",
      { className: "filters-by" },
      h("legend", null, labels.filters),
      shown.map((column) => h(One, { key: column.name, column, view, labels, open: asked.includes(column.name) })),
      others.length > 0 &&
        h(
          "div",
          { className: "field" },
          h("label", { htmlFor: "otro-filtro" }, labels.another),
          h(
            "select",
            { id: "otro-filtro", value: "", onChange: (e) => e.target.value && ask([...asked, e.target.value]) },
            h("option", { value: "" }, labels.choose),
            others.map((c) => h("option", { key: c.name, value: c.name }, c.title))
          )
        )
    );
  };

  function words(filter, schema) {
    const column = schema.columns.find((c) => c.name === filter.column);
    const title = column?.title || { _entidad: schema.labels.state, _municipio: schema.labels.municipality }[filter.column] || filter.column;
    const names = { _entidad: schema.states, _municipio: schema.municipalities }[filter.column];
    const say = (v) => names?.find(([key]) => key === v)?.[1] || column?.options?.find((o) => o.value === v)?.label || v || schema.labels.blank;
    const shown = filter.values.slice(0, 3).map(say).join(", ") + (filter.values.length > 3 ? ` +${filter.values.length - 3}` : "");
    if (filter.operator === "isnull" && filter.values.length) return `${title}: ${schema.labels.present}`;
    return (schema.ops[filter.operator] || "{column} {value}").replace("{column}", title).replace("{value}", shown);
  }

  /* What people call a stressed value: a place by its name, a category by its label. */
  function named(value, view, schema) {
    const [group] = [view.color, ...view.groups.map((g) => g.column)].filter(Boolean).map((name) => {
      const places = { _entidad: schema.states, _municipio: schema.municipalities }[name];
      return places?.find(([key]) => key === value)?.[1] || schema.columns.find((c) => c.name === name)?.options?.find((o) => o.value === value)?.label;
    }).filter(Boolean);
    return group || value;
  }

  /* What is filtered and stressed now, each with its way out. */
  V.Chips = function Chips({ id, query }) {
    const schema = V.schema;
    if (!schema) return h("div", { id });
    const { labels } = schema;
    const view = V.grammar.parse(query);
    const chip = (key, text, next) =>
      h(
        "li",
        { key },
        h("button", { type: "button", className: "chip", onClick: () => go(next) }, text, h("span", { "aria-hidden": true }, "×"), h("span", { className: "sr" }, ` (${labels.remove})`))
      );
    const chips = [
      ...view.filters.map((f, i) => chip(`f${i}`, words(f, schema), V.views.remove(view, f))),
      ...view.highlight.map((v) => chip(`h${v}`, `${labels.highlighted}: ${named(v, view, schema)}`, V.views.highlight(view, view.highlight.filter((o) => o !== v)))),
    ];
    const clear = chips.length > 1 && h("li", { key: "all" }, h("button", { type: "button", className: "chip clear", onClick: () => go(V.views.change(view, { filters: [], highlight: [] })) }, labels.removeAll));
    return h("ul", { id, className: "chips plain", "aria-label": labels.activeFilters }, chips, clear);
  };
})();
