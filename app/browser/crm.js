// The dashboard and the pages of deals, livelier. Each of them is whole without this script: it only saves page
// loads. Every sentence comes from the server.
import { filter } from "./filter.js";
import { whatIf } from "./what_if.js";

filter();
whatIf();
// What is there for those without script goes away; tests wait for this mark.
document.documentElement.dataset.live = "";
