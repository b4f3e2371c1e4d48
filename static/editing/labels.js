// The stock autocomplete hides the field that the label names; this names what took its place.
"use strict";

(function () {
  function nameOne(select) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.nextElementSibling;
    const selection = box && box.querySelector(".select2-selection");
    const text = selection && selection.querySelector(".select2-selection__rendered");
    if (!label || !text) {
      return;
    }
    label.id = label.id || `${select.id}_label`;
    const names = `${label.id} ${text.id}`;
    selection.setAttribute("aria-labelledby", names);
    // Select2 gives the text inside a role that needs a name too.
    if (text.getAttribute("role") === "textbox") {
      text.setAttribute("aria-labelledby", label.id);
    }
  }

  function nameAll() {
    document.querySelectorAll("select.admin-autocomplete").forEach(nameOne);
  }

  // Select2 comes when it is ready, and again with each row that is added.
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  nameAll();
})();
