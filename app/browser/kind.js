// The fields of the chosen type take the place of those that were there.
import { ask } from "./page.js";

export async function chooseKind({ target }) {
  const address = target.value ? `/connectors/new?type=${encodeURIComponent(target.value)}` : "/connectors/new";
  let page;
  try {
    page = await ask(address);
  } catch {
    // Without its fields the form still can be sent: the server answers with them.
    return;
  }
  const swap = () => document.getElementById("kind").replaceWith(page.getElementById("kind"));
  if (document.startViewTransition && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
    document.startViewTransition(swap);
  } else {
    swap();
  }
}
