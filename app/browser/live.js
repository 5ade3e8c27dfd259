// The parts of a page that follow the sources: asked for anew while something goes on, and after an act.
import { ask } from "./page.js";
import { toast } from "./toast.js";

/** Between two looks while a sync goes on, in milliseconds. */
const PAUSE = 3000;

const parts = () => document.querySelectorAll("[data-live]");
const isBusy = () => [...parts()].some((part) => part.dataset.busy === "true");

let asking;

/** Looks again for as long as something goes on, also for what another page began. */
export function keepUp() {
  setInterval(() => {
    if (isBusy() && !document.hidden) refresh();
  }, PAUSE);
  document.addEventListener("visibilitychange", () => document.hidden || (parts().length && refresh()));
}

/** Draws the living parts as they are now. One look at a time. */
export function refresh() {
  asking ??= draw().catch(() => {}).finally(() => (asking = undefined));
  return asking;
}

async function draw() {
  if (!parts().length) return;
  const page = await ask(location.href);
  for (const part of parts()) {
    const now = page.getElementById(part.id);
    if (now && now.outerHTML !== part.outerHTML) swap(part, now);
  }
}

/** Puts a part in the place of its older self: what was open stays open, what had the focus keeps it. */
function swap(part, now) {
  for (const open of part.querySelectorAll("details[open]")) {
    const same = now.querySelector(`#${CSS.escape(open.id)}`);
    if (same) same.open = true;
  }
  const focused = part.contains(document.activeElement) && document.activeElement.id;
  const ended = [...part.querySelectorAll('[data-health="syncing"]')].map(({ dataset }) => dataset.source);
  part.replaceWith(now);
  if (focused) document.getElementById(focused)?.focus();
  if (document.getElementById("result")?.open) return;
  for (const source of now.querySelectorAll("[data-source]")) {
    const { health, told, source: name } = source.dataset;
    if (health !== "syncing" && ended.includes(name)) toast(told);
  }
}
