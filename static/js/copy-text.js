// Shows the copy buttons of citations; copies with italics where the other program takes them.
(() => {
  if (!navigator.clipboard) return;
  const status = document.querySelector("[data-status]");
  const copy = async (source) => {
    const plain = source.textContent.trim();
    if (window.ClipboardItem && navigator.clipboard.write) {
      const parts = { "text/plain": plain, "text/html": source.innerHTML.trim() };
      const blobs = Object.entries(parts).map(([type, text]) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    } else {
      await navigator.clipboard.writeText(plain);
    }
  };
  for (const button of document.querySelectorAll("button[data-copy-text]")) {
    const source = document.getElementById(button.dataset.copyText);
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await copy(source);
      } catch {
        status.textContent = "Not copied. Select the citation and copy it.";
        return;
      }
      button.textContent = "Copied";
      status.textContent = "The citation was copied.";
      setTimeout(() => {
        button.textContent = label;
        status.textContent = "";
      }, 2000);
    });
  }
})();
