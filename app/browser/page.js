// Pages of the server as documents, to take parts from.

/** Asks for a page, with `POST` for what it leads to, and parses it. */
export async function ask(address, method = "GET", body) {
  return parse(await fetch(address, { method, body, headers: { accept: "text/html" } }));
}

/** The page of an answer. */
export async function parse(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // What is there for those without script, such as asking again by itself, must not come alive.
  for (const part of page.querySelectorAll("noscript")) part.remove();
  return page;
}

/** The part of a page that says how something went: an outcome, or why it could not be carried out. */
export function outcomeOf(page) {
  return page.querySelector("[data-outcome]") ?? page.querySelector("main .notice");
}

/** A sentence that the server wrote for later. */
export function prepared(selector) {
  return document.querySelector(`template${selector}`).content.cloneNode(true);
}
