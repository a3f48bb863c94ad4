/* Faces of a View over GET: one wish at a time, older ones are dropped; errors come in the server's own words. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});
  const open = new Map();
  const PATIENCE = 5;

  class FaceError extends Error {
    constructor(message, status) {
      super(message);
      this.status = status;
    }
  }

  const wait = (seconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, seconds * 1000);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(new DOMException("aborted", "AbortError"));
      });
    });

  async function ask(url, signal, labels, tries) {
    const response = await fetch(url, { signal, credentials: "same-origin", headers: { Accept: "application/json" } });
    if (response.ok) return response.json();
    const body = await response.json().catch(() => ({}));
    if (response.status === 503 && tries > 0 && body.error?.code === "not_ready") {
      await wait(Math.min(Number(response.headers.get("Retry-After")) || 2, 10), signal);
      return ask(url, signal, labels, tries - 1);
    }
    throw new FaceError(body.error?.message || labels.failed, response.status);
  }

  /* The JSON at `url`. A later wish with the same `slot` aborts this one (it then never settles). */
  V.get = function get(slot, url, labels) {
    open.get(slot)?.abort();
    const control = new AbortController();
    open.set(slot, control);
    return new Promise((resolve, reject) => {
      ask(url, control.signal, labels, PATIENCE)
        .then((body) => !control.signal.aborted && resolve(body))
        .catch((error) => {
          if (control.signal.aborted) return;
          reject(error instanceof FaceError ? error : new FaceError(labels.offline, 0));
        });
    });
  };

  /* The JSON of `view`'s face. */
  V.face = (slot, view, suffix, schema) => V.get(slot, V.faceUrl(view, suffix, schema), schema.labels);

  /* The address of a face, pinned to the version of the page. */
  V.faceUrl = function faceUrl(view, suffix, schema, extra) {
    const query = V.grammar.format({ ...view, version: view.version || schema.version });
    const all = [query, extra].filter(Boolean).join("&");
    return `${schema.base}${suffix}${all ? `?${all}` : ""}`;
  };
})();
