/* The explorer's controls: all native, all set from the address, each writing a new address. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const h = (...args) => window.React.createElement(...args);
  const go = (view) => V.address.go(view);

  /* An input that speaks when its value is finished, and takes the address' value whenever that changes. */
  function Field({ value, onDone, ...rest }) {
    const { useEffect, useRef } = window.React;
    const node = useRef(null);
    const done = useRef(onDone);
    done.current = onDone;
    useEffect(() => {
      if (node.current.value !== value) node.current.value = value;
    }, [value]);
    useEffect(() => {
      const finish = () => done.current(node.current.value);
      node.current.addEventListener("change", finish);
      return () => node.current?.removeEventListener("change", finish);
    }, []);
    const enter = (event) => event.key === "Enter" && done.current(node.current.value);
    return h("input", { ref: node, defaultValue: value, onKeyDown: enter, ...rest });
  }

  const option = (o) => h("option", { key: o.value, value: o.value }, o.label);

  function Select({ id, label, value, options, onChange, hint }) {
    return h(
      "div",
      { className: "field" },
      h("label", { htmlFor: id }, label),
      h("select", { id, value, onChange: (e) => onChange(e.target.value) }, options.map(option)),
      hint && h("p", { className: "hint" }, hint)
    );
  }

  function Place({ schema, view }) {
    const { states, municipalities, labels } = schema;
    const { state, municipality } = V.views.placeOf(view);
    const towns = municipalities.filter(([key]) => key.startsWith(state));
    const list = (pairs, all) => [{ value: "", label: all }, ...pairs.map(([value, label]) => ({ value, label }))];
    return h(
      "fieldset",
      { className: "stack-s" },
      h("legend", null, labels.place),
      h(Select, { id: "lugar-estado", label: labels.state, value: state, options: list(states, labels.country), onChange: (key) => go(V.views.place(view, key)) }),
      municipalities.length > 0 &&
        state &&
        h(Select, {
          id: "lugar-municipio", label: labels.municipality, value: municipality, options: list(towns, labels.wholeState),
          onChange: (key) => go(V.views.place(view, key || state)),
        })
    );
  }

  function Charts({ schema, view }) {
    const now = view.chart || "table";
    return h(
      "fieldset",
      null,
      h("legend", null, schema.labels.chart),
      h(
        "div",
        { className: "kinds" },
        schema.charts.map((c) =>
          h(
            "button",
            { key: c.name, type: "button", className: "kind", "aria-pressed": String(c.name === now), onClick: () => go(V.views.chart(view, c.name)) },
            h("svg", { viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": true }, h("path", { d: c.icon })),
            h("span", null, c.label)
          )
        )
      )
    );
  }

  function Measure({ schema, view }) {
    const { labels, measures, columns } = schema;
    const now = view.measures[0] || (view.groups.length ? { function: "count", column: "", ratio: "" } : null);
    const kind = measures.find((m) => m.name === now?.function);
    const fitting = (m) => columns.filter((c) => m.types.includes(c.type));
    const offered = measures.filter((m) => !m.types.length || fitting(m).length);
    const pick = (name) => {
      const m = measures.find((o) => o.name === name);
      if (!m) return go(V.views.measure(view, null));
      const fits = fitting(m);
      const kept = fits.find((c) => c.name === now?.column) || fits.find((c) => c.role === "measure") || fits[0];
      return go(V.views.measure(view, { function: name, column: m.types.length ? kept.name : "", ratio: m.ratios.includes(now?.ratio) ? now.ratio : "" }));
    };
    const ratios = [{ value: "", label: labels.figure }, ...schema.ratios.filter((r) => kind?.ratios.includes(r.value))];
    return h(
      "fieldset",
      { className: "stack-s" },
      h("legend", null, labels.measure),
      h(Select, {
        id: "medida", label: labels.function, value: now ? now.function : "", onChange: pick,
        options: [{ value: "", label: labels.raw }, ...offered.map((m) => ({ value: m.name, label: m.label }))],
      }),
      kind && kind.types.length > 0 &&
        h(Select, {
          id: "medida-columna", label: labels.of, value: now.column,
          options: fitting(kind).map((c) => ({ value: c.name, label: c.title })),
          onChange: (column) => go(V.views.measure(view, { ...now, column })),
        }),
      ratios.length > 1 &&
        h(Select, { id: "medida-como", label: labels.as, value: now.ratio, options: ratios, onChange: (ratio) => go(V.views.measure(view, { ...now, ratio })) })
    );
  }

  function Group({ schema, view, at }) {
    const { labels } = schema;
    const now = view.groups[at];
    const options = [{ value: "", label: labels.nothing }, ...schema.groupable.map((c) => ({ value: c.name, label: c.title }))];
    const column = schema.groupable.find((c) => c.name === now?.column);
    if (now && !column) options.push({ value: now.column, label: now.column });
    const steps = column?.steps ? schema.steps[column.steps] : [];
    const pick = (name) => {
      const c = schema.groupable.find((o) => o.name === name);
      go(V.views.group(view, at, name && { column: name, by: c?.steps ? schema.steps[c.steps][0].value : "" }));
    };
    return h(
      "div",
      { className: "pair steps" },
      h(Select, { id: `grupo-${at}`, label: at ? labels.andBy : labels.groupBy, value: now?.column || "", options, onChange: pick }),
      now && steps.length > 0 &&
        h(Select, { id: `grupo-${at}-paso`, label: labels.step, value: now.by, options: steps, onChange: (by) => go(V.views.group(view, at, { column: now.column, by })) })
    );
  }

  function Emphasis({ schema, view }) {
    const { labels } = schema;
    if (V.views.kind(view) === "table") return null;
    const facets = [{ value: "", label: labels.nothing }, ...schema.facets.map((c) => ({ value: c.name, label: c.title }))];
    const groups = view.groups.map((g) => schema.columns.find((c) => c.name === g.column)).filter((c) => c?.options?.length);
    const values = groups.length ? groups[groups.length - 1].options : [];
    const add = (value) => value && go(V.views.highlight(view, [...new Set([...view.highlight, value])]));
    const repeated = schema.facets.length > 0 && V.views.about(view.chart).facets;
    if (!repeated && values.length < 2) return null;
    return h(
      "fieldset",
      { className: "stack-s" },
      h("legend", null, labels.drawing),
      repeated &&
        h(Select, { id: "repetir", label: labels.facet, value: view.facet, options: facets, onChange: (name) => go(V.views.facet(view, name)) }),
      values.length > 1 &&
        h(Select, {
          id: "resaltar", label: labels.highlight, value: "", onChange: add,
          options: [{ value: "", label: labels.choose }, ...values.map((o) => ({ value: o.value, label: o.label }))],
        })
    );
  }

  function MapOptions({ schema, view }) {
    const options = V.views.about(view.chart).options || [];
    if (!options.length) return null;
    return h(
      "fieldset",
      { className: "stack-s" },
      h("legend", null, schema.labels.map),
      options.includes("level") && schema.levels.length > 1 &&
        h(Select, { id: "nivel", label: schema.labels.level, value: view.level || "entidad", options: schema.levels, onChange: (level) => go(V.views.change({ ...view, groups: [] }, { level })) }),
      options.includes("classes") &&
        h(Select, { id: "clases", label: schema.labels.classes, value: view.classes || schema.classes[0].value, options: schema.classes, onChange: (classes) => go(V.views.change(view, { classes })) })
    );
  }

  /* Everything beside the drawing. `query` is the address' own; it is the only state. */
  V.Controls = function Controls({ id, schema, query }) {
    V.schema = schema;
    const view = V.grammar.parse(query);
    const props = { schema, view };
    const tables = schema.tables.length > 1 &&
      h(Select, { id: "tabla-de", label: schema.labels.table, value: view.table, options: schema.tables, onChange: (table) => go({ ...V.grammar.blank(), table, version: view.version, lang: view.lang }) });
    return h(
      "div",
      { id, className: "controls stack" },
      tables,
      schema.states.length > 0 && h(Place, props),
      h(Charts, props),
      h(Measure, props),
      schema.groupable.length > 0 &&
        h("fieldset", { className: "stack-s" }, h("legend", null, schema.labels.groups), h(Group, { ...props, at: 0 }), view.groups.length > 0 && h(Group, { ...props, at: 1 })),
      h(Emphasis, props),
      h(MapOptions, props),
      h(V.Filters, props)
    );
  };
  V.Field = Field;
})();
