/* The first words of a page stand in its raw HTML; they give way when Dash has drawn the page itself. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const starts = [];
  const started = new WeakMap();

  /* Run `start(element)` for each element that matches, whenever it comes to stand in the page. */
  V.onMount = (selector, start) => {
    starts.push([selector, start]);
    if (document.body) mount();
  };

  let maps = null;

  function load(src) {
    return new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src, onload: resolve });
      script.onerror = () => reject(new Error(src));
      document.head.append(script);
    });
  }

  /* The scripts of the interactive map, which no page loads before it draws one: settled once they are there. */
  V.mapScripts = () => {
    const urls = (document.body.dataset.mapScripts || "").split(" ").filter(Boolean);
    maps ??= urls.reduce((before, src) => before.then(() => load(src)), Promise.resolve()).catch((error) => {
      maps = null;
      throw error;
    });
    return maps;
  };

  function mount() {
    for (const [selector, start] of starts) {
      for (const element of document.querySelectorAll(selector)) {
        const known = started.get(element) || new Set();
        if (known.has(start)) continue;
        known.add(start);
        started.set(element, known);
        start(element);
      }
    }
  }

  function swap() {
    const entry = document.getElementById("react-entry-point");
    const first = document.getElementById("primera");
    if (!entry || !first) return;
    if (!entry.querySelector(".page")) {
      entry.classList.add("waiting");
      return;
    }
    entry.classList.remove("waiting");
    first.remove();
  }

  function watch() {
    swap();
    mount();
    new MutationObserver(() => {
      swap();
      mount();
    }).observe(document.getElementById("contenido") || document.body, { childList: true, subtree: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
