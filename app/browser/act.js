// Test and sync: their forms are sent in the background, and the dialog shows what comes of it.
import { Dialog } from "./dialog.js";
import { refresh } from "./live.js";
import { ask, outcomeOf, prepared } from "./page.js";
import { follow } from "./run.js";

export const test = (form) => act(form, async () => {});

export const sync = (form) => act(form, (outcome) => (outcome.dataset.run ? follow(outcome) : undefined));

async function act(form, goOn) {
  const button = form.querySelector("button");
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  const dialog = new Dialog(form.dataset.title, prepared(`[data-busy-with="${form.dataset.act}"]`));
  try {
    const outcome = outcomeOf(await ask(form.action, "POST"));
    dialog.show(outcome);
    refresh();
    await goOn(outcome);
  } catch {
    dialog.show(prepared("[data-unreachable]"));
  } finally {
    button.ariaBusy = null;
    refresh();
  }
}
