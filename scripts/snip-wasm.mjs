// Takes out of the page's WebAssembly what no path of it can reach, though the compiler cannot know:
// `node scripts/snip-wasm.mjs IN OUT`.
//
// Every view carries a way to be taken over piece by piece, for pages that load their code late, and one
// for views made from templates. This page does neither, and both are only named in tables of functions.
// Called all the same they would stop the page, which the browser tests would see.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [from, to] = process.argv.slice(2);
const packages = createRequire(resolve("end2end/package.json"));
const { default: binaryen } = await import(pathToFileURL(packages.resolve("binaryen")));

const unreachable = /hydrate_async|hydrate_from_template/;

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
