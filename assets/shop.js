/* Small manners of the pages that need no server: all by delegation, so that it doesn't matter when they render. */
(() => {
  "use strict";

  const router = () => window.__reactRouterDataRouter;

  /* What puts something into the cart does it once a press. Each press has a key, which the store remembers. The second
     half of a double click is no press of its own, whatever has come to lie under the pointer: the cart has just opened.
     Where a touch doesn't count its taps, so is one at the same place within a moment, unless something else was pressed
     in between. */
  const presses = new WeakMap();
  const MOMENT = 350;
  const NOTHING = { at: -Infinity, x: 0, y: 0 };
  let last = NOTHING;

  const isEcho = ({ detail, timeStamp, clientX, clientY }) => {
    const near = Math.hypot(clientX - last.x, clientY - last.y) < 24;
    return near && timeStamp - last.at < (detail > 1 ? 1000 : MOMENT);
  };

  const newKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");

  document.addEventListener("click", (event) => {
    const echo = isEcho(event);
    const form = event.target.closest?.("button")?.form;
    const adds = Boolean(form?.elements.press) && event.target.closest("button").type === "submit";
    if (!echo && !adds) {
      last = NOTHING;
      return;
    }
    last = { at: event.timeStamp, x: event.clientX, y: event.clientY };
    if (echo) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else presses.set(form, newKey());
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Enter" && event.target.form?.elements.press) event.preventDefault();
  }, true);

  /* A press on a form's button leaves the cursor in its field until the form is sent: what a field says once it is left
     may come or go, and would move the button away from under the pointer before the press is over. */
  document.addEventListener("mousedown", (event) => {
    const button = event.target.closest?.("button[type=submit]");
    if (button?.form?.contains(document.activeElement)) event.preventDefault();
  });

  document.addEventListener("submit", ({ target }) => {
    if (target.elements.press) target.elements.press.value = presses.get(target) ?? newKey();
  }, true);

  /* Hearts answer at once; a double click is one press. */
  document.addEventListener("click", (event) => {
    const heart = event.target.closest?.("[data-wish]");
    if (!heart) return;
    if (event.detail > 1) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else heart.setAttribute("aria-pressed", String(heart.getAttribute("aria-pressed") !== "true"));
  }, true);

  /* Dialogs: a press on the backdrop closes, and so does following a link in one. */
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target instanceof HTMLDialogElement && "dismissable" in target.dataset) {
      const box = target.getBoundingClientRect();
      const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
      if (outside) target.close();
      return;
    }
    const link = target.closest?.("a[href]");
    if (link && !link.closest("[data-stay]")) link.closest("dialog[open]")?.close();
    if (link) link.closest("[popover]")?.hidePopover?.();
  });

  /* Quantity: the buttons step the field; once they rest, the field says that it has settled. */
  const resting = new WeakMap();

  const settle = (field) => {
    clearTimeout(resting.get(field));
    resting.set(field, setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })), 220));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-step]");
    if (!button) return;
    const field = button.parentElement.querySelector("input");
    if (Number(button.dataset.step) > 0) field.stepUp();
    else field.stepDown();
    settle(field);
  });

  /* Left empty, it shows its number again, before anybody hears of it. */
  document.addEventListener("focusout", ({ target }) => {
    if (target.matches?.(".stepper-field") && target.value === "") target.value = target.dataset.settled;
  }, true);

  /* The server's number: a new revision answers this page; without one it was changed elsewhere, and whoever is typing goes on. */
  new MutationObserver((records) => {
    for (const { target, attributeName, oldValue } of records) {
      if (!target.matches(".stepper-field")) continue;
      const untouched = target.value === oldValue || document.activeElement !== target;
      if (attributeName === "data-revision" || untouched) target.value = target.dataset.settled;
    }
  }).observe(document, { subtree: true, attributes: true, attributeOldValue: true, attributeFilter: ["data-settled", "data-revision"] });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.(".stepper-field") && !event.target.form) event.target.blur();
  });

  /* Search suggestions: a combobox in the sense of WAI-ARIA. */
  const boxOf = (element) => element?.closest?.(".search-box");
  const optionsOf = (box) => [...box.querySelectorAll('[role="option"]')];

  const open = (box, isOpen) => {
    box.toggleAttribute("data-open", isOpen);
    const field = box.querySelector('[role="combobox"]');
    field.setAttribute("aria-expanded", String(isOpen && optionsOf(box).length > 0));
    if (!isOpen) mark(box, -1);
  };

  const mark = (box, index) => {
    const field = box.querySelector('[role="combobox"]');
    optionsOf(box).forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = optionsOf(box)[index];
    if (chosen) {
      field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches?.('[role="combobox"]')) {
      const box = boxOf(event.target);
      open(box, event.target.value.trim().length > 1);
      mark(box, -1);
      new MutationObserver((_, observer) => {
        observer.disconnect();
        if ("open" in box.dataset) open(box, true);
      }).observe(box.querySelector('[role="listbox"]'), { childList: true, subtree: true });
    }
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target.matches?.('[role="combobox"]') && boxOf(event.target);
    if (!box) return;
    const options = optionsOf(box);
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      open(box, true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const stops = options.length + 1; /* the field itself lies between the last option and the first */
      mark(box, ((at + 1 + step + stops) % stops) - 1);
    } else if (event.key === "Enter") {
      if (at >= 0 && "open" in box.dataset) {
        event.preventDefault();
        options[at].click();
      }
      open(box, false);
    } else if (event.key === "Escape" && "open" in box.dataset) {
      event.preventDefault();
      open(box, false);
    }
  });

  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box && !box.contains(event.relatedTarget) && !box.matches(":hover")) open(box, false);
  });

  document.addEventListener("click", (event) => {
    for (const box of document.querySelectorAll(".search-box[data-open]")) {
      if (!box.contains(event.target) || event.target.closest('[role="option"]')) open(box, false);
    }
  });

  /* Forms that narrow a list: their fields become part of the address, the rest of it stays, the page starts anew. */
  let typing;

  const narrow = (form, replace = false) => {
    clearTimeout(typing);
    const query = new URLSearchParams(location.search);
    query.delete("page");
    for (const field of form.elements) if (field.name) query.delete(field.name);
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    const text = query.toString();
    const target = location.pathname + (text ? `?${text}` : "");
    const { pathname, search } = router().state.navigation.location ?? location;
    if (target !== pathname + search) router().navigate(target, { preventScrollReset: true, replace });
  };

  /* Some search while one types; all that is typed is one step of the history. A field that is left says that it has
     changed once more, perhaps on the way to another page: nobody listens to that. */
  const searches = (field) => field.type === "search" && field.form?.dataset.narrow === "typing";

  document.addEventListener("input", ({ target }) => {
    if (!searches(target)) return;
    clearTimeout(typing);
    const place = location.pathname;
    typing = setTimeout(() => location.pathname === place && narrow(target.form, true), 250);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (["change", "typing"].includes(form?.dataset.narrow) && !searches(event.target)) narrow(form);
  });

  document.addEventListener("submit", (event) => {
    if ("narrow" in event.target.dataset) {
      event.preventDefault();
      narrow(event.target);
    }
  }, true);

  /* Copying: the text of what a button names. The element after the button says that it worked. */
  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(source); /* no permission, or no HTTPS: the text is marked, to be copied by hand */
      return document.execCommand("copy");
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const answer = button.nextElementSibling;
    answer.textContent = (await copy(document.getElementById(button.dataset.copy))) ? "Copied" : "Press Ctrl+C";
    clearTimeout(resting.get(button));
    resting.set(button, setTimeout(() => (answer.textContent = ""), 4000));
  });

  /* Rows that open below others: the button names its row and says whether it is open. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-expands]");
    const row = button && document.getElementById(button.getAttribute("aria-controls"));
    if (!row) return;
    row.hidden = !row.hidden;
    button.setAttribute("aria-expanded", String(!row.hidden));
  });

  /* Several lines are sent with Ctrl or Command and Enter, where a field says so. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    if ("sends" in event.target.dataset) event.target.form.requestSubmit();
  });

  /* Galleries: a thumb scrolls its picture into view, and the picture in view marks its thumb. */
  document.addEventListener("click", (event) => {
    const thumb = event.target.closest?.("[data-picture]");
    const strip = thumb?.closest(".gallery")?.querySelector(".gallery-strip");
    if (!strip) return;
    const picture = strip.children[Number(thumb.dataset.picture)];
    strip.scrollTo({ left: picture.offsetLeft - strip.offsetLeft, behavior: "smooth" });
  });

  document.addEventListener("scroll", (event) => {
    const strip = event.target;
    if (!(strip instanceof Element) || !strip.matches(".gallery-strip")) return;
    const shown = Math.round(strip.scrollLeft / strip.clientWidth);
    strip.closest(".gallery").querySelectorAll("[data-picture]").forEach((thumb, at) => {
      thumb.setAttribute("aria-current", String(at === shown));
    });
  }, true);

  /* After a reload of a page that fills itself: back to where one was. */
  window.larkspurRestoreScroll = () => {
    const kind = performance.getEntriesByType("navigation")[0]?.type;
    if (window.larkspurScrollRestored || kind === "navigate") return;
    window.larkspurScrollRestored = true;
    const places = JSON.parse(sessionStorage.getItem("react-router-scroll-positions") || "{}");
    const top = places[history.state?.key ?? "default"];
    if (top) scrollTo(0, top);
  };
})();
