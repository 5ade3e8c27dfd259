// The one dialog of a page. It keeps the focus inside and closes with Escape; the focus goes back to where
// it was, also when that part of the page was drawn anew meanwhile.

export class Dialog {
  #place;

  constructor(title, content) {
    const dialog = document.getElementById("result");
    document.getElementById("result-title").textContent = title;
    this.#place = dialog.querySelector("[data-place]");
    this.show(content);
    if (dialog.open) return;
    const before = document.activeElement?.id;
    dialog.addEventListener("close", () => document.getElementById(before)?.focus(), { once: true });
    dialog.showModal();
  }

  show(content) {
    this.#place.replaceChildren(content);
  }
}
