// The board: cards are moved from column to column by hand or with the arrow keys. Their select does the same.
import { send } from "./background.js";

const columns = () => [...document.querySelectorAll("[data-column]")];
const columnAt = (target) => target.closest?.("[data-column]");

/** Puts a card into a column, and sends its form; back where it was, if that did not come about. */
async function move(card, column) {
  const select = card.querySelector("select");
  if (!column || select.value === column.dataset.column) return;
  const link = card.querySelector("a");
  const hadFocus = document.activeElement === link;
  const before = card.parentElement;
  select.value = column.dataset.column;
  column.querySelector("[data-cards]").prepend(card);
  if (hadFocus) link.focus();
  column.scrollIntoView({ block: "nearest", inline: "nearest" });
  if ((await send(select.form)) === false) before.prepend(card);
}

function mark(marked) {
  for (const column of columns()) column.classList.toggle("board-column--target", column === marked);
}

/** From now on cards can be moved. */
export function moveCards() {
  let dragged;
  document.addEventListener("dragstart", ({ target, dataTransfer }) => {
    dragged = target.closest?.("[data-card]");
    if (!dragged) return;
    dataTransfer.effectAllowed = "move";
    dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
    dragged.classList.add("board-card--dragged");
  });
  document.addEventListener("dragover", (event) => {
    const column = dragged && columnAt(event.target);
    if (!column) return;
    event.preventDefault();
    mark(column);
  });
  document.addEventListener("drop", (event) => {
    const column = dragged && columnAt(event.target);
    if (!column) return;
    event.preventDefault();
    move(dragged, column);
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("board-card--dragged");
    dragged = undefined;
    mark();
  });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const card = step && event.target.matches("[data-card] a") && event.target.closest("[draggable=true]");
    if (!card || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const all = columns();
    move(card, all[all.indexOf(columnAt(card)) + step]);
  });
}
