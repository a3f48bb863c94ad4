/* A map by keyboard: arrows go from place to place, Home and End to the highest and the lowest; the panel says it. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const WAYS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const STEPS = { PageUp: -1, PageDown: 1 };
  const SLANT = 1.5; // how much further aside than ahead the next place may lie

  /* The keys of the places that have a figure and an outline, the highest first. */
  function ranked({ payload, layers }) {
    const place = (key) => payload.values[key].rank;
    return Object.keys(payload.values).filter((key) => place(key) && layers.has(key)).sort((a, b) => place(a) - place(b));
  }

  /* The nearest place that way: distance ahead, and twice what it lies aside. */
  function beyond({ layers, picked }, [east, north]) {
    const from = layers.get(picked).getBounds().getCenter();
    let best = picked;
    let least = Infinity;
    for (const [key, layer] of layers) {
      const to = layer.getBounds().getCenter();
      const [x, y] = [to.lng - from.lng, to.lat - from.lat];
      const ahead = x * east + y * north;
      const aside = Math.abs(x * north) + Math.abs(y * east);
      if (ahead > 0 && aside <= SLANT * ahead && ahead + 2 * aside < least) [best, least] = [key, ahead + 2 * aside];
    }
    return best;
  }

  function target(board, key) {
    const order = ranked(board);
    const known = board.layers.has(board.picked);
    if (key === "Home" || (!known && (WAYS[key] || STEPS[key]))) return order[0];
    if (key === "End") return order[order.length - 1];
    if (WAYS[key]) return beyond(board, WAYS[key]);
    const at = order.indexOf(board.picked) + STEPS[key];
    return order[Math.min(Math.max(at, 0), order.length - 1)];
  }

  function press(event) {
    const board = V.map.board(event.currentTarget.id);
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (board?.payload?.kind !== "choropleth" || !board.layers.size) return;
    const { key } = event;
    if (key === "Enter" && board.picked) V.map.approach(board, board.picked);
    else if (key === "Escape" && board.picked) V.map.pick(board, "");
    else if (WAYS[key] || STEPS[key] || key === "Home" || key === "End") {
      const next = target(board, key);
      if (next && next !== board.picked) V.map.pick(board, next);
      const layer = board.layers.get(next);
      layer?._map?.panInside(layer.getBounds().getCenter(), { padding: [60, 60], animate: false });
    } else return;
    event.preventDefault();
    event.stopPropagation(); // leaflet hears keys at the document, and would move the map
  }

  /* Of points there is nothing to step through: their table says them. */
  V.onMount(".leaflet-box", (map) => {
    const board = V.map.board(map.id);
    map.addEventListener("keydown", press);
    if (board?.payload?.kind !== "choropleth") return;
    map.setAttribute("role", "application");
    map.setAttribute("aria-label", board.place.labels.map);
    map.setAttribute("aria-describedby", `${board.place.ids.panel}-teclas`);
  });
})();
