// The real program, on a database of its own, for each test; and a page that may not complain.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test as base, expect, type Page } from "@playwright/test";

type Program = { url: string; folder: string; setupCode: () => string };
/** Settings by the names of environment variables, such as where a service is. */
type Settings = Record<string, string>;

/** Starts the program and waits until it says where it listens. */
async function start(folder: string, settings: Settings) {
  const binary = process.env.PASSERELLE_BIN;
  if (!binary) throw new Error("PASSERELLE_BIN names no program");
  const child = spawn(binary, ["serve"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PASSERELLE_ADDR: "127.0.0.1:0",
      RUST_LOG: "warn,server::cli=info",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // What the console shows: complaints for whoever runs the tests, and the code of the first owner.
  let said = "";
  child.stderr.on("data", (piece) => {
    said += piece;
    if (/WARN|ERROR/.test(String(piece))) process.stderr.write(piece);
  });
  const setupCode = () => said.match(/[A-Z2-9]{4}(-[A-Z2-9]{4}){2}/)?.[0] ?? "";
  for await (const line of createInterface({ input: child.stdout })) {
    const found = line.match(/^listening on (http:\S+)/);
    if (found) return { url: found[1], child, setupCode };
  }
  throw new Error("the program ended before it listened");
}

export const test = base.extend<{ settings: Settings; program: Program; complaints: string[] }>({
  settings: async ({}, use) => use({}),
  program: async ({ settings }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "passerelle-e2e-"));
    const { url, child, setupCode } = await start(folder, settings);
    await use({ url, folder, setupCode });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("response", (response) => {
        if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
      });
      await use(complaints);
      expect(complaints, "what the browser complained about").toEqual([]);
    },
    { auto: true },
  ],
  baseURL: async ({ program }, use) => use(program.url),
});

export { expect };

/** Opens a page and waits until it answers to clicks. */
export async function open(page: Page, path: string) {
  await page.goto(path);
  await page.locator("[data-hydrated], [data-live]").waitFor({ state: "attached" });
}

/** From nothing to a connection with the simulated Airtable. */
export async function tryWithoutAccount(page: Page) {
  await open(page, "/connectors");
  await page.getByRole("button", { name: "Essayer sans compte" }).click();
  await expect(page.getByText("Connecté", { exact: true })).toBeVisible();
}
