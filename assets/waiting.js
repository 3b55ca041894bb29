/* A page that stays empty says why and fills itself: it asks whether the store has all it needs, and loads itself again once
   that is so. Where everything is well its loading was cut off; that is tried once more, and not again within a minute. */
(() => {
  "use strict";

  const EMPTY_MS = 3_000;
  const CUT_OFF_MS = 20_000;
  const ONCE_IN_MS = 60_000;
  const LOADED = "larkspur-loaded-again";
  let since = 0;
  let missed = false;

  const isEmpty = () => document.querySelector("main [data-loading]") !== null;
  const rest = () => 2_000 + Math.random() * 2_000; /* not all browsers at once */
  const say = (isMissing) => document.getElementById("out-of-reach")?.toggleAttribute("hidden", !isMissing);

  const isWell = async () => {
    try {
      return (await fetch("/api/v1/health/ready", { cache: "no-store" })).ok;
    } catch {
      return false;
    }
  };

  const isCutOff = () => {
    const before = Number(sessionStorage.getItem(LOADED) ?? 0);
    const failed = document.querySelector(".toast-error") || Date.now() - since > CUT_OFF_MS;
    return failed && Math.abs(Date.now() - before) > ONCE_IN_MS;
  };

  const loadAgain = () => {
    sessionStorage.setItem(LOADED, String(Date.now()));
    location.reload();
  };

  const look = async () => {
    if (!isEmpty()) {
      since = 0;
      missed = false;
      say(false);
      return;
    }
    since ||= Date.now();
    if (document.hidden || Date.now() - since < EMPTY_MS) return;
    const well = await isWell();
    if (!isEmpty()) return;
    if (well && (missed || isCutOff())) loadAgain();
    else if (!well) {
      missed = true;
      say(true);
    }
  };

  const go = async () => {
    await look();
    setTimeout(go, missed ? rest() : 1_000);
  };

  document.addEventListener("click", ({ target }) => target.closest?.("#out-of-reach button") && location.reload());

  go();
})();
