/* The question panel: what it is about, a draft that outlives a reload, and a token so that twice is once. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const key = () => `pregunta:${window.location.pathname}`;
  let ids = null;
  let about = null;

  function keep() {
    const value = (id) => document.getElementById(id)?.value || "";
    const draft = { text: value(ids.text), name: value(ids.name) };
    try {
      if (draft.text || draft.name) sessionStorage.setItem(key(), JSON.stringify(draft));
      else sessionStorage.removeItem(key());
    } catch {
      /* storage refused: the draft lives as long as the page */
    }
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(key()) || "null");
    } catch {
      return null;
    }
  }

  function tell() {
    if (!ids || !about) return;
    set(ids.anchor, { value: about.address });
    set(ids.chip, { children: about.words });
  }

  V.draft = {
    anchor(address, words) {
      about = { address, words };
      tell();
    },
  };

  const token = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  V.onMount("#pregunta", (panel) => {
    ids = JSON.parse(panel.dataset.ids);
    set(ids.token, { value: token() });
    const draft = kept();
    if (draft) {
      set(ids.text, { value: draft.text });
      set(ids.name, { value: draft.name });
      panel.open = true;
    }
    panel.addEventListener("input", keep);
    const heading = document.querySelector("#contenido h1");
    if (!about && heading) set(ids.chip, { children: heading.textContent });
    tell();
  });

  V.onMount("[data-sent]", () => {
    sessionStorage.removeItem(key());
    document.getElementById(ids.done)?.focus();
  });
})();
