/* Keys, saving by itself and evidence by selection on the coding screen. Every change is the press
   of a button that the page has without this script; the server answers with the page's middle. */
"use strict";

(function () {
  const FIELD = "textarea, select";
  const byId = (id) => document.getElementById(id);
  const { workspace, say, enqueue, ask } = window.conversation("X-Coding-Fragment");
  const form = () => byId("cd-form");
  const keysOn = byId("rv-keys-on");
  let dirty = false;
  let timer = 0;
  let current = 1;
  /* What was given last, here or else on the page before this one. */
  let last = { value: workspace().dataset.lastValue, confidence: workspace().dataset.lastConfidence };

  const sections = () => Array.from(workspace().querySelectorAll(".cd-target"));
  const section = () => byId(`target-${current}`);
  const pk = () => section() && section().dataset.target;
  const valueOf = (one) => one.querySelector("input[type=radio]:checked");
  const refused = () => "refused" in workspace().dataset;

  function swap(found, keepFocus) {
    const focused = document.activeElement && document.activeElement.id;
    const caret = document.activeElement && document.activeElement.selectionStart;
    const place = workspace().dataset.place;
    const scroll = byId("rv-text").scrollTop;
    workspace().replaceWith(document.adoptNode(found));
    byId("rv-text").scrollTop = scroll;
    dirty = false;
    if (workspace().dataset.place !== place) {
      const address = new URL(location.href);
      address.searchParams.set("n", workspace().dataset.place);
      history.replaceState(null, "", address);
      current = firstEmpty();
      showQuote();
    }
    const again = keepFocus && focused && byId(focused);
    if (again) {
      again.focus({ preventScroll: true });
      if (caret != null && again.matches("textarea")) again.setSelectionRange(caret, caret);
    } else {
      focusTarget();
    }
    say(`${workspace().dataset.said || ""} ${byId("quote-heading").textContent.trim()}.`);
  }

  function press(from, action, options = {}) {
    return enqueue(async () => {
      /* Looked up when its turn comes: the keys before it may have changed the page. */
      if (options.before && options.before() === false) return;
      const element = from();
      if (!element) return;
      const data = new FormData(element);
      data.set("action", action);
      Object.entries(options.extra || {}).forEach(([name, value]) => data.set(name, value));
      dirty = false;
      const found = await ask(location.pathname, { method: "POST", body: data });
      if (!found) { dirty = true; return; }
      const fault = "refused" in found.dataset;
      if (options.quiet && !fault) {
        /* Typing goes on: keep the fields, take the new state of each target. */
        found.querySelectorAll("#cd-form input[type=hidden]").forEach((field) => {
          if (field.id && byId(field.id)) byId(field.id).value = field.value;
        });
        byId("rv-saved").textContent = "Saved";
        if (dirty) soon();
        return;
      }
      swap(found, options.quiet || fault);
      if (!fault && options.then) options.then();
    });
  }

  function visit(find) {
    save();
    return enqueue(async () => {
      const link = find();
      if (!link) { say("There is no further quote on that side."); return; }
      const found = await ask(new URL(link.href, location.href));
      if (found) swap(found);
    });
  }

  /* --- Targets ------------------------------------------------------------------------------ */

  function firstEmpty() {
    const at = sections().findIndex((one) => one.querySelector("input[type=radio]") && !valueOf(one));
    return at < 0 ? 1 : at + 1;
  }

  /* The target that has the keys, with its codebook entry open and the others' closed. */
  function mark() {
    sections().forEach((one, at) => {
      one.classList.toggle("cd-current", at + 1 === current);
      byId(`entry-${at + 1}`).open = at + 1 === current;
    });
  }

  /* The quote in the middle of its passage, where the passage has a scroll bar. */
  function showQuote() {
    const passage = byId("rv-text");
    const quote = passage.querySelector("mark");
    if (quote) passage.scrollTop = quote.offsetTop - passage.clientHeight / 3;
  }

  function focusTarget() {
    mark();
    if (!section()) return;
    section().focus({ preventScroll: true });
    section().scrollIntoView({ block: "nearest" });
  }

  function choose(key) {
    const target = current;
    const radio = () => {
      const label = byId(`target-${target}`).querySelector(`label[data-key="${key}"]`);
      return label && label.querySelector("input");
    };
    if (!section() || !radio()) {
      say(`${key} is no value for this target.`, true);
      return;
    }
    const confidence = byId(`target-${target}`).querySelector("select");
    last = { value: radio().value, confidence: confidence ? confidence.value : "" };
    const set = () => { if (radio()) radio().checked = true; };
    set();
    press(form, "save", {
      extra: { target: pk() }, before: set,
      then: () => {
        if (current !== target) return;
        const next = firstEmpty();
        if (!valueOf(byId(`target-${next}`) || section())) current = next;
        focusTarget();
      },
    });
  }

  function sameAgain() {
    const { value, confidence } = last;
    if (!value) { say("You have given no value in this round yet.", true); return; }
    const field = section() && section().querySelector(`input[value="${value}"]`);
    if (!field) { say("Your last value is none of this target.", true); return; }
    const select = section().querySelector("select");
    if (select) select.value = confidence;
    choose(field.closest("label").dataset.key);
  }

  function confidence() {
    const target = current;
    let after = null;
    press(form, "save", {
      before: () => {
        const field = byId(`target-${target}`) && byId(`target-${target}`).querySelector("select");
        if (!field) return false;
        if (after === null) after = (field.selectedIndex + 1) % field.options.length;
        field.selectedIndex = after;
        return true;
      },
    });
  }

  /* --- Evidence ----------------------------------------------------------------------------- */

  function evidence() {
    const found = window.otrSelection.read();
    if (!found || !found.words.trim()) {
      window.otrSelection.selectQuote("quote");
      say("The quote is selected. Move with the arrows, then press e.");
      return;
    }
    window.getSelection().removeAllRanges();
    press(form, "mark", {
      extra: { target: pk(), sel_start: found.start, sel_end: found.end },
      then: focusTarget,
    });
  }

  /* --- Saving by itself --------------------------------------------------------------------- */

  function soon(delay = 700) {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, delay);
  }

  function save() {
    window.clearTimeout(timer);
    if (dirty) press(form, "save", { quiet: true });
  }

  document.addEventListener("input", (event) => {
    if (!form() || !form().contains(event.target)) return;
    dirty = true;
    byId("rv-saved").textContent = "Not saved yet";
    if (event.target.matches("textarea")) soon();
  });
  document.addEventListener("change", (event) => {
    if (form() && form().contains(event.target)) { dirty = true; soon(100); }
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  document.addEventListener("focusin", (event) => {
    const one = event.target.closest(".cd-target");
    if (!one) return;
    current = Number(one.id.replace("target-", ""));
    mark();
  });

  /* --- Buttons and keys --------------------------------------------------------------------- */

  document.addEventListener("submit", (event) => {
    if (!workspace().contains(event.target)) return;
    event.preventDefault();
    const { id } = event.target;
    press(() => byId(id), (event.submitter && event.submitter.value) || "save");
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest(".rv-step");
    if (link) {
      event.preventDefault();
      visit(() => link);
    } else if (event.target.closest("#rv-help")) {
      event.preventDefault();
      help();
    }
  });

  function help() {
    const sheet = byId("rv-keys");
    sheet.open = !sheet.open;
    if (sheet.open) sheet.querySelector("summary").focus();
  }

  const KEYS = {
    ".": sameAgain,
    v: confidence,
    e: evidence,
    E: () => press(form, "unmark", { extra: { target: pk() }, then: focusTarget }),
    w: () => { const field = section() && section().querySelector("[name$=-memo]"); if (field) field.focus(); },
    j: () => visit(() => byId("cd-behind")),
    k: () => visit(() => byId("cd-before")),
    o: () => visit(() => byId("cd-next") || byId("cd-behind")),
    f: () => press(() => byId("cd-flag"), "flag"),
    z: () => press(() => byId("cd-undo"), "undo"),
    i: () => { const entry = byId(`entry-${current}`); if (entry) entry.open = !entry.open; },
    Enter: () => press(() => byId("cd-finish") && form(), "finish"),
    "?": help,
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.target.matches(FIELD)) {
      if (event.key === "Escape") { save(); focusTarget(); }
      return;
    }
    if (event.key === "Escape") { byId("rv-keys").open = false; focusTarget(); return; }
    if (event.ctrlKey || event.metaKey || !keysOn.checked) return;
    if (event.key.startsWith("Arrow") && byId("rv-text").contains(document.activeElement)) {
      const how = event.shiftKey ? "end" : event.altKey ? "begin" : "caret";
      if (window.otrSelection.move(event.key, how)) event.preventDefault();
      return;
    }
    if (event.altKey) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary, [type=checkbox]")) return;
    if (/^[1-9]$/.test(event.key)) {
      if (!byId(`target-${event.key}`)) return;
      event.preventDefault();
      current = Number(event.key);
      focusTarget();
    } else if (/^[scmnadqru0]$/.test(event.key)) {
      event.preventDefault();
      choose(event.key);
    } else if (KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  keysOn.checked = localStorage.getItem("rv-keys") !== "off";
  keysOn.addEventListener("change", () => {
    localStorage.setItem("rv-keys", keysOn.checked ? "on" : "off");
  });
  current = firstEmpty();
  showQuote();
  focusTarget();
})();
