// The pages of the sources of data, livelier. Each of them is whole without this script: it only saves
// page loads, and follows what goes on. Every sentence comes from the server.
import { test, sync } from "./act.js";
import { keepUp } from "./live.js";
import { follow } from "./run.js";
import { chooseKind } from "./kind.js";
import { floatNotice } from "./toast.js";

const acts = { test, sync };

document.addEventListener("submit", (event) => {
  const act = acts[event.target.dataset.act];
  if (!act) return;
  event.preventDefault();
  act(event.target);
});

document.querySelector("[data-kinds]")?.addEventListener("change", chooseKind);
// A page that was opened while a sync goes on follows it where it stands.
const running = document.querySelector("main [data-run]");
if (running) follow(running);
floatNotice();
keepUp();
