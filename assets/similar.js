/* While a request is written: what is there already. Without this script the server shows the same before it keeps it. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const PAUSE = 350;

  function item(words, href, more) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = href;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = words;
    line.append(link);
    if (more) line.append(` · ${more}`);
    return line;
  }

  function show(box, form, found) {
    const requests = found.data.map((r) => item(r.title, r.href, `${r.state} · ${r.votes} ${r.votes === 1 ? box.dataset.person : box.dataset.people}`));
    const datasets = found.datasets.map((d) => item(d.title, d.href, box.dataset.published));
    box.replaceChildren();
    if (!requests.length && !datasets.length) return;
    const heading = document.createElement("p");
    const list = document.createElement("ul");
    heading.className = "label";
    heading.textContent = box.dataset.heading;
    list.append(...datasets, ...requests);
    box.append(heading, list);
    form.elements.otra.value = "1";
  }

  V.onMount(".request-form", (form) => {
    const box = form.querySelector("#parecidas");
    const field = form.elements.datos;
    let timer = 0;
    let asked = "";
    async function ask() {
      const text = field.value.trim();
      if (text === asked) return;
      asked = text;
      form.elements.otra.value = "";
      try {
        const response = await fetch(`/solicitudes/parecidas.json?q=${encodeURIComponent(text)}`);
        if (response.ok && text === field.value.trim()) show(box, form, await response.json());
      } catch {
        /* without a connection nothing is suggested; the server asks before it keeps */
      }
    }
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    if (field.value) ask();
  });
})();
