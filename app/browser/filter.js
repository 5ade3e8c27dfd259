// A filter, an order or a page that is asked for shows at once: the same address is asked for in the background,
// and the parts of the page that comes back take the places of those that were there.
import { ask } from "./page.js";
import { exchange } from "./parts.js";

/** After the last letter that was typed, in milliseconds. */
const PAUSE = 150;

const form = () => document.getElementById("filters");
let turn = 0;
let typing;

export function filter() {
  if (!form()) return;
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    show(asked());
  });
  form().addEventListener("change", ({ target }) => target.type === "search" || show(asked()));
  form().addEventListener("input", ({ target }) => {
    if (target.type !== "search") return;
    clearTimeout(typing);
    typing = setTimeout(() => show(asked(), { isTyped: true }), PAUSE);
  });
  document.addEventListener("click", follow);
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && closeMenus({}));
  addEventListener("popstate", () => show(location.href, { isNew: false }));
}

/** The address the form asks for: blank fields say nothing, and another filter begins on the first page. */
function asked() {
  const isTicked = (name) => form().querySelector(`[name="${name}"][value=""]:checked`) !== null;
  const said = [...new FormData(form())].filter(([name, value]) => value !== "" || isTicked(name));
  const page = form().getAttribute("action");
  return said.length ? `${page}?${new URLSearchParams(said)}` : page;
}

/** Links to the same page under another address. */
function follow(event) {
  const link = event.target.closest?.("main a[href]");
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented || link.pathname !== location.pathname || link.hash) return;
  event.preventDefault();
  show(link.href, { moves: link.closest(".pager") !== null });
}

/** A menu closes when something outside of it is pressed; Escape gives the focus back to what opened it. */
function closeMenus({ target }) {
  for (const menu of document.querySelectorAll("main details.menu[open]")) {
    if (target && menu.contains(target)) continue;
    if (!target && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

async function show(address, { isNew = true, isTyped = false, moves = false } = {}) {
  clearTimeout(typing);
  const mine = ++turn;
  let page;
  try {
    page = await ask(address);
  } catch {
    return location.assign(address);
  }
  // A later question makes this answer worthless.
  if (mine !== turn) return;
  // Another page altogether, such as the one to log in or that of the first deal: it is shown as it is.
  if (!form() || !page.getElementById("filters")) return location.assign(address);
  if (isNew) {
    const state = { isTyped };
    // A word is one step back, not each of its letters.
    if (isTyped && history.state?.isTyped) history.replaceState(state, "", address);
    else history.pushState(state, "", address);
  }
  const focused = document.activeElement;
  exchange(page);
  fill(form(), page.getElementById("filters"));
  const list = document.getElementById("list") ?? document.getElementById("board");
  // What was pressed is not there any more, such as the chip of a filter that was taken off.
  if (!focused.isConnected && document.activeElement === document.body) list.focus({ preventScroll: true });
  if (moves) list.scrollIntoView();
}

/** What is asked for stands in the form; the field that is being typed into is left alone. */
function fill(form, now) {
  for (const field of now.elements) {
    if (!field.name || field.type === "hidden") continue;
    const isChoice = field.type === "checkbox";
    const same = [...form.elements].find(
      (one) => one.name === field.name && (!isChoice || one.value === field.value),
    );
    if (!same) continue;
    if (isChoice) same.checked = field.checked;
    else if (same !== document.activeElement) same.value = field.value;
  }
}
