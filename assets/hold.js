/* Counts down how long the goods of a checkout are held: [data-hold] tells a revision and the seconds left when it was
   sent, so that a wrong clock doesn't matter. Whoever does something on the page is reported once a minute, and the end
   is asked of the store, which knows better. Screen readers hear of it two minutes before; the page itself tells the end. */
(() => {
  "use strict";

  const TOLD_AT = 120;
  const URGENT_AT = 60;
  const REPORT_EVERY_MS = 60_000;
  let revision = "";
  let held = 0;
  let since = { wall: 0, steady: 0 };
  let told = false;
  let asked = false;
  let reported = 0;

  const line = () => document.querySelector("[data-hold]");
  const counting = () => line()?.dataset.holdStatus === "held";
  const press = (name) => line()?.querySelector(`[data-hold-${name}]`)?.click();
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  /* The wall clock may be set back in between, the steady one stands still while the machine sleeps. */
  const passed = () => Math.max(Date.now() - since.wall, performance.now() - since.steady);

  const write = (place, text) => {
    if (place && place.textContent !== text) place.textContent = text;
  };

  const tick = () => {
    if (!counting()) {
      line()?.removeAttribute("data-hold-urgent");
      return;
    }
    const left = Math.max(0, Math.ceil((held - passed()) / 1000));
    const place = line();
    write(place.querySelector("[data-hold-clock]"), clock(left));
    place.toggleAttribute("data-hold-urgent", left <= URGENT_AT);
    if (left > TOLD_AT) told = false;
    else if (!told && left) {
      told = true;
      const minutes = Math.ceil(left / 60);
      write(place.querySelector("[data-hold-told]"), `Your items are held for ${minutes} more minute${minutes > 1 ? "s" : ""}.`);
    }
    if (left || asked) return;
    asked = true;
    press("ended");
  };

  const follow = () => {
    const sent = line()?.dataset.hold;
    if (sent && sent !== revision) {
      revision = sent;
      held = Number(sent.split(" ")[1]) * 1000;
      since = { wall: Date.now(), steady: performance.now() };
      reported = performance.now();
      asked = false;
    }
    tick();
  };

  const active = ({ isTrusted }) => {
    if (!isTrusted || !counting() || asked || performance.now() - reported < REPORT_EVERY_MS) return;
    reported = performance.now();
    press("stay");
  };

  for (const kind of ["input", "pointerdown", "keydown"]) document.addEventListener(kind, active, { capture: true, passive: true });

  /* The card fields are another origin's: all that is known of what happens there is that they have the focus. */
  window.addEventListener("blur", (event) => document.activeElement?.matches("iframe[data-card-element]") && active(event));

  new MutationObserver(follow).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-hold"] });

  document.addEventListener("visibilitychange", tick);
  setInterval(tick, 1000);
  follow();
})();
