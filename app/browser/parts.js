// The parts of a page that follow what is done on it: each has an id and `data-part`.

/** Puts the parts of a page in the place of their older selves. What was open, scrolled or focused stays so. */
export function exchange(page) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const now = page.getElementById(part.id);
    if (now && now.outerHTML !== part.outerHTML) swap(part, now);
  }
  document.dispatchEvent(new Event("exchanged"));
}

function swap(part, now) {
  const same = (element) => now.querySelector(`#${CSS.escape(element.id)}`);
  for (const open of part.querySelectorAll("details[open][id]")) same(open)?.setAttribute("open", "");
  const focused = part.contains(document.activeElement) && document.activeElement.id;
  const { scrollLeft, scrollTop } = part;
  part.replaceWith(now);
  Object.assign(now, { scrollLeft, scrollTop });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
