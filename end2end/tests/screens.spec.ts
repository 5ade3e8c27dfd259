// Every screen there is, filled with something: no barrier, nothing too wide. A screen that is added without
// being looked at here fails the first test.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { test } from "./neighbours";
import { expect, tryWithoutAccount } from "./program";
import { sound } from "./sound";

const ROUTES = fileURLToPath(new URL("../../app/src/ledger/mod.rs", import.meta.url));
const EXAMPLE = fileURLToPath(new URL("../../public/exemple-deals.csv", import.meta.url));
const PASSWORD = "une phrase assez longue";

/** By what a screen is called in the router: where it is looked at, and what its heading says. */
type Screens = Record<string, [address: string, heading: RegExp][]>;

const DEALS: Screens = {
  "/": [["/", /^Deals$/]],
  "/board": [["/board", /Pipeline/]],
  "/deals/new": [["/deals/new", /Nouveau deal/]],
  "/deals/:id": [["/deals/1", /Cave du Port/]],
  "/deals/:id/edit": [["/deals/1/edit", /Modifier Cave du Port/]],
  "/deals/:id/delete": [["/deals/1/delete", /Supprimer Cave du Port/]],
  "/deals/import": [["/deals/import", /Importer des deals/]],
  "/settings/deals": [["/settings/deals", /Deals froids/]],
};
const SYNCS: Screens = {
  "/playground/:provider": [["/playground/airtable", /Quitter le simulateur/]],
  "/plans/:id": [["/plans/1", /Aperçu de l'import depuis Airtable/]],
  "/runs/:id": [["/runs/1", /n° 1/]],
  "/webhooks": [["/webhooks", /Webhooks/]],
  "/webhooks/:id": [["/webhooks/1", /Comptabilité/]],
  "/webhooks/:id/delete": [["/webhooks/1/delete", /Supprimer Comptabilité/]],
};
const SOURCES: Screens = {
  "/connectors": [
    ["/connectors", /./],
    ["/connectors?tab=sources", /Connecteurs/],
  ],
  "/connectors/new": [["/connectors/new?type=isavigne", /./]],
  "/connectors/:name": [["/connectors/isavigne_exemple", /isavigne_exemple/]],
  "/connectors/:name/delete": [["/connectors/isavigne_exemple/delete", /isavigne_exemple/]],
  "/connectors/:name/mapping": [["/connectors/isavigne_exemple/mapping", /./]],
  "/connectors/:name/quality": [["/connectors/isavigne_exemple/quality", /./]],
  "/data": [["/data", /./]],
  "/data/:table": [["/data/customers", /./]],
};
const CONNECTIONS: Screens = {
  "/connections": [["/connections", /./]],
  "/connections/new": [
    ["/connections/new", /./],
    ["/connections/new?type=rest_api", /./],
  ],
  "/connections/:id": ["state", "history", "schema", "mapping", "recipes", "rules", "schedule", "settings"].map((tab) => [
    `/connections/CLIENTS?tab=${tab}`,
    /Clients/,
  ]),
  "/connections/:id/delete": [["/connections/CLIENTS/delete", /Supprimer/]],
  "/datasets": [["/datasets", /./]],
  "/datasets/:id": ["rows", "columns", "versions", "differences"].map((tab) => [`/datasets/1?tab=${tab}`, /Clients/]),
  "/datasets/:id/delete": [["/datasets/1/delete", /Supprimer.*Clients/]],
};
const ACCESS: Screens = {
  "/access": [["/access", /./]],
  "/access/tokens": [["/access/tokens", /./]],
  "/access/members": [["/access/members", /./]],
  "/access/members/:id/delete": [["/access/members/2/delete", /Retirer/]],
  "/access/audit": [["/access/audit", /./]],
};
/** Screens that tests come by on their way, for nobody can go to them by their address alone. */
const ON_THE_WAY = ["/login", "/invitation", "/deals/import/:key", "/deals/bulk", "/runs/:id/delete-created"];

/** Sends what a page of the program would send, and expects that it is done. */
async function done({ page, program }: { page: Page; program: { url: string } }, path: string, data: unknown) {
  const answer = await page.request.post(path, { data, headers: { origin: program.url } });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** Looks at every address of these screens, however long that takes; one is about a connection whose number is told. */
async function look(page: Page, screens: Screens, connection = 0) {
  test.setTimeout(300_000);
  for (const [place, heading] of Object.values(screens).flat()) {
    const address = place.replace("CLIENTS", String(connection));
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(200);
    await expect(page.getByRole("heading", { level: 1 }), address).toHaveText(heading);
    await sound(page);
  }
}

test("every screen of the router is looked at", async () => {
  const routes = [...readFileSync(ROUTES, "utf8").matchAll(/<Route path=path!\("([^"]+)"\)/g)].map(([, path]) => path);
  const seen = [...Object.keys({ ...DEALS, ...SYNCS, ...SOURCES, ...CONNECTIONS, ...ACCESS }), ...ON_THE_WAY];
  expect(seen.sort()).toEqual(routes.sort());
});

test("the screens of deals", async ({ page, program }) => {
  await done({ page, program }, "/api/deals", { client: "Cave du Port", montant_brut: 1234.56, secteur: "Vin", notes: "À rappeler" });
  await done({ page, program }, "/api/deals", { client: "N".repeat(120), montant_brut: 1, statut: "gagné" });
  await look(page, DEALS);
  await page.goto("/deals/import");
  await page.getByLabel("Fichier CSV").setInputFiles(EXAMPLE);
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vérifier le fichier");
  await sound(page);

  // The question before several are deleted, as a page of its own and not in a dialog.
  await page.goto("/");
  await page.getByLabel("Cocher Cave du Port").check();
  await page.locator("form#bulk").evaluate((form: HTMLFormElement) => {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "act", value: "delete" }));
    form.submit();
  });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Supprimer 1 deal");
  await sound(page);
});

test("the screens of syncs, and of who is told of them", async ({ page, program, receiver }) => {
  await tryWithoutAccount(page);
  await done({ page, program }, "/api/sync/airtable/preview", { direction: "import" });
  await done({ page, program }, "/api/sync/airtable/import", {});
  await done({ page, program }, "/api/webhooks", { url: `${receiver.url}/a`, title: "Comptabilité", events: ["run.failed"] });
  await done({ page, program }, "/api/webhooks/1/test", {});
  await look(page, SYNCS);
});

test("the screens of sources, and of what they brought", async ({ page, program }) => {
  await page.request.post("/connectors/example", { form: {}, headers: { origin: program.url } });
  await done({ page, program }, "/connectors/isavigne_exemple/sync", {});
  await look(page, SOURCES);
});

test("the screens of connections, and of their datasets", async ({ page, program, api }) => {
  const clients = await done({ page, program }, "/api/connections/", {
    connection_type: "rest_api",
    name: "Clients",
    config: { url: `${api.url}/all` },
    credentials: { auth_type: "bearer", token: api.told.token },
  });
  await done({ page, program }, `/api/connections/${clients.id}/sync`, {});
  await look(page, CONNECTIONS, clients.id);
});

test("the screens of access, and those before it", async ({ page, program, browser }) => {
  await page.goto("/access");
  await page.getByLabel("Code d'installation").fill(program.setupCode());
  await page.getByLabel("Mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Protéger l'accès" }).click();
  await expect(page.getByText("L'accès est protégé")).toBeVisible();
  await done({ page, program }, "/api/access/tokens", { name: "Tableau de bord", scope: "read" });
  const invited = await done({ page, program }, "/api/access/members", { name: "camille@example.com", role: "viewer" });
  await look(page, ACCESS);

  const other = await browser.newContext({ baseURL: program.url, locale: "fr-FR", viewport: page.viewportSize() });
  const camille = await other.newPage();
  await camille.goto("/");
  await expect(camille).toHaveURL(/\/login/);
  await sound(camille);
  await camille.goto(invited.data.invitation);
  await expect(camille.getByText("sous le nom camille@example.com")).toBeVisible();
  await sound(camille);
  await other.close();
});
