/* Keys, saving by itself and the text's selection on the review screen. Every change is the press
   of a button that the page has without this script; the server answers with the page's middle. */
"use strict";

(function () {
  const FIELD = "input:not([type=checkbox]):not([type=radio]), textarea, select";
  const keysOn = document.getElementById("rv-keys-on");
  let dirty = false;
  let publishing = false;
  let timer = 0;

  const { workspace, say, enqueue, ask } = window.conversation("X-Review-Fragment");
  const card = () => document.getElementById("card");
  const byId = (id) => document.getElementById(id);

  /* Put the answer in place of the old middle: scrolled to where it was, focus kept. */
  function swap(found, { keepFocus }) {
    const focused = document.activeElement && document.activeElement.id;
    const caret = document.activeElement && document.activeElement.selectionStart;
    const scroll = byId("rv-text").scrollTop;
    const was = workspace().dataset.quote;
    workspace().replaceWith(document.adoptNode(found));
    dirty = false;
    publishing = false;
    byId("rv-text").scrollTop = scroll;
    const now = workspace().dataset.quote;
    if (now && now !== was) {
      const address = new URL(location.href);
      address.searchParams.set("quote", now);
      history.replaceState(null, "", address);
    }
    show();
    const again = keepFocus && focused && byId(focused);
    if (again) {
      again.focus({ preventScroll: true });
      if (caret != null && again.matches("input[type=text], textarea")) {
        again.setSelectionRange(caret, caret);
      }
    } else if (byId("rv-card")) {
      byId("rv-card").focus({ preventScroll: true });
    }
    announce();
  }

  function announce() {
    const words = byId("rv-card") && byId("rv-card").querySelector(".rv-words");
    const heading = byId("card-heading");
    const here = heading && words
      ? ` ${heading.textContent.trim()}: ${words.textContent.slice(0, 120)}` : "";
    say((workspace().dataset.said || "") + here);
  }

  function show() {
    const mark = byId("rv-text").querySelector(".rv-current");
    const chip = workspace().querySelector(".rv-chip[aria-current]");
    if (chip) chip.parentElement.parentElement.scrollLeft = chip.offsetLeft - 120;
    if (!mark) return;
    const pane = byId("rv-text").getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    const scrolls = byId("rv-text").scrollHeight > byId("rv-text").clientHeight + 2;
    if (scrolls && (at.top < pane.top + 40 || at.bottom > pane.bottom - 40)) {
      byId("rv-text").scrollTop += at.top - pane.top - pane.height / 3;
    }
  }

  function press(form, action, extra, options = {}) {
    return enqueue(async () => {
      /* Looked up when its turn comes: the keys before it may have changed the page. */
      const from = typeof form === "function" ? form() : form;
      if (!from) return;
      const data = new FormData(from);
      data.set("action", action);
      Object.entries(extra || {}).forEach(([name, value]) => data.set(name, value));
      dirty = false;
      const found = await ask(location.href, { method: "POST", body: data });
      if (!found) { dirty = true; return; }
      if (options.quiet && dirty) {
        /* Typed on meanwhile: keep the fields, take the new revision, save again soon. */
        const revision = found.querySelector("#card [name=base_revision]");
        if (revision) card().elements.base_revision.value = revision.value;
        soon();
        return;
      }
      swap(found, { keepFocus: options.quiet || "refused" in found.dataset });
      if (options.quiet && byId("rv-saved")) {
        byId("rv-saved").textContent = "refused" in workspace().dataset ? "Not saved" : "Saved";
      }
      if (options.then) options.then();
    });
  }

  function visit(address) {
    return enqueue(async () => {
      const link = typeof address === "function" ? address() : address;
      if (!link) { say("There is no further quote on that side."); return; }
      const found = await ask(new URL(link, location.href));
      if (found) swap(found, {});
    });
  }

  /* --- Saving by itself --------------------------------------------------------------------- */

  function soon(delay = 700) {
    window.clearTimeout(timer);
    timer = window.setTimeout(autosave, delay);
  }

  function autosave() {
    window.clearTimeout(timer);
    if (dirty && card()) press(card, "save", {}, { quiet: true });
  }

  document.addEventListener("input", (event) => {
    if (!card() || !card().contains(event.target)) return;
    dirty = true;
    byId("rv-saved").textContent = "Not saved yet";
    const list = event.target.getAttribute("list");
    if (list) offer(event.target, list);
  });
  document.addEventListener("change", (event) => {
    if (card() && card().contains(event.target)) { dirty = true; soon(150); }
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  let asked = 0;
  function offer(field, list) {
    window.clearTimeout(asked);
    asked = window.setTimeout(async () => {
      const address = new URL(workspace().dataset.names, location.href);
      address.searchParams.set("q", field.value);
      if (list === "rv-bodies") address.searchParams.set("kind", "body");
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok) return;
      const { names } = await answer.json();
      byId(list).replaceChildren(...names.map((name) => {
        const option = document.createElement("option");
        option.value = name.value;
        option.textContent = name.label;
        return option;
      }));
    }, 120);
  }

  /* --- Buttons ------------------------------------------------------------------------------ */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!workspace().contains(form)) return;
    event.preventDefault();
    const action = event.submitter && event.submitter.value;
    if (action) press(form, action, action === "split" || action === "add" ? {} : selected() || {});
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest(".rv-chip, .rv-step");
    const mark = event.target.closest("#rv-text mark");
    if (link) {
      event.preventDefault();
      autosave();
      visit(link.href);
    } else if (mark && window.getSelection().isCollapsed) {
      const key = mark.dataset.q.split(" ")[0];
      if (key !== workspace().dataset.quote) { autosave(); visit(`?quote=${key}`); }
    } else if (event.target.closest("#rv-help")) {
      event.preventDefault();
      help();
    }
  });

  function selected() {
    const found = window.otrSelection.read();
    return found && { sel_start: found.start, sel_end: found.end, sel_words: found.words };
  }

  /* --- Keys --------------------------------------------------------------------------------- */

  function help() {
    const sheet = byId("rv-keys");
    sheet.open = !sheet.open;
    if (sheet.open) sheet.querySelector("summary").focus();
  }

  function withSelection(act) {
    const found = selected();
    if (!found || !found.sel_words.trim()) {
      say("Select some words of the article first: t goes into the text.", true);
    } else {
      act(found);
    }
  }

  function reject() {
    const panel = byId("rv-reject");
    if (!panel) return;
    panel.open = true;
    const first = panel.querySelector("input[type=radio]");
    if (first) first.focus();
    panel.scrollIntoView({ block: "nearest" });
  }

  function rejectAs(number) {
    const panel = byId("rv-reject");
    const choice = panel.querySelectorAll("input[type=radio]")[number - 1];
    if (!choice) return;
    choice.checked = true;
    if (choice.value === "other") byId("rv-why").focus();
    else press(panel.querySelector("form"), "reject");
  }

  function publish() {
    const button = byId("rv-publish").querySelector("button");
    if (button.disabled) { say("No quote is accepted yet.", true); return; }
    if (publishing) { press(() => byId("rv-publish"), "publish"); return; }
    publishing = true;
    button.focus();
    say(`${button.textContent.replace(/\s+p\s*$/, "").trim()}? Press p again.`, true);
  }

  const reshape = () => byId("rv-reshape") && byId("rv-reshape").querySelector("form");
  const KEYS = {
    a: () => press(card, "accept"),
    x: reject,
    j: () => visit(() => byId("rv-behind") && byId("rv-behind").href),
    k: () => visit(() => byId("rv-before") && byId("rv-before").href),
    e: () => { const field = byId("card_speaker_name"); if (field) { field.focus(); field.select(); } },
    t: () => window.otrSelection.selectQuote(workspace().dataset.quote),
    s: () => withSelection((found) => press(card, "span", found)),
    S: () => withSelection((found) => press(card, "part", found)),
    n: () => withSelection((found) => press(byId("rv-missed").querySelector("form"), "add", found,
      { then: () => { if (!("refused" in workspace().dataset)) KEYS.e(); } })),
    d: () => { const found = selected(); press(reshape, "split", found || {}); },
    m: () => press(reshape, "join-behind"),
    M: () => press(reshape, "join-before"),
    z: () => press(() => byId("rv-undo"), "undo"),
    p: publish,
    o: () => { const link = byId("rv-next-article"); if (link) location.assign(link.href); },
    v: () => { const link = byId("rv-public"); if (link) location.assign(link.href); },
    "?": help,
  };

  function inField(event) {
    const panel = event.target.closest("#rv-reject");
    if (event.key === "Escape") {
      if (panel) panel.open = false;
      autosave();
      byId("rv-card").focus();
    } else if (event.key === "Enter" && event.target.matches("#card input")) {
      event.preventDefault();
      dirty = true;
      autosave();
      byId("rv-card").focus();
    }
  }

  function caretKey(event) {
    if (!event.key.startsWith("Arrow") || !byId("rv-text").contains(document.activeElement)) return false;
    const how = event.shiftKey ? "end" : event.altKey ? "begin" : "caret";
    return window.otrSelection.move(event.key, how);
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const inCard = card() && card().contains(event.target);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && inCard) {
      event.preventDefault();
      window.clearTimeout(timer);
      press(card, "accept");
      return;
    }
    if (event.target.matches(FIELD)) { inField(event); return; }
    if (event.key === "Escape") { byId("rv-keys").open = false; byId("rv-reject").open = false; }
    if (event.ctrlKey || event.metaKey || !keysOn.checked) return;
    if (caretKey(event)) { event.preventDefault(); return; }
    if (event.altKey) return;
    if (/^[1-9]$/.test(event.key) && byId("rv-reject") && byId("rv-reject").open) {
      event.preventDefault();
      rejectAs(Number(event.key));
      return;
    }
    const act = KEYS[event.key];
    if (act) {
      event.preventDefault();
      if (event.key !== "p") publishing = false;
      act();
    }
  });

  keysOn.checked = localStorage.getItem("rv-keys") !== "off";
  keysOn.addEventListener("change", () => {
    localStorage.setItem("rv-keys", keysOn.checked ? "on" : "off");
  });
  show();
  if (byId("rv-card")) byId("rv-card").focus({ preventScroll: true });
})();
