// Takes out of the page's WebAssembly what no path of it can reach, though the compiler cannot know:
// `node scripts/snip-wasm.mjs IN OUT`.
//
// Every view carries a way to be taken over piece by piece, for pages that load their code late. No page of
// ours does, and it is only named in tables of functions. Called all the same it would stop the page, which
// the browser tests would see.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [from, to] = process.argv.slice(2);
const packages = createRequire(resolve("end2end/package.json"));
const { default: binaryen } = await import(pathToFileURL(packages.resolve("binaryen")));

// Only the entries of those tables: the compiler folds what is below them into functions that are called.
const unreachable = /::into_any::hydrate_async/;

binaryen.setDebugInfo(true);
const module = binaryen.readBinary(readFileSync(from));
let snipped = 0;
for (let index = 0; index < module.getNumFunctions(); index += 1) {
  const entry = module.getFunctionByIndex(index);
  const { name, module: imported } = binaryen.getFunctionInfo(entry);
  if (imported || !unreachable.test(name)) continue;
  binaryen.Function.setBody(entry, module.unreachable());
  snipped += 1;
}
if (snipped === 0) throw new Error(`no function of ${from} has a name to snip by`);
writeFileSync(to, module.emitBinary());
console.log(`site: ${snipped} functions that nothing calls were taken out`);
