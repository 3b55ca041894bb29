/* A page that stays empty says why and fills itself: it asks whether the store has all it needs, and loads itself again once
   that has been so for a moment in which it stayed empty. Where everything is well its loading was cut off; that is tried
   once more, and not again before a page was filled. */
(() => {
  "use strict";

  const EMPTY_MS = 3_000;
  const CUT_OFF_MS = 20_000;
  const APART_MS = 15_000;
  const LOADED = "larkspur-loaded-again";
  let since = 0;
  let missed = false;
  let wellSince = 0;

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

  const lastTry = () => {
    const [path, at] = (sessionStorage.getItem(LOADED) ?? " 0").split(" ");
    return { wasHere: path === location.pathname, ago: Math.abs(Date.now() - Number(at)) };
  };

  const isCutOff = () => {
    const failed = document.querySelector(".toast-error") || Date.now() - since > CUT_OFF_MS;
    return failed && !lastTry().wasHere;
  };

  const isBack = () => missed && Date.now() - wellSince > EMPTY_MS && lastTry().ago > APART_MS;

  const loadAgain = () => {
    sessionStorage.setItem(LOADED, `${location.pathname} ${Date.now()}`);
    location.reload();
  };

  const look = async () => {
    if (!isEmpty()) {
      if (since) sessionStorage.removeItem(LOADED);
      since = 0;
      missed = false;
      say(false);
      return;
    }
    since ||= Date.now();
    if (document.hidden || Date.now() - since < EMPTY_MS) return;
    const well = await isWell();
    if (!isEmpty()) return;
    if (!well) {
      missed = true;
      wellSince = 0;
      say(true);
      return;
    }
    wellSince ||= Date.now();
    if (isBack() || isCutOff()) loadAgain();
  };

  const go = async () => {
    await look();
    setTimeout(go, missed || Date.now() - (since || Date.now()) > EMPTY_MS ? rest() : 1_000);
  };

  document.addEventListener("click", ({ target }) => target.closest?.("#out-of-reach button") && location.reload());

  go();
})();
