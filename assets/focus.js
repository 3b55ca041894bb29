/* The keyboard goes where the store says, as soon as that is drawn, unless the person goes elsewhere first. Each move has a
   key and is made once, also when the page is loaded again. */
(() => {
  "use strict";

  const MADE = "larkspur-focus";
  let wanted = "";

  const look = () => {
    const [id, key] = (document.getElementById("focus")?.dataset.goesTo ?? "").split(" ");
    if (key && sessionStorage.getItem(MADE) !== key) {
      sessionStorage.setItem(MADE, key);
      wanted = id;
    }
    const element = wanted && document.getElementById(wanted);
    if (!element) return;
    wanted = "";
    element.focus();
  };

  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-goes-to"] });

  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => (wanted = ""), true);
})();
