/* Maps: static outlines, values apart, a place picked by pointer, finger or name. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const clone = (json) => JSON.parse(JSON.stringify(json));
  const keyOf = (feature) => String(feature.properties?.key ?? feature.id ?? feature.properties?.cve_ent ?? "");
  const layers = new Map();
  const SETTLED = 60; // milliseconds after which dash-leaflet has drawn a new hideout
  let payload = null;
  let picked = "";
  let standing = ""; // which map stands on the stage

  const hideout = () => ({ values: payload.values, nodata: payload.nodata, picked, stressed: payload.stressed, only: payload.only, edge: payload.level === "municipio" && !payload.only ? 0.2 : 0.8 });

  function tooltip(key) {
    const box = document.createElement("div");
    const name = payload.names[key] || key;
    for (const line of payload.values[key]?.text || [name, payload.nodata.label]) {
      box.append(Object.assign(document.createElement("div"), { textContent: line }));
    }
    return box;
  }

  function pick(key) {
    picked = key;
    set(V.schema.ids.areas, { hideout: hideout(), zoomToBounds: false }); // a new hideout would zoom out again
    set(V.schema.ids.panel, { picked: key });
    setTimeout(() => layers.get(key)?.bringToFront(), SETTLED);
    const value = payload.values[key];
    V.share.choose(value ? `${payload.names[key]}: ${value.text[1]}` : "");
  }

  function fly(key) {
    pick(key);
    setTimeout(() => approach(layers.get(key)), SETTLED);
  }

  function approach(layer) {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const near = payload.level === "municipio" ? 9 : 6.5;
    if (layer?._map) layer._map.fitBounds(layer.getBounds(), { maxZoom: near, padding: [40, 40], animate: !calm });
  }

  const beside = (...children) => V.chart.dash("dash_html_components", "Div", { className: "map-layout", children });

  function areas(answer, schema) {
    const figure = answer.figure;
    payload = { ...figure, only: figure.level === "municipio" ? figure.within : "" };
    if (!payload.values[picked]) picked = "";
    const kind = `areas ${payload.level} ${payload.only}`;
    if (kind === standing && document.getElementById(schema.ids.map)) {
      set(schema.ids.areas, { hideout: hideout() });
      set(schema.ids.panel, { payload, picked });
      return null;
    }
    standing = kind;
    layers.clear();
    const map = clone(schema.leaflet.areas);
    const layer = map.props.children[0];
    layer.props.url = schema.leaflet.outlines[payload.level];
    layer.props.hideout = hideout();
    return beside(map, V.chart.dash("ventanilla", "MapPanel", { id: schema.ids.panel, payload, picked }));
  }

  function points(answer, schema) {
    payload = answer.figure;
    standing = "points";
    const map = clone(schema.leaflet.points);
    const layer = map.props.children[map.props.children.length - 2];
    layer.props.data = {
      type: "FeatureCollection",
      features: payload.points.map(([lat, lon, group, name, text]) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: [lon, lat] },
        properties: { color: payload.groups[group]?.color, name, text },
      })),
    };
    return beside(map, V.chart.dash("ventanilla", "MapPanel", { id: schema.ids.panel, payload, picked: "" }));
  }

  function words(feature) {
    const box = document.createElement("div");
    for (const line of feature.properties.text || []) box.append(Object.assign(document.createElement("div"), { textContent: line }));
    return box;
  }

  /* Functions that dash-leaflet calls by name; `context.hideout` is what `hideout()` gave. */
  V.map = {
    stage(answer, schema) {
      return answer.figure.kind === "choropleth" ? areas(answer, schema) : points(answer, schema);
    },
    knows: (level, schema) => Boolean(schema.leaflet.outlines[level]),
    forget() {
      standing = "";
    },
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
    each(feature, layer) {
      const key = keyOf(feature);
      layers.set(key, layer);
      layer.bindTooltip(() => tooltip(key), { sticky: true });
      layer.on("click", () => pick(key));
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
