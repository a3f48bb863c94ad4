/* The explorer: hears the address, asks for its faces, hands them to Dash. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  let schema = null;
  let live = false; // whether plotly or leaflet may replace the server's picture
  let openTable = false;
  let wished = null;

  const show = (id, shown) => set(id, { hidden: !shown });

  function busy(on) {
    document.getElementById(schema.ids.root)?.setAttribute("aria-busy", String(on));
    set(schema.ids.status, { children: on ? schema.labels.loading : "" });
  }

  function state(query) {
    for (const part of ["controls", "chips", "modes"]) set(schema.ids[part], { query });
  }

  function words(answer) {
    document.title = `${answer.title} · Ventanilla`;
    set(schema.ids.title, { children: answer.title });
    set(schema.ids.subtitle, { children: answer.subtitle || "" });
    set(schema.ids.description, { children: answer.description });
    set(schema.ids.notes, { children: (answer.notes || []).join(" ") });
  }

  /* The canonical address: pinned only where the reader pinned it. */
  function adopt(answer) {
    const pinned = V.address.view().version;
    V.address.adopt(pinned ? answer.links.page : answer.links.live);
    const query = V.grammar.format(V.address.view());
    state(query);
    V.share.at(answer, schema);
    return query;
  }

  function table(answer, query, mode) {
    const { sort } = V.grammar.parse(query);
    const direction = (name) => (sort[0]?.column === name ? (sort[0].descending ? "descending" : "ascending") : "none");
    const columns = answer.columns.map((c) => ({ ...c, sort: direction(c.name), hint: schema.labels.sort }));
    set(schema.ids.table, { columns, rows: answer.rows, caption: answer.title, sortable: mode === "table", ask: answer.links.page });
    const pages = mode === "table" ? answer.pages : 1;
    set(schema.ids.pager, { query, total: answer.total, page: answer.page, pages, size: answer.size });
  }

  /* Leaflet needs outlines (without them the server's picture says it in bars), and draws one map, not several. */
  const drawable = ({ figure }) => !figure?.still && (figure?.kind !== "choropleth" || V.map.knows(figure.level, schema));

  function stage(answer, view) {
    if (!live || !drawable(answer)) {
      set(schema.ids.picture, { src: V.faceUrl(view, ".svg", schema), alt: answer.description });
      set(schema.ids.pictureNarrow, { srcSet: V.faceUrl(view, ".svg", schema, "_width=360") });
      return;
    }
    const map = V.views.kind(view) === "map";
    if (!map) V.map.forget(schema.ids.map);
    const children = map ? V.map.stage(answer, schema) : V.chart.graph(answer, schema);
    if (children) set(schema.ids.stage, { children });
  }

  function layout(kind, moving) {
    show(schema.ids.drawing, kind !== "table");
    show(schema.ids.pictureBox, kind !== "table" && !moving);
    show(schema.ids.stage, kind !== "table" && moving);
    rows(kind);
  }

  function rows(kind) {
    show(schema.ids.tableBox, kind === "table" || kind === "map" || openTable);
    show(schema.ids.more, kind === "chart");
    document.querySelector(`[data-action="datos"]`)?.setAttribute("aria-expanded", String(openTable));
  }

  /* The same answer as rows, best first: what the drawing says to those who do not see it. */
  function equivalent(view) {
    const rows = { ...V.views.chart(view, "table"), columns: view.columns };
    const measure = rows.measures[0] || { function: "count", column: "", ratio: "" };
    if (V.ask.marks()) rows.size = 1000; // the marked row is to be among them
    if (V.views.kind(view) === "map" && view.groups.length) rows.sort = [{ column: V.grammar.writeMeasure(measure), descending: true }];
    return V.face("rows", rows, ".table.json", schema).then((answer) => table(answer, V.grammar.format(rows), "below"));
  }

  const scripts = () => V.mapScripts().catch(() => Promise.reject(new Error(schema.labels.offline)));

  function fail(error) {
    busy(false);
    set(schema.ids.problem, { message: error.message });
    for (const part of ["drawing", "tableBox", "more"]) show(schema.ids[part], false); // they show another view
    set(schema.ids.description, { children: "" });
  }

  async function apply(view) {
    if (wished) V.ask.clear();
    wished = view;
    state(V.grammar.format(view));
    busy(true);
    const kind = V.views.kind(view);
    try {
      const answer = await V.face("main", view, kind === "table" ? ".table.json" : ".figure.json", schema);
      if (kind === "map" && live && drawable(answer)) await scripts();
      if (view !== wished) return;
      set(schema.ids.problem, { message: "" });
      const query = adopt(answer);
      words(answer);
      layout(kind, live && drawable(answer));
      if (kind === "table") table(answer, query, "table");
      else stage(answer, V.address.view());
      busy(false);
      if (kind === "map" || (kind === "chart" && openTable)) await equivalent(V.address.view());
    } catch (error) {
      fail(error);
    }
  }

  function wake() {
    if (!live) V.chart.source(schema.plotlyUrl);
    if (live || V.views.kind(V.address.view()) === "table") return;
    live = true;
    apply(V.address.view());
  }

  /* By itself on a connection that can carry it; else when the reader reaches for the drawing. */
  function wakeWhenFit() {
    const line = navigator.connection;
    const fast = line && !line.saveData && line.effectiveType === "4g" && line.downlink >= 5;
    if (!fast) return;
    const idle = window.requestIdleCallback || ((run) => setTimeout(run, 300));
    idle(wake, { timeout: 3000 });
  }

  function clicks(root) {
    root.addEventListener("click", (event) => {
      const sort = event.target.closest("[data-sort]");
      const action = event.target.closest("[data-action]");
      if (sort) V.address.go(V.views.sort(V.address.view(), sort.dataset.sort));
      else if (action?.dataset.action === "vivo" || event.target.closest(".picture-box img")) wake();
      else if (action?.dataset.action === "datos") {
        openTable = !openTable;
        rows(V.views.kind(V.address.view()));
        if (openTable) equivalent(V.address.view()).catch(fail);
      }
    });
  }

  function hovers(root) {
    root.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse" && event.target.closest(".picture-box")) wake();
    });
  }

  function start(root) {
    schema = V.schema;
    live = false;
    V.address.adopt(root.dataset.address);
    clicks(root);
    hovers(root);
    V.address.listen((view) => apply(view));
    state(V.grammar.format(V.address.view()));
    V.share.at(JSON.parse(root.dataset.answer), schema);
    openTable = V.ask.marks();
    if (V.views.kind(V.address.view()) === "chart") rows("chart");
    if (V.views.kind(V.address.view()) === "map" || (openTable && V.views.kind(V.address.view()) === "chart")) {
      equivalent(V.address.view()).catch(fail);
    }
    const wide = window.matchMedia("(min-width: 60rem)");
    const panel = root.querySelector(".filters");
    if (panel && wide.matches) panel.open = true;
    if (V.views.kind(V.address.view()) !== "table") wakeWhenFit();
  }

  V.explorer = { again: () => apply(wished || V.address.view()) };
  V.onMount("#explorador", start);
})();
