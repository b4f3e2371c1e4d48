/* Keys on the page of one disputed stance; without this script the form is filled by hand. */
"use strict";

(function () {
  const byId = (id) => document.getElementById(id);
  const form = byId("decide");
  const keysOn = byId("rv-keys-on");

  function say(words) { byId("rv-said").textContent = words; }

  function choose(input) {
    if (!input) { say("No value has this key here."); return; }
    input.checked = true;
    input.focus();
    say(input.closest("label").textContent.trim());
  }

  function byLetter(letter) {
    const row = document.querySelector(`tr[data-letter="${letter}"]`);
    choose(row && form.querySelector(`input[value="${row.dataset.value}"]`));
  }

  function errorType(number) {
    const field = byId("id_error_type");
    if (!field.options[number]) return;
    field.selectedIndex = number;
    say(field.options[number].text);
  }

  const KEYS = {
    w: () => byId("id_rationale").focus(),
    t: () => byId("id_note").focus(),
    j: () => { if (byId("behind")) location.assign(byId("behind").href); },
    Enter: () => form.requestSubmit(),
    "?": () => {
      const sheet = byId("rv-keys");
      sheet.open = !sheet.open;
      if (sheet.open) sheet.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const inField = event.target.matches("textarea, select");
    if (event.key === "Escape") {
      byId("rv-keys").open = false;
      if (inField) event.target.blur();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (inField || event.ctrlKey || event.metaKey || event.altKey || !keysOn.checked) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary, [type=checkbox]")) return;
    const label = form.querySelector(`label[data-key="${CSS.escape(event.key)}"]`);
    let act = KEYS[event.key];
    if (label) act = () => choose(label.querySelector("input"));
    else if (/^[1-9]$/.test(event.key)) act = () => errorType(Number(event.key));
    else if (/^[A-Z]$/.test(event.key)) act = () => byLetter(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });

  keysOn.checked = localStorage.getItem("rv-keys") !== "off";
  keysOn.addEventListener("change", () => {
    localStorage.setItem("rv-keys", keysOn.checked ? "on" : "off");
  });
})();
