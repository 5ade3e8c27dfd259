// A sync that goes on: its progress as it comes, the button that stops it, and its end.
import { refresh } from "./live.js";
import { ask, outcomeOf } from "./page.js";
import { toast } from "./toast.js";

const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });

/** Follows the run of a section to its end, and puts its outcome in the place of the section. */
export async function follow(section) {
  const { run, page } = section.dataset;
  section.querySelector("form[data-cancel]")?.addEventListener("submit", cancel);
  await events(run, (step) => show(section, step));
  // Waits if the stream of events broke off before the end.
  let outcome = outcomeOf(await ask(page));
  while (outcome?.dataset.run) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    outcome = outcomeOf(await ask(page));
  }
  // The dialog may have been closed meanwhile: whoever went on working is told in passing.
  if (section.checkVisibility()) section.replaceWith(outcome);
  else if (outcome.dataset.told) toast(outcome.dataset.told);
  refresh();
}

/** Calls `step` for each step of a run; resolves when it has ended, or when nothing more comes. */
function events(run, step) {
  return new Promise((resolve) => {
    const source = new EventSource(`/api/sync/runs/${run}/events`);
    const end = () => (source.close(), resolve());
    source.onerror = end;
    source.onmessage = (event) => {
      const told = JSON.parse(event.data);
      step(told);
      if (told.phase === "done") end();
    };
  });
}

function show(section, { run, rate }) {
  section.querySelector("[data-count]").textContent = number.format(run.records_processed);
  const place = section.querySelector("[data-rate]");
  place.textContent = rate >= 1 ? ` · ${number.format(rate)} ${place.dataset.unit}` : "";
}

async function cancel(event) {
  event.preventDefault();
  event.target.querySelector("button").disabled = true;
  await fetch(event.target.dataset.cancel, { method: "POST" });
}
