// Notices in passing, in a corner. They wait while one looks at them.

/** How long one stays, in milliseconds. */
const STAY = 8000;

const place = () => document.querySelector("[data-toasts]");

/** Says a sentence. */
export function toast(text) {
  const notice = document.createElement("p");
  notice.textContent = text;
  float(notice);
}

/** The notice the page came with floats too, and is not said again when the page is loaded again. */
export function floatNotice() {
  const notice = document.querySelector("[data-toast]");
  if (!notice || !place()) return;
  const address = new URL(location.href);
  address.searchParams.delete("notice");
  history.replaceState(null, "", address);
  float(notice);
}

/** Lets a notice float that came with another page, or was prepared for later. */
export function float(notice) {
  notice.removeAttribute("role");
  notice.classList.add("toast");
  place().append(notice);
  const leave = () => (notice.matches(":hover, :focus-within") ? setTimeout(leave, STAY) : notice.remove());
  setTimeout(leave, STAY);
}
