// Connects a payment form with the card fields, which the payment gateway serves in an iframe of its own origin:
// card numbers go from the browser to the gateway and never to the store, which gets a token for them.
(() => {
  "use strict";

  const READY_WITHIN_MS = 10_000;
  const ANSWER_WITHIN_MS = 25_000;
  let patience;
  let asking = false;

  const frame = () => document.querySelector("iframe[data-card-element]");
  const theme = () => (document.documentElement.classList.contains("dark") ? "dark" : "light");
  const state = () => frame()?.parentElement.dataset.state;
  const show = (name) => frame()?.parentElement.setAttribute("data-state", name);

  const send = (message, ...ports) => {
    const fields = frame();
    fields?.contentWindow?.postMessage(message, new URL(fields.src).origin, ports);
  };

  const load = () => {
    show("loading");
    clearTimeout(patience);
    patience = setTimeout(() => show("failed"), READY_WITHIN_MS);
  };

  const reload = () => {
    const fields = frame();
    if (!fields) return;
    load();
    fields.src = fields.getAttribute("src");
  };

  /* `{id, card}`, or `{error}`; an error with a `field` is one that the card fields show themselves. */
  const createPaymentMethod = () =>
    new Promise((resolve) => {
      /* Later, never at once: a form that is being submitted takes no second submission (HTML, form submission). */
      const silent = () => setTimeout(resolve, 0, { error: { code: "card_form_silent" } });
      if (state() !== "ready") return silent();
      const timer = setTimeout(silent, ANSWER_WITHIN_MS);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        clearTimeout(timer);
        port1.close();
        resolve(data ?? {});
      };
      send({ type: "larkspur:create_payment_method" }, port2);
    });

  /* The form is held back until there is a token, then sent on with it. */
  const pay = async (form, button) => {
    asking = true;
    /* What was agreed to is what stood there now, not when the card has been read. */
    if (form.elements.shown_total) form.elements.shown_total.value = form.dataset.total;
    button.setAttribute("aria-busy", "true");
    const { id, error } = await createPaymentMethod();
    asking = false;
    if (!button.disabled) button.setAttribute("aria-busy", "false");
    if (error?.field || button.disabled || !form.isConnected) return;
    form.elements.payment_method.value = id ?? "";
    form.dataset.answered = "";
    form.requestSubmit(button);
  };

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches("form[data-card-form]")) return;
      if ("answered" in form.dataset) {
        delete form.dataset.answered;
        setTimeout(() => (form.elements.payment_method.value = ""));
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (!asking) pay(form, form.querySelector("button[type=submit]"));
    },
    true,
  );

  const told = {
    "larkspur:ready"() {
      clearTimeout(patience);
      send({ type: "larkspur:set_theme", theme: theme() });
      show("ready");
    },
    "larkspur:height"({ height }) {
      if (height >= 100 && height <= 600) frame().style.height = `${height}px`;
    },
    "larkspur:submit"() {
      document.querySelector("form[data-card-form] button[type=submit]")?.click();
    },
  };

  window.addEventListener("message", ({ source, origin, data }) => {
    const fields = frame();
    if (!fields || source !== fields.contentWindow || origin !== new URL(fields.src).origin) return;
    told[data?.type]?.(data);
  });

  new MutationObserver(() => send({ type: "larkspur:set_theme", theme: theme() })).observe(
    document.documentElement,
    { attributes: true, attributeFilter: ["class"] },
  );

  /* A page the browser had put aside would show a payment under way that has long been decided. */
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && frame()) location.reload();
  });

  const attach = () => state() === "ready" || load(); /* the fields may have been faster than the page around them */

  window.larkspurCard = { attach, reload };
  reload();
})();
