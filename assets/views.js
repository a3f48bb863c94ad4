/* Changes of a View, each giving a new one. What a change makes meaningless is dropped; the server completes the rest. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  /* What a chart says of itself in the schema: `mode`, and `keeps`: what of a view still means something to it. */
  const kinds = () => V.schema?.charts || [];
  const about = (name) => kinds().find((c) => c.name === name) || { mode: "chart", keeps: ["groups", "measures"] };
  const keeps = (name, what) => about(name).keeps.includes(what);

  const change = (view, fields) => ({ ...view, page: 1, ...fields });
  const redraw = (view, fields) => change(view, { sort: [], columns: [], x: "", y: "", color: "", facet: "", highlight: [], ...fields });
  const same = (a, b) => a.column === b.column && a.operator === b.operator && String(a.values) === String(b.values);

  /* Replace every filter of `column` with one of `operators` by a single new one; no values: none. */
  function filter(view, column, operators, operator, values) {
    const kept = view.filters.filter((f) => f.column !== column || !operators.includes(f.operator));
    const added = values ? [{ column, operator, values }] : [];
    return change(view, { filters: [...kept, ...added] });
  }

  function choose(view, column, values) {
    const cleared = filter(view, column, ["eq", "in", "isnull"]);
    if (!values.length) return cleared;
    return filter(cleared, column, [], values.length === 1 ? "eq" : "in", values);
  }

  const chosen = (view, column) =>
    view.filters.filter((f) => f.column === column && ["eq", "in"].includes(f.operator)).flatMap((f) => f.values);

  /* One end of a range; a single value is both of its ends. */
  const bound = (view, column, operator) =>
    view.filters.find((f) => f.column === column && [operator, "eq"].includes(f.operator))?.values[0] ?? "";

  function limit(view, column, operator, value) {
    const single = view.filters.find((f) => f.column === column && f.operator === "eq");
    const other = operator === "gte" ? "lte" : "gte";
    const base = single ? filter(view, column, ["eq"], other, single.values) : view;
    return filter(base, column, [operator], operator, value === "" ? undefined : [value]);
  }

  const missing = (view, column) => view.filters.some((f) => f.column === column && f.operator === "isnull" && !f.values.length);

  const onlyMissing = (view, column, wanted) =>
    wanted
      ? change(view, { filters: [...view.filters.filter((f) => f.column !== column), { column, operator: "isnull", values: [] }] })
      : filter(view, column, ["isnull"]);

  /* One place for everything: a state's or a municipality's key, "" for the whole country. */
  function place(view, key) {
    const kept = view.filters.filter((f) => f.column !== "_entidad" && f.column !== "_municipio");
    const column = key.length === 2 ? "_entidad" : "_municipio";
    return change(view, { filters: key ? [...kept, { column, operator: "eq", values: [key] }] : kept });
  }

  function placeOf(view) {
    const of = (column) => view.filters.find((f) => f.column === column && f.operator === "eq")?.values[0] || "";
    const municipality = of("_municipio");
    return { state: municipality ? municipality.slice(0, 2) : of("_entidad"), municipality };
  }

  function remove(view, filter_) {
    return change(view, { filters: view.filters.filter((f) => !same(f, filter_)) });
  }

  const drawn = (name) => Boolean(name) && name !== "table";

  function chart(view, name) {
    const own = drawn(view.chart) && !keeps(view.chart, "measures"); // its measures are no wish of the reader's
    if (!drawn(name)) return change(view, { chart: name, sort: [], columns: own ? [] : view.columns, x: "", y: "", color: "", facet: "" });
    const kept = (what) => (own || !keeps(name, what) ? [] : view[what]);
    return redraw(view, { chart: name, groups: kept("groups"), measures: kept("measures") });
  }

  /* The chart, where it can carry what the reader wishes, else the first one that can. */
  function fitting(view, what) {
    const able = (c) => drawn(c.name) && c.keeps.includes("groups") && c.keeps.includes("measures");
    return !drawn(view.chart) || keeps(view.chart, what) ? view.chart : kinds().find(able)?.name || "";
  }

  function group(view, at, group_) {
    const groups = view.groups.slice();
    if (group_) groups[at] = group_;
    else groups.splice(at, 1);
    const unique = groups.filter((g, i) => g && groups.findIndex((o) => o && o.column === g.column) === i);
    return redraw(view, { groups: unique, chart: fitting(view, "groups") });
  }

  function measure(view, measure_) {
    if (!measure_) return redraw(view, { groups: [], measures: [], chart: "table" });
    return redraw(view, { measures: [measure_], chart: fitting(view, "measures") });
  }

  /* Small multiples by a column: where the answer is in groups, it has to be one of them. */
  function facet(view, column) {
    if (!column) return change(view, { facet: "" });
    if (!view.groups.length && !view.measures.length) return change(view, { facet: column });
    const known = view.groups.some((g) => g.column === column);
    const groups = known ? view.groups : [...view.groups, { column, by: "" }];
    return change(view, { groups, facet: column, color: view.color === column ? "" : view.color });
  }

  const highlight = (view, values) => change(view, { highlight: values });

  /* The next state of a header's sort: ascending, descending, none. */
  function sort(view, column) {
    const now = view.sort[0]?.column === column ? view.sort[0] : null;
    const next = !now ? [{ column, descending: false }] : now.descending ? [] : [{ column, descending: true }];
    return change(view, { sort: next });
  }

  const kind = (view) => (drawn(view.chart) ? about(view.chart).mode : "table");

  V.views = {
    filter, choose, chosen, bound, limit, missing, onlyMissing, place, placeOf, remove, chart, group, measure, facet,
    highlight, sort, kind, about, change, same,
  };
})();
