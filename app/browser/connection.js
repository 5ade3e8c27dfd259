// The form of a connection: tried without leaving it, so that what was typed stays, secrets among it.
import { ask, prepared } from "./page.js";

/** Between the last key and a look at what the new settings bring, in milliseconds. */
const PAUSE = 600;

/** Tries the settings when asked to, and again while one goes on typing once they have worked. */
export function tryOut(form) {
  const button = form.querySelector("[data-try]");
  let waiting;
  // Only the answer to what was sent last counts.
  let last = 0;
  let hasWorked = false;

  const look = async (isAsked) => {
    const own = ++last;
    if (isAsked) {
      button.ariaBusy = "true";
      place().replaceChildren(prepared('[data-busy-with="test"]'));
    }
    try {
      const page = await ask("/connections/test", "POST", sent(form));
      if (own !== last) return;
      show(form, page, isAsked);
      hasWorked ||= place().querySelector('[data-success="true"]') !== null;
    } catch {
      if (own === last && isAsked) place().replaceChildren(prepared("[data-unreachable]"));
    } finally {
      if (isAsked) button.ariaBusy = null;
    }
  };

  form.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    event.preventDefault();
    clearTimeout(waiting);
    if (button.ariaBusy !== "true") look(true);
  });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    if (hasWorked && follows(form)) waiting = setTimeout(look, PAUSE, false);
  });
}

const place = () => document.getElementById("test-result");

/** What the form holds; the answer may leave out what this page keeps. */
function sent(form) {
  const values = new URLSearchParams(new FormData(form));
  values.append("page_stays", "true");
  return values;
}

/** Whether a test shows rows, and asking for them changes nothing in the service. */
function follows(form) {
  return form.dataset.follows === "true" && form.elements.method?.value.toUpperCase() === "GET";
}

/** Puts what the answer says in place: the result above, and what is wrong beside each field. */
function show(form, page, isAsked) {
  const result = page.getElementById("test-result");
  if (!result) {
    const refusal = page.querySelector("main .notice");
    place().replaceChildren(...(refusal ? [refusal] : []));
    return;
  }
  for (const open of place().querySelectorAll("details[open]")) {
    const same = result.querySelector(`#${CSS.escape(open.id)}`);
    if (same) same.open = true;
  }
  // While one types, a form that is not whole yet is no news.
  if (!isAsked && !result.querySelector("[data-outcome]")) return;
  place().replaceChildren(...result.childNodes);
  for (const help of form.querySelectorAll(".field__help[id]")) {
    const now = page.getElementById(help.id);
    if (!now) continue;
    help.replaceChildren(...now.childNodes);
    const isWrong = help.querySelector(".field__fault") !== null;
    const field = help.closest(".field");
    field.classList.toggle("field--wrong", isWrong);
    const input = field.querySelector(".field__input");
    if (input) input.ariaInvalid = isWrong ? "true" : null;
  }
  if (!isAsked) return;
  place().querySelector("[data-faults]")?.focus();
  place().scrollIntoView({ block: "nearest" });
}
