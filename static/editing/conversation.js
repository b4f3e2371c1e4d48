/* How an editing screen talks with the server: one request at a time, in the order of the keys; the
   answer is the page's middle; what went wrong is said aloud and stands in the bar. */
"use strict";

window.conversation = function (fragmentHeader) {
  const said = document.getElementById("rv-said");
  let queue = Promise.resolve();

  const workspace = () => document.getElementById("workspace");

  function say(words, isFault) {
    said.textContent = "";
    window.setTimeout(() => { said.textContent = words; }, 30);
    if (!isFault) return;
    let line = workspace().querySelector(".rv-bar .rv-message");
    if (!line) {
      line = document.createElement("p");
      workspace().querySelector(".rv-bar").append(line);
    }
    line.className = "rv-message rv-refused";
    line.textContent = words;
  }

  function enqueue(work) {
    queue = queue.then(work).catch((error) => {
      console.warn(error);
      say("Not saved: the server could not be reached. What you typed is still here.", true);
    });
    return queue;
  }

  async function ask(address, options) {
    workspace().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, {
        ...options, headers: { [fragmentHeader]: "1" }, credentials: "same-origin",
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("workspace");
      if (!found) {
        say(page.getElementById("login-form")
          ? "Not saved: you are logged out. Log in in another tab, then press again."
          : "Not saved: the server answered with an error. What you typed is still here.", true);
      }
      return found;
    } finally {
      workspace().removeAttribute("aria-busy");
    }
  }

  return { workspace, say, enqueue, ask };
};
