/* The panel, and pointing: at a row, a place, a point of a drawing. The server reads again what was pointed at. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const FORM = "/participar";
  const sought = marksOf(window.location.hash);
  let here = ""; // the address of what the page shows now
  let pointed = false; // whether the form in the panel is about something finer

  /* What an opened anchor marks: #fila=["Guanajuato","2024"] (words of a row) or #renglon=13. */
  function marksOf(hash) {
    const [name, value] = hash.slice(1).split("=");
    try {
      if (name === "renglon") return { at: Number(value) };
      const read = name === "fila" && JSON.parse(decodeURIComponent(value));
      return Array.isArray(read) && read.length ? { read } : null;
    } catch {
      return null;
    }
  }

  const panel = () => document.getElementById("pregunta");
  const slot = () => panel()?.querySelector("[data-slot]");
  const about = () => here || panel()?.dataset.about || window.location.pathname;
  const address = (more) => `${FORM}?${new URLSearchParams({ sobre: about(), ...more })}`;

  async function fill(at, focus) {
    const done = await V.reply.load(slot(), at, focus, false);
    const link = slot().previousElementSibling;
    if (link) link.hidden = done;
    if (done) slot().dataset.loaded = "1";
    else if (link) link.querySelector("a").href = at;
  }

  /* Open the panel with the form at `at`. */
  function open(at, finer) {
    if (!panel()) return window.location.assign(at);
    pointed = finer;
    slot().dataset.loaded = "1";
    panel().open = true;
    panel().scrollIntoView({ block: "start" });
    return fill(at, true);
  }

  V.ask = {
    /* The page shows the view at `address` now. */
    about(address_) {
      const moved = here && here !== address_;
      here = address_;
      const form = slot()?.querySelector("form");
      if (moved && form && !pointed) fill(address(), false);
    },
    marks: () => Boolean(sought),
    marked: (row, i) => Boolean(sought) && (sought.read ? sought.read.every((text) => row.includes(text)) : sought.at === i),
    clear() {
      const spot = document.getElementById(V.schema?.ids.ask);
      spot?.replaceChildren();
    },
  };

  function point(words) {
    const spot = document.getElementById(V.schema?.ids.ask);
    if (!spot) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn" });
    button.dataset.askPoint = words;
    button.textContent = `${V.schema.labels.ask}: ${words.replace(/<br>|\n/g, ", ")}`;
    spot.replaceChildren(button);
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-ask-row], [data-ask-place], [data-ask-point], a[data-ask]");
    if (!target) return;
    const { askRow, askAt, askPlace, askPoint } = target.dataset;
    event.preventDefault();
    if (target.matches("a")) open(target.getAttribute("href"), true);
    else if (askPlace) open(address({ lugar: askPlace }), true);
    else if (askPoint) open(address({ punto: askPoint }), true);
    else open(address({ renglon: askRow, ...(askAt === about() ? {} : { renglones: askAt }) }), true);
  });

  V.onMount("#pregunta", (element) => {
    element.addEventListener("toggle", () => {
      if (element.open && !slot().dataset.loaded) fill(address(), false);
    });
    if (V.reply.draft("participar")) element.open = true;
  });

  V.onMount(".graph .main-svg", (layer) => {
    const graph = layer.closest(".js-plotly-plot");
    if (!graph?.on || graph.dataset.asks) return;
    graph.dataset.asks = "1";
    graph.on("plotly_click", ({ points }) => points[0]?.hovertext && point(points[0].hovertext));
  });

  /* An anchor of the page that one is on already: the page starts again with its row marked. */
  window.addEventListener("hashchange", () => marksOf(window.location.hash) && window.location.reload());

  V.onMount("tr.marked", (row) => row.scrollIntoView({ block: "center" }));
})();
