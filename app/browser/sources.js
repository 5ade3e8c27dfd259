// The pages of the sources of data and of connections, livelier. Each of them is whole without this script: it only saves
// page loads, and follows what goes on. Every sentence comes from the server.
import { test, sync } from "./act.js";
import { tryOut } from "./connection.js";
import { showWhatFits } from "./fields.js";
import { findIn } from "./find.js";
import { takeDrops } from "./import.js";
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
const [search, connection, drop] = ["[data-finds]", "[data-connection]", "[data-drop]"].map((part) =>
  document.querySelector(part),
);
if (search) findIn(search);
if (connection) {
  showWhatFits(connection);
  tryOut(connection);
}
if (drop) takeDrops(drop);
// A page that was opened while a sync goes on follows it where it stands.
const running = document.querySelector("main [data-run]");
if (running) follow(running);
floatNotice();
keepUp();
