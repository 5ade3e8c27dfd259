// Keys for what one does all the time. They are silent while one types, in a dialog, and with modifiers.
import { closeOnBackdrop } from "./deal_dialog.js";

const FIELDS = "input:not([type=checkbox], [type=radio], [type=range]), select, textarea, [contenteditable]";

const list = document.getElementById("shortcuts");

const acts = {
  "/": () => document.querySelector("main input[type=search]"),
  n: () => document.querySelector("[data-new]"),
  "?": () => list,
};

function act(target) {
  if (target === list) list.showModal();
  else if (target.matches("input")) target.select();
  else target.click();
}

/** From now on keys are heard. */
export function hearKeys() {
  if (!list) return;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    const target = acts[event.key]?.();
    if (!target) return;
    event.preventDefault();
    act(target);
  });
  for (const button of document.querySelectorAll("[data-shortcuts]")) {
    button.hidden = false;
    button.addEventListener("click", () => list.showModal());
  }
  list.addEventListener("click", ({ target }) => target.closest("[data-close]") && list.close());
  closeOnBackdrop(list, () => list.close());
}
