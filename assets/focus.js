/* The keyboard goes where the store says as soon as that can take it, unless the person has begun to type elsewhere or the
   page has changed. Each move has a key and is made once, also when the page is loaded again. */
(() => {
  "use strict";

  const MADE = "larkspur-focus";
  const PATIENCE_MS = 5_000;
  const NOTHING = { id: "", path: "", until: 0 };
  let wanted = NOTHING;
  let pressed = null; /* what had the focus when something was last asked of the store */

  const note = () => (pressed = document.activeElement);
  document.addEventListener("submit", note, true);
  document.addEventListener("click", ({ target }) => target.closest?.("button, a, summary") && note(), true);

  const isElsewhere = () => {
    const place = document.activeElement;
    return place !== pressed && place?.matches("input, select, textarea, iframe");
  };

  const isOver = () => wanted.path !== location.pathname || performance.now() > wanted.until || isElsewhere();

  const look = () => {
    const [id, key] = (document.getElementById("focus")?.dataset.goesTo ?? "").split(" ");
    if (key && sessionStorage.getItem(MADE) !== key) {
      sessionStorage.setItem(MADE, key);
      wanted = { id, path: location.pathname, until: performance.now() + PATIENCE_MS };
    }
    if (!wanted.id) return;
    const element = document.getElementById(wanted.id);
    if (isOver()) wanted = NOTHING;
    else if (element) {
      element.focus();
      if (document.activeElement === element) wanted = NOTHING;
    }
  };

  const attributeFilter = ["data-goes-to", "hidden", "open", "disabled"];
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter });
})();
