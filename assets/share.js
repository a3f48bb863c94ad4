/* Sharing what is on the page: its title, its figure, its date and its address. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const SENTENCE = /.*?[.!?](?=\s|$)/gs;
  let now = null;
  let chosen = "";

  const link = () => window.location.origin + (now ? now.links.page : window.location.pathname + window.location.search);
  /* The first sentence says what is drawn, the second its figures. */
  const figure = () => {
    const said = now?.description || "";
    const sentences = said.match(SENTENCE) || [said];
    return chosen || (sentences[1] || sentences[0]).trim();
  };
  const text = () => [now?.title || document.title, figure(), now?.date].filter(Boolean).join("\n");

  /* Where what is shown now can be followed: by the form, or by its feed. */
  const follow = (start, live) => (start === "/feed" ? start + live.replace(/(\?|$)/, ".atom$1") : start + encodeURIComponent(live));

  function refresh() {
    const all = `${text()}\n${link()}`;
    for (const a of document.querySelectorAll("[data-share='whatsapp']")) a.href = `https://wa.me/?text=${encodeURIComponent(all)}`;
    for (const a of document.querySelectorAll("[data-face]")) if (now) a.href = now.links[a.dataset.face] || now.links.page;
    for (const a of document.querySelectorAll("a[data-here]")) if (now) a.href = follow(a.dataset.here, now.links.live || now.links.page);
    for (const code of document.querySelectorAll("[data-share='address']")) code.textContent = link();
    for (const b of document.querySelectorAll("[data-share='native']")) b.hidden = !navigator.share;
  }

  V.share = {
    /* Say what the page shows: `answer` as a face gave it. */
    at(answer, schema) {
      now = { ...answer, date: schema.date };
      chosen = "";
      refresh();
      V.ask?.about(answer.links.page);
    },
    /* Say which place or row the reader has picked: its figure leads the text. */
    choose(words) {
      chosen = words;
      refresh();
    },
    text,
  };

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(link());
    } catch {
      const field = document.createElement("textarea");
      field.value = link();
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const was = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = was), 2500);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-share]");
    if (button?.dataset.share === "copy") copy(button);
    else if (button?.dataset.share === "native") {
      navigator.share({ title: document.title, text: text(), url: link() }).catch((error) => {
        if (error.name !== "AbortError") copy(button);
      });
    }
  });
})();
