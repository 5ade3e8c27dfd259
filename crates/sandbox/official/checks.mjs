// What the checks of every service share: the report, what a simulator told when it started, and
// the client's package, which lies in NODE_MODULES_DIR.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const require = createRequire(`${process.env.NODE_MODULES_DIR}/`);

/** The lines `name value` that a simulator printed; names may have spaces, values have none. */
export function told(path) {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), line.split(" ").at(-1)]));
}

/** A function that runs a check and prints one line for it (`ok - …` or `not ok - …`). */
export function report(client) {
  return async function check(name, run) {
    try {
      await run();
      console.log(`ok - ${client}: ${name}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`not ok - ${client}: ${name}`);
      console.error(error);
    }
  };
}
