/* Forms that speak when a choice is made, and drawings that fill the screen. */
(function () {
  "use strict";
  const V = (window.ventanilla = window.ventanilla || {});

  function send(form) {
    V.keepSteps();
    const query = new URLSearchParams(new FormData(form));
    window.location.assign(V.inLanguage(`${new URL(form.action).pathname}?${query}`));
  }

  V.onMount("form[method='get']", (form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
    if (form.dataset.submits !== "change") return;
    /* With the keyboard each arrow in a list is a change: there the button sends. */
    let keyed = false;
    form.addEventListener("keydown", () => (keyed = true));
    form.addEventListener("pointerdown", () => (keyed = false));
    form.addEventListener("change", () => keyed || send(form));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fullscreen]");
    if (!button) return;
    const frame = button.closest(button.dataset.fullscreen);
    if (document.fullscreenElement) document.exitFullscreen();
    else frame?.requestFullscreen?.();
  });
})();
