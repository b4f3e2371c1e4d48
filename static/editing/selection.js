/* A selection in the article's text, as code points of the article: what Python counts in.
   The browser counts UTF-16 units; a character outside the first plane is two of them. */
"use strict";

window.otrSelection = (function () {
  const HIGH = /[\uD800-\uDBFF]/;
  const LOW = /[\uDC00-\uDFFF]/;

  function text() { return document.getElementById("rv-text"); }

  /* Code points in a string, half a pair at its edge counted as none of its own. */
  function points(string) { return Array.from(string).length; }

  /* UTF-16 offset of a place in the text element. */
  function units(node, offset) {
    const range = document.createRange();
    range.selectNodeContents(text());
    range.setEnd(node, offset);
    return range.toString().length;
  }

  function inside(node) { return node && text() && text().contains(node); }

  /* Return {start, end, words} of the selection, or null when there is none in the text. */
  function read() {
    const selection = window.getSelection();
    if (!selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!inside(range.startContainer) || !inside(range.endContainer)) return null;
    const whole = text().textContent;
    let start = units(range.startContainer, range.startOffset);
    let end = units(range.endContainer, range.endOffset);
    /* Never half a character. */
    if (LOW.test(whole[start] || "") && HIGH.test(whole[start - 1] || "")) start -= 1;
    if (LOW.test(whole[end] || "") && HIGH.test(whole[end - 1] || "")) end += 1;
    const low = Number(text().dataset.low);
    const first = points(whole.slice(0, start));
    const words = whole.slice(start, end);
    return { start: low + first, end: low + first + points(words), words };
  }

  /* Select the marks of a quote and put the focus on the text. */
  function selectQuote(key) {
    const marks = Array.from(text().querySelectorAll("mark"))
      .filter((mark) => mark.dataset.q.split(" ").includes(key));
    text().focus({ preventScroll: true });
    const range = document.createRange();
    if (marks.length) {
      range.setStart(marks[0].firstChild, 0);
      const last = marks[marks.length - 1].firstChild;
      range.setEnd(last, last.length);
    } else {
      range.setStart(text(), 0);
      range.collapse(true);
    }
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  /* Move by a word or a line: the caret, the end of the selection, or its beginning. */
  function move(key, how) {
    const selection = window.getSelection();
    if (!selection.rangeCount || !inside(selection.anchorNode)) return false;
    const forward = key === "ArrowRight" || key === "ArrowDown" ? "forward" : "backward";
    const unit = key === "ArrowUp" || key === "ArrowDown" ? "line" : "word";
    if (how === "begin") {
      const range = selection.getRangeAt(0);
      const end = [range.endContainer, range.endOffset];
      selection.collapse(range.startContainer, range.startOffset);
      selection.modify("move", forward, unit);
      if (!inside(selection.focusNode)) return true;
      selection.setBaseAndExtent(selection.focusNode, selection.focusOffset, ...end);
      return true;
    }
    const before = [selection.anchorNode, selection.anchorOffset];
    selection.modify(how === "end" ? "extend" : "move", forward, unit);
    if (!inside(selection.focusNode)) selection.collapse(...before);
    const at = selection.focusNode && selection.focusNode.parentElement;
    if (at && at !== text()) at.scrollIntoView({ block: "nearest" });
    return true;
  }

  return { read, selectQuote, move };
})();
