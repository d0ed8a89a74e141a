// Gives every text area of lesson Markdown a toolbar for the marks we allow and a live preview.
(() => {
  const MARKS = [
    ["B", "**", "**"],
    ["I", "*", "*"],
    ["H2", "\n## ", ""],
    ["•", "\n- ", ""],
    ["1.", "\n1. ", ""],
    ["Term", "[[term:", "]]"],
    ["[E]", " [E]", ""],
    ["(own)", " (own)", ""],
  ];

  function insert(area, before, after) {
    const { selectionStart: start, selectionEnd: end, value } = area;
    area.setRangeText(before + value.slice(start, end) + after, start, end, "select");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  async function show(area, preview) {
    const body = new FormData();
    body.set("text", area.value);
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(area.dataset.preview, { method: "POST", body });
    preview.innerHTML = answer.ok ? await answer.text() : "";
  }

  function equip(area) {
    if (area.dataset.equipped) return;
    area.dataset.equipped = "yes";
    const bar = document.createElement("div");
    bar.className = "markdown-bar";
    MARKS.forEach(([label, before, after]) => {
      bar.append(button(label, () => insert(area, before, after)));
    });
    const preview = document.createElement("div");
    preview.className = "markdown-preview";
    preview.setAttribute("aria-live", "polite");
    area.before(bar);
    area.after(preview);
    let waiting;
    area.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => show(area, preview), 400);
    });
    show(area, preview);
  }

  const equipAll = () => document.querySelectorAll("textarea.markdown-editor").forEach(equip);
  document.addEventListener("DOMContentLoaded", () => {
    equipAll();
    new MutationObserver(equipAll).observe(document.body, { childList: true, subtree: true });
  });
})();
