// Forms that are sent without leaving the page. The answer is the page they lead back to, as it is now.
import { show, shut } from "./deal_dialog.js";
import { ask, parse, prepared } from "./page.js";
import { exchange } from "./parts.js";
import { float } from "./toast.js";

/** Sends a form, and shows what comes of it. One at a time. Whether it came about, where it was sent. */
export async function send(form, submitter) {
  if (form.ariaBusy === "true") return undefined;
  form.ariaBusy = "true";
  let isDone = false;
  try {
    const answer = await post(form, submitter);
    isDone = answer.ok;
    await take(answer);
  } catch {
    float(prepared("[data-unreachable]").firstElementChild);
  }
  // What was chosen did not come about; what was typed stays.
  if (!isDone && !form.closest("dialog")) form.reset();
  form.ariaBusy = null;
  return isDone;
}

function post(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  // The address may have changed since the form was drawn: filters are part of it.
  const next = new URL(body.get("next") ?? "/", location.href);
  if (next.pathname === location.pathname) body.set("next", location.pathname + location.search);
  return fetch(form.getAttribute("action"), { method: "POST", body, headers: { accept: "text/html" } });
}

async function take(answer) {
  const page = await parse(answer);
  const question = page.querySelector("[data-dialog-part]");
  if (question && !isHere(answer)) return show(question);
  if (answer.ok && !(isHere(answer) && hasSameParts(page))) return location.assign(answer.url);
  shut();
  exchange(answer.ok ? page : await ask(location.href));
  const notice = page.querySelector(answer.ok ? "[data-toast]" : "main .notice");
  if (notice) float(notice);
}

/** Whether a page is made of the parts that are here: not before the first deal, nor after the last. */
function hasSameParts(page) {
  const parts = (whole) => [...whole.querySelectorAll("[data-part]")].map((part) => part.id).join(" ");
  return parts(page) === parts(document);
}

const isHere = (answer) => answer.redirected && new URL(answer.url).pathname === location.pathname;

/** From now on forms that say so are sent like this, and all those in the dialog. */
export function sendInBackground() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const mine = form.closest("#deal-dialog") || form.dataset.background || form.dataset.bulk !== undefined;
    if (!mine || form.method !== "post") return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.form?.dataset.background === "change") send(target.form);
  });
}
