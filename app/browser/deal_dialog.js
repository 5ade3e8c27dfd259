// The dialog in which the forms of deals open: each is taken out of its own page.
import { ask } from "./page.js";

const dialog = document.getElementById("deal-dialog");
const question = dialog?.querySelector("[data-ask]");
let opener;
let hasTyped = false;

/** Shows a form. The focus goes to what is wrong, else to the beginning. */
export function show(form) {
  document.getElementById("deal-dialog-title").textContent = form.dataset.title;
  dialog.querySelector("[data-place]").replaceChildren(form);
  question.hidden = true;
  if (!dialog.open) {
    hasTyped = false;
    opener = document.activeElement?.id;
    dialog.showModal();
  }
  (form.querySelector('[aria-invalid="true"]') ?? form.querySelector("[autofocus]"))?.focus();
}

/** Closes the dialog, whatever was typed. */
export function shut() {
  if (dialog?.open) dialog.close();
}

/** Closes it; asks once whether what was typed may be lost. */
function leave() {
  if (!hasTyped || !question.hidden) return shut();
  question.hidden = false;
  question.querySelector("[data-stay]").focus();
}

/** From now on links that say so open in the dialog. */
export function openInDialog() {
  if (!dialog) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-opens]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
  dialog.addEventListener("input", () => (hasTyped = true));
  dialog.addEventListener("cancel", (event) => {
    if (!hasTyped || !question.hidden) return;
    event.preventDefault();
    leave();
  });
  // The part of the page that held the focus may have been drawn anew, or be gone.
  dialog.addEventListener("close", () => {
    (document.getElementById(opener) ?? document.getElementById("main")).focus();
  });
  dialog.addEventListener("click", (event) => {
    const closing = event.target.closest("[data-close]");
    if (event.target.closest("[data-stay]")) {
      question.hidden = true;
      dialog.querySelector("[data-place] :is(input, select, textarea):not([type=hidden])")?.focus();
    } else if (closing) {
      event.preventDefault();
      closing.dataset.close === "anyway" ? shut() : leave();
    }
  });
  closeOnBackdrop(dialog, leave);
}

/** A form on a page of its own is not left without a word once something was typed. */
export function keepTyped() {
  const form = document.querySelector("main form[data-dialog-part]");
  const ask = (event) => event.preventDefault();
  form?.addEventListener("input", () => addEventListener("beforeunload", ask), { once: true });
  form?.addEventListener("submit", () => removeEventListener("beforeunload", ask));
}

/** A press beside a dialog closes it; one that only ends there, such as of a selection, does not. */
export function closeOnBackdrop(dialog, close) {
  let begun;
  dialog.addEventListener("pointerdown", ({ target }) => (begun = target));
  dialog.addEventListener("click", ({ target }) => target === dialog && begun === dialog && close());
}

async function open(link) {
  link.focus();
  try {
    const form = (await ask(link.href)).querySelector("[data-dialog-part]");
    if (form) return show(form);
  } catch {
    // The page itself says what is the matter.
  }
  location.assign(link.href);
}
