// Shows the copy buttons where the browser can copy, and says when it has.
(() => {
  if (!navigator.clipboard) return;
  const status = document.querySelector("[data-status]");
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const address = new URL(button.dataset.copy, location.href).href;
      try {
        await navigator.clipboard.writeText(address);
      } catch {
        status.textContent = `Not copied. The address is ${address}`;
        return;
      }
      button.textContent = "Copied";
      status.textContent = "The link was copied.";
      setTimeout(() => {
        button.textContent = label;
        status.textContent = "";
      }, 2000);
    });
  }
})();
