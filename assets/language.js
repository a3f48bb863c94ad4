/* The reader's language goes along: in English each link and form of the site asks for English again. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const WORD = "_lang";
  const english = document.documentElement.lang === "en";

  /* A site's own address in the page's language. */
  V.inLanguage = (address) => {
    const url = new URL(address, window.location.href);
    if (english && url.origin === window.location.origin && !url.searchParams.has(WORD)) url.searchParams.set(WORD, "en");
    return url;
  };

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      if (link.dataset.lang) {
        /* The explorer's address has changed since the page was made. */
        const url = new URL(window.location.href);
        if (link.dataset.lang === "es") url.searchParams.delete(WORD);
        else url.searchParams.set(WORD, link.dataset.lang);
        link.href = url.pathname + url.search;
      } else if (english && link.getAttribute("href").startsWith("/")) link.href = V.inLanguage(link.href).href;
    },
    true
  );
})();
