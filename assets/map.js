/* Maps: static outlines, values apart, a place picked by pointer, finger, arrow key or name. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const clone = (json) => JSON.parse(JSON.stringify(json));
  const keyOf = (feature) => String(feature.properties?.key ?? feature.id ?? feature.properties?.cve_ent ?? "");
  const SETTLED = 60; // milliseconds after which dash-leaflet has drawn a new hideout
  const boards = new Map(); // what stands on each map of the page, by the map's id

  /* `place`: {ids: {map, areas, points, panel}, leaflet, labels}, one for each map of a page. */
  function boardOf(place) {
    const known = boards.get(place.ids.map) || { picked: "", standing: "", layers: new Map() };
    boards.set(place.ids.map, known);
    return Object.assign(known, { place });
  }

  function hideout({ payload, picked, place }) {
    const edge = payload.level === "municipio" && !payload.only ? 0.2 : 0.8;
    return { board: place.ids.map, values: payload.values, nodata: payload.nodata, picked, stressed: payload.stressed, only: payload.only, edge };
  }

  function tooltip({ payload }, key) {
    const box = document.createElement("div");
    const name = payload.names[key] || key;
    for (const line of payload.values[key]?.text || [name, payload.nodata.label]) {
      box.append(Object.assign(document.createElement("div"), { textContent: line }));
    }
    return box;
  }

  function pick(board, key) {
    const { payload, place } = board;
    board.picked = key;
    set(place.ids.areas, { hideout: hideout(board), zoomToBounds: false }); // a new hideout would zoom out again
    set(place.ids.panel, { picked: key });
    setTimeout(() => board.layers.get(key)?.bringToFront(), SETTLED);
    const value = payload.values[key];
    V.share.choose(value ? `${payload.names[key]}: ${value.text[1]}` : "");
  }

  function fly(map, key) {
    const board = boards.get(map);
    pick(board, key);
    setTimeout(() => approach(board, key), SETTLED);
  }

  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function approach(board, key) {
    const layer = board.layers.get(key);
    const near = board.payload.level === "municipio" ? 9 : 6.5;
    if (layer?._map) layer._map.fitBounds(layer.getBounds(), { maxZoom: near, padding: [40, 40], animate: !calm() });
  }

  /* The whole territory again when the map takes the full screen, and when it gives it back. */
  document.addEventListener("fullscreenchange", () => {
    for (const { layers } of boards.values()) {
      const known = [...layers.values()];
      const map = known[0]?._map;
      if (map) setTimeout(() => map.invalidateSize().fitBounds(window.L.featureGroup(known).getBounds(), { animate: false }), SETTLED);
    }
  });

  const beside = (...children) => V.chart.dash("dash_html_components", "Div", { className: "map-layout", children });

  function panel(board) {
    const { place, payload, picked } = board;
    const props = { id: place.ids.panel, board: place.ids.map, labels: place.labels, payload, picked };
    return V.chart.dash("ventanilla", "MapPanel", props);
  }

  function base(board, kind) {
    const map = clone(board.place.leaflet[kind]);
    map.props.id = board.place.ids.map;
    return map;
  }

  function areas(board, figure, picked) {
    const { place } = board;
    board.payload = { ...figure, only: figure.level === "municipio" ? figure.within : "" };
    board.picked = [picked, board.picked].find((key) => board.payload.values[key]) || "";
    const kind = `areas ${board.payload.level} ${board.payload.only}`;
    if (kind === board.standing && document.getElementById(place.ids.map)) {
      set(place.ids.areas, { hideout: hideout(board) });
      set(place.ids.panel, { payload: board.payload, picked: board.picked });
      return null;
    }
    board.standing = kind;
    board.layers.clear();
    const map = base(board, "areas");
    const [layer] = map.props.children;
    Object.assign(layer.props, { id: place.ids.areas, url: place.leaflet.outlines[board.payload.level], hideout: hideout(board) });
    return beside(map, panel(board));
  }

  function points(board, figure) {
    const { place } = board;
    Object.assign(board, { payload: figure, standing: "points", picked: "" });
    const map = base(board, "points");
    const layer = map.props.children[map.props.children.length - 2];
    layer.props.id = place.ids.points;
    layer.props.data = {
      type: "FeatureCollection",
      features: figure.points.map(([lat, lon, group, name, text]) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: [lon, lat] },
        properties: { color: figure.groups[group]?.color, name, text },
      })),
    };
    if (map.props.children.length > 2) map.props.children[0].props.id = place.ids.borders;
    return beside(map, panel(board));
  }

  function words(feature) {
    const box = document.createElement("div");
    for (const line of feature.properties.text || []) box.append(Object.assign(document.createElement("div"), { textContent: line }));
    return box;
  }

  /* Functions that dash-leaflet calls by name; `context.hideout` is what `hideout()` gave. */
  V.map = {
    /* The map of a `.figure.json` answer with its panel; null where the map that stands there was only told anew. */
    stage(answer, place, picked = "") {
      const board = boardOf(place);
      return answer.figure.kind === "choropleth" ? areas(board, answer.figure, picked) : points(board, answer.figure);
    },
    knows: (level, schema) => Boolean(schema.leaflet.outlines[level]),
    forget(map) {
      if (boards.has(map)) boards.get(map).standing = "";
    },
    board: (map) => boards.get(map),
    pick,
    approach,
    fly,
    style(feature, context) {
      const { values, nodata, picked: chosen, stressed } = context.hideout;
      const key = keyOf(feature);
      const on = key === chosen;
      return { fillColor: values?.[key]?.color || nodata?.color, fillOpacity: 1, color: on ? stressed : "#fffdf8", weight: on ? 3 : context.hideout.edge };
    },
    hover: () => ({ weight: 2.5, color: "#1a1730" }),
    border: () => ({ fillColor: "#efeae0", fillOpacity: 1, color: "#b9b2a4", weight: 1 }),
    filter(feature, context) {
      return !context.hideout?.only || keyOf(feature).startsWith(context.hideout.only);
    },
    each(feature, layer, context) {
      const board = boards.get(context.hideout.board);
      const key = keyOf(feature);
      board.layers.set(key, layer);
      layer.bindTooltip(() => tooltip(board, key), { sticky: true });
      layer.on("click", () => pick(board, key));
    },
    point(feature, latlng) {
      const marker = window.L.circleMarker(latlng, { radius: 6, color: "#fffdf8", weight: 1, fillColor: feature.properties.color || "#12736f", fillOpacity: 0.9 });
      marker.bindTooltip(() => words(feature));
      marker.bindPopup(() => words(feature));
      return marker;
    },
    cluster(feature, latlng) {
      const count = feature.properties.point_count;
      const size = 30 + Math.min(28, Math.round(Math.sqrt(count)));
      const text = document.createElement("span");
      text.textContent = count.toLocaleString("en-US");
      return window.L.marker(latlng, { icon: window.L.divIcon({ html: text, className: "cluster", iconSize: [size, size] }) });
    },
  };
})();
