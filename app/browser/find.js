// A list that shows only what matches, while one types.

/** Lower case letters and digits only, accents taken off: as the server wrote the words of each entry. */
const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Lets a search field find among the entries of the list it names. */
export function findIn(field) {
  const entries = [...document.getElementById(field.dataset.finds).children];
  const none = field.closest("section").querySelector("[data-none]");
  field.addEventListener("input", () => {
    const wanted = field.value.split(/\s+/).map(fold);
    for (const entry of entries) {
      entry.hidden = !wanted.every((word) => entry.dataset.words.includes(word));
    }
    const text = entries.every((entry) => entry.hidden) ? none.dataset.none : "";
    if (none.textContent !== text) none.textContent = text;
  });
}
