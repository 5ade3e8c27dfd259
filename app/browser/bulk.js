// What can be done to several deals at once: the bar is there while something is ticked, and counts.

const bar = () => document.querySelector("[data-bulk]");
const ticks = () => [...document.querySelectorAll("[data-tick]")];

function count() {
  const form = bar();
  if (!form) return;
  const chosen = ticks().filter((tick) => tick.checked).length;
  form.hidden = chosen === 0;
  const place = form.querySelector("[data-count]");
  place.textContent = chosen === 1 ? place.dataset.one : place.dataset.many.replace("{n}", chosen);
  for (const all of document.querySelectorAll("[data-tick-all]")) {
    all.hidden = false;
    all.checked = chosen > 0 && chosen === ticks().length;
    all.indeterminate = chosen > 0 && chosen < ticks().length;
  }
}

/** From now on the bar follows the boxes. */
export function countTicks() {
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-tick-all]")) for (const tick of ticks()) tick.checked = target.checked;
    if (target.matches("[data-tick], [data-tick-all]")) count();
  });
  document.addEventListener("exchanged", count);
  count();
}
