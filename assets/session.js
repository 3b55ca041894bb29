/* Tabs of one browser go in and out together. Each page knows the mark of its session; whoever hears of another one loads
   itself anew, once for each, and thereby opens its socket with the cookies of now. A guest in the middle of a form is
   asked first; nobody is asked when somebody has signed out. */
(() => {
  "use strict";

  const tabs = new BroadcastChannel("larkspur-session");
  const LEAVING = "leaving";
  const FOLLOWED = "larkspur-followed";
  let mine = "";
  let typed = false;

  const loadAgain = () => location.reload();

  const follow = (other) => {
    if (sessionStorage.getItem(FOLLOWED) === other) return;
    if (typed && mine.startsWith("g")) {
      document.getElementById("session-mark").hidden = false;
      return;
    }
    sessionStorage.setItem(FOLLOWED, other);
    loadAgain();
  };

  tabs.addEventListener("message", ({ data }) => {
    if (data === LEAVING) setTimeout(() => mine.startsWith("u") && loadAgain(), 400);
    else if (mine && data !== mine) follow(data);
  });

  new MutationObserver(([{ target }]) => {
    const told = target.dataset.session;
    if (told === "reload") loadAgain();
    else if (told && told !== mine) tabs.postMessage((mine = told));
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-session"] });

  document.addEventListener("input", ({ target }) => (typed ||= Boolean(target.form?.closest("main"))));

  document.addEventListener("click", ({ target }) => target.closest?.("#session-mark button") && loadAgain());

  document.addEventListener("submit", ({ target }) => {
    if (target.getAttribute("action")?.startsWith("/auth/logout")) tabs.postMessage(LEAVING);
  });
})();
