// The dashboard and the pages of deals, livelier. Each of them is whole without this script: it only saves page
// loads. Every sentence comes from the server.
import { sendInBackground } from "./background.js";
import { moveCards } from "./board.js";
import { countTicks } from "./bulk.js";
import { openInDialog } from "./deal_dialog.js";
import { hearKeys } from "./shortcuts.js";
import { floatNotice } from "./toast.js";

openInDialog();
sendInBackground();
moveCards();
countTicks();
hearKeys();
floatNotice();
