// Packs what the browser loads: `node scripts/pack-site.mjs WORK SITE`.
//
// WORK holds what wasm-bindgen made. SITE becomes what the server embeds: `pkg/` with the hash of its
// content in each name, the public files, and a compressed copy beside each. It is put in place at the
// end, so that a failed build leaves the last good one.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [work, site] = process.argv.slice(2);
const esbuild = createRequire(resolve("end2end/package.json"))("esbuild");

const next = `${site}.next`;
rmSync(next, { recursive: true, force: true });
mkdirSync(join(next, "pkg"), { recursive: true });
cpSync("public", next, { recursive: true });

/** Writes a file under the hash of its content and tells its address. */
function add(content, extension) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const address = `/pkg/passerelle.${hash}.${extension}`;
  writeFileSync(join(next, address), content);
  return address;
}

/** The only file esbuild makes of an entry. The newest syntax is kept: older browsers do without script. */
function minify(entry, options) {
  const built = esbuild.buildSync({
    entryPoints: [entry], bundle: true, minify: true, write: false, target: "esnext", charset: "utf8",
    legalComments: "none", ...options,
  });
  return Buffer.from(built.outputFiles[0].contents);
}

function brotli(content) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(content, {
    params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: content.length },
  });
}

const wasm = add(readFileSync(join(work, "optimised.wasm")), "wasm");
const js = add(minify(join(work, "passerelle.js"), { format: "esm" }), "js");
const css = add(minify("style/main.css", {}), "css");
const boot = add(`import start, { hydrate } from "${js}";\nawait start({ module_or_path: "${wasm}" });\nhydrate();\n`, "js");
const sources = add(minify("app/browser/sources.js", { format: "esm" }), "js");
const crm = add(minify("app/browser/crm.js", { format: "esm" }), "js");
writeFileSync(join(next, "pkg/manifest.json"), `${JSON.stringify({ css, js, wasm, boot, sources, crm }, null, 2)}\n`);

const text = /\.(css|js|wasm|svg|webmanifest)$/;
for (const entry of readdirSync(next, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !text.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const content = readFileSync(path);
  writeFileSync(`${path}.br`, brotli(content));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

rmSync(site, { recursive: true, force: true });
renameSync(next, site);

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
let load = 0;
for (const [name, address] of Object.entries({ wasm, js, boot, css, sources, crm })) {
  const [raw, sent] = [address, `${address}.br`].map((path) => readFileSync(join(site, path)).length);
  if (["wasm", "js", "boot"].includes(name)) load += sent;
  console.log(`site: ${name.padEnd(7)}${kilobytes(raw)}, brotli${kilobytes(sent)}`);
}
console.log(`site: a first visit loads${kilobytes(load)} of WebAssembly and script`);
