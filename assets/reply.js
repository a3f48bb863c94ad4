/* Forms that answer in place. The server writes every form and every outcome; without this script they are plain documents.
   form[data-inplace]         sent by fetch; what comes back goes into #<data-outcome> (default: the form's [data-slot])
   a[data-load]               its document goes into the [data-slot] around it, or into the element that data-load names
   form[data-draft="<key>"]   what is typed outlives a reload, and a change of form with the same fields
   input[name="clave"]        a token of this form, so that sent twice is once */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const OFFLINE = "No hay conexión con el sitio: no se envió nada. Lo que escribió sigue aquí; intente de nuevo.";
  const KEPT = "input:not([type=hidden]):not([type=password]):not([type=file]), textarea, select";

  const key = (form) => `borrador:${form.dataset.draft}:${window.location.pathname}`;
  const token = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const fields = (form) => [...form.querySelectorAll(KEPT)].filter((f) => f.name && !f.closest(".trap, [data-fleeting]"));

  function stored(name) {
    try {
      return JSON.parse(sessionStorage.getItem(name) || "null");
    } catch {
      return null;
    }
  }

  function store(name, value) {
    try {
      if (value) sessionStorage.setItem(name, JSON.stringify(value));
      else sessionStorage.removeItem(name);
    } catch {
      /* storage refused: the draft lives as long as the page */
    }
  }

  function keep(form) {
    const draft = { ...stored(key(form)) };
    for (const field of fields(form)) {
      if (["checkbox", "radio"].includes(field.type)) {
        if (field.checked) draft[field.name] = field.value;
      } else if (field.value) draft[field.name] = field.value;
      else delete draft[field.name];
    }
    store(key(form), Object.keys(draft).length ? draft : null);
  }

  function restore(form) {
    const draft = stored(key(form)) || {};
    for (const field of fields(form)) {
      const value = draft[field.name];
      if (value === undefined) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = field.value === value;
      else if (!field.value) field.value = value;
    }
  }

  const slotOf = (element, name) => (name ? document.getElementById(name) : element.closest("[data-slot]"));

  /* Put what the server wrote in place, and the reader where it starts. */
  function put(slot, html, focus) {
    slot.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    slot.hidden = false;
    if (!focus) return;
    const first = ["[aria-invalid=true]", ".problems", "[data-focus]", "h2, h3"].map((s) => slot.querySelector(s)).find(Boolean);
    if (!first) return;
    if (!first.matches("input, textarea, select, button, a[href], [tabindex]")) first.tabIndex = -1;
    first.focus();
  }

  function complain(form, message) {
    let line = form.querySelector(":scope > [data-complaint]");
    if (!line) {
      line = document.createElement("p");
      line.className = "problem";
      line.setAttribute("role", "alert");
      line.dataset.complaint = "";
      form.append(line);
    }
    line.textContent = message;
  }

  async function said(response) {
    const html = (response.headers.get("Content-Type") || "").includes("html");
    if (html) return { html: await response.text() };
    const body = await response.json().catch(() => ({}));
    return { message: body.error?.message || OFFLINE };
  }

  async function send(form, button) {
    const slot = slotOf(form, form.dataset.outcome);
    const data = new URLSearchParams(new FormData(form, button));
    if (button) button.disabled = true;
    form.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(button?.getAttribute("formaction") || form.getAttribute("action"), {
        method: "POST",
        body: data,
        credentials: "same-origin",
        headers: { "X-Fragment": "1", Accept: "text/html, application/json;q=0.5" },
      });
      const { html, message } = await said(response);
      if (message) return complain(form, message);
      if (response.ok && form.dataset.draft) store(key(form), null);
      if (!slot.contains(form)) form.hidden = true;
      put(slot, html, true);
      if (response.ok) document.dispatchEvent(new CustomEvent("ventanilla:done", { detail: { slot } }));
    } catch {
      complain(form, OFFLINE);
    } finally {
      if (button) button.disabled = false;
      form.removeAttribute("aria-busy");
    }
  }

  /* The document at `address` into `slot`, and whether that went well; where not, a link is followed (`leave`). */
  async function load(slot, address, focus, leave) {
    slot.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { credentials: "same-origin", headers: { "X-Fragment": "1", Accept: "text/html" } });
      if (!response.ok) throw new Error(String(response.status));
      put(slot, await response.text(), focus);
      return true;
    } catch {
      if (leave) window.location.assign(address);
      return false;
    } finally {
      slot.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-inplace]")) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") send(form, event.submitter);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-load]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const slot = slotOf(link, link.dataset.load);
    if (!slot) return;
    event.preventDefault();
    load(slot, link.getAttribute("href"), true, true);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form) keep(form);
  });

  V.onMount("form[data-draft]", restore);
  V.onMount("form input[name=clave]", (field) => {
    if (!field.value) field.value = token();
  });

  V.reply = { load, put, draft: (name) => stored(`borrador:${name}:${window.location.pathname}`) };
})();
