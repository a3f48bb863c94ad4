/* The one owner of the address: it alone pushes, replaces and hears Back. Everything else asks it to `go`. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const PATH = /^\/explora\/[a-z0-9-]+\/[a-z0-9-]+$/;
  const listeners = [];
  const path = window.location.pathname;
  let view = null; // read on first use: the grammar stands in a later file

  const at = (query) => path + (query ? `?${query}` : "");

  const now = () => (view ??= V.grammar.parse(window.location.search));

  function tell(reason) {
    for (const listener of listeners) listener(view, reason);
  }

  V.address = {
    view: now,
    path: () => path,
    href: (next) => at(V.grammar.format(next)),
    listen: (listener) => listeners.push(listener),

    /* Change the View: a new entry of the history, and everyone is told. */
    go(next) {
      const query = V.grammar.format(next);
      if (query === V.grammar.format(now())) return;
      view = V.grammar.parse(query);
      window.history.pushState({ ventanilla: true }, "", at(query));
      tell("go");
    },

    /* The server's own spelling of where we are: same entry, same View. */
    adopt(address) {
      const query = address.split("?")[1] || "";
      view = V.grammar.parse(query);
      if (at(query) !== window.location.pathname + window.location.search) {
        window.history.replaceState({ ventanilla: true }, "", at(query) + window.location.hash);
      }
    },
  };

  /* Before Dash's own Location hears it: it would draw the whole page again, or not at all. */
  window.addEventListener("popstate", (event) => {
    if (!PATH.test(path) || window.location.pathname !== path) return;
    event.stopImmediatePropagation();
    const next = V.grammar.parse(window.location.search);
    if (V.grammar.format(next) === V.grammar.format(now())) return;
    view = next;
    tell("back");
  });
})();
