// The dashboard and the pages of deals, livelier. Each of them is whole without this script: it only saves page
// loads. Every sentence comes from the server.
import { sendInBackground } from "./background.js";
import { moveCards } from "./board.js";
import { countTicks } from "./bulk.js";
import { keepTyped, openInDialog } from "./deal_dialog.js";
import { filter } from "./filter.js";
import { hearKeys } from "./shortcuts.js";
import { floatNotice } from "./toast.js";
import { whatIf } from "./what_if.js";

filter();
whatIf();
openInDialog();
keepTyped();
sendInBackground();
moveCards();
countTicks();
hearKeys();
floatNotice();
// What is there for those without script goes away; tests wait for this mark.
document.documentElement.dataset.live = "";
