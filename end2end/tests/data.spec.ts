// What sources have brought: its rows, its quality, and the columns it came from.
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./program";
import { sound } from "./sound";

const CLIENTS = ["Code client;Nom;Ville;Fidélité", "C1;Dupont;Beaune;12", "C2;Durand;Dijon;", ";Sans code;;"];
const SALES = [
  "Numéro ligne;Code client;Code produit;Date vente;Quantité;Prix unitaire",
  ...Array.from({ length: 60 }, (_, i) => `L${i};C1;P1;21/11/2025;${i + 1};10,50`),
  "L99;C9;P1;22/11/2025;1;1 234,50",
  "L100;C1;P1;31/02/2025;1;10,50",
];

/** A source whose folder holds these files, and that has been synced once. */
async function synced(page: Page, folder: string) {
  const place = join(folder, "data/imports/cave");
  mkdirSync(place, { recursive: true });
  const hourAgo = Date.now() / 1000 - 3600;
  for (const [name, lines] of Object.entries({ "clients.csv": CLIENTS, "ventes.csv": SALES })) {
    writeFileSync(join(place, name), lines.join("\n"));
    utimesSync(join(place, name), hourAgo, hourAgo);
  }
  await page.goto("/connectors/new?type=isavigne");
  await page.getByLabel("Nom du connecteur").fill("cave");
  await page.getByLabel("Chemin d'export").fill("data/imports/cave");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("button", { name: "Sync", exact: true }).click();
  await expect(page.getByRole("dialog").getByText("Synchronisation terminée")).toBeVisible();
  await page.keyboard.press("Escape");
}

test("from a doubt in the quality report to the rows behind it", async ({ page, program }) => {
  await synced(page, program.folder);
  await page.getByRole("link", { name: /^Qualité/ }).click();
  const sales = page.locator("#sales_lines");
  await expect(sales.getByText("à corriger")).toBeVisible();
  await expect(sales.getByText("Rien trouvé :")).toBeVisible();
  // Folded away while nothing has dropped.
  await expect(sales.getByRole("table")).toBeHidden();
  await sales.getByText("Remplissage des champs").click();
  await expect(sales.getByRole("row", { name: /Quantité/ })).toContainText("100");
  await sound(page);

  await sales.getByRole("link", { name: "Vente sans client connu" }).click();
  await expect(page.getByRole("heading", { name: "Lignes de vente" })).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("1 ligne");
  await expect(page.getByRole("row", { name: /L99/ })).toContainText("1 234,50 €");
  await expect(page.getByLabel("Contrôle de qualité"), "a filter in use is in sight").toBeVisible();
  await sound(page);
});

test("rows are found, sorted, leafed through and taken away", async ({ page, program }) => {
  await synced(page, program.folder);
  await page.goto("/connectors?tab=sources");
  await page.getByRole("link", { name: "Voir les données" }).click();
  await sound(page);
  await page.getByRole("link", { name: "Lignes de vente" }).click();
  await expect(page.getByRole("status")).toHaveText("61 lignes");
  await page.getByRole("link", { name: "Suivants" }).click();
  await expect(page.getByText("51–61 sur 61")).toBeVisible();

  const quantity = page.getByRole("columnheader", { name: "Quantité" });
  await quantity.getByRole("link").click();
  await quantity.getByRole("link").click();
  await expect(quantity).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("row").nth(1)).toContainText("L59");

  await page.getByText("Plus de filtres").click();
  await page.getByLabel("Code du client").fill("C9");
  await page.getByRole("button", { name: "Rechercher" }).click();
  await expect(page.getByRole("status")).toHaveText("1 ligne");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Exporter en CSV" }).click();
  expect((await download).suggestedFilename()).toBe("sales_lines.csv");
  await page.getByRole("link", { name: "Tout effacer" }).click();
  await expect(page.getByRole("status")).toHaveText("61 lignes");
  await sound(page);
});

test("a column is mapped by hand; one that cannot be is told where it was chosen", async ({ page, program, complaints }) => {
  await synced(page, program.folder);
  await page.getByRole("link", { name: /^Mapping/ }).click();
  const clients = page.locator("#customers");
  await expect(clients.getByText("1 colonne de la source n'est pas lue")).toBeVisible();
  await sound(page);

  await clients.getByLabel("Code du client").selectOption("none");
  await clients.getByRole("button", { name: "Enregistrer ces colonnes" }).click();
  await expect(clients.getByRole("alert")).toContainText("Rien n'a été enregistré");
  await expect(clients.getByLabel("Code du client")).toHaveValue("none");
  // The browser notes the page's status, which is what it should be.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);

  await clients.getByLabel("Code du client").selectOption("auto");
  await clients.getByLabel("Segment").selectOption("col:Fidélité");
  await clients.getByRole("button", { name: "Enregistrer ces colonnes" }).click();
  await expect(clients.getByRole("status")).toContainText("relue en entier");
  await expect(clients.getByText("toutes les colonnes sont lues")).toBeVisible();
});

test("rows that were refused are not hidden by a test that passes", async ({ page, program }) => {
  await synced(page, program.folder);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByRole("dialog").getByText("Connexion OK")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Sain", { exact: true })).toBeVisible();
  await page.goto("/connectors?tab=sources");
  await page.getByRole("listitem").getByRole("link", { name: "2 lignes refusées" }).click();
  await expect(page.getByText("ventes.csv, ligne 63", { exact: true })).toBeVisible();
});

for (const scheme of ["light", "dark"] as const) {
  test(`no barrier in English, ${scheme}`, async ({ page, program, context }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await synced(page, program.folder);
    await context.addCookies([{ name: "lang", value: "en", url: program.url }]);
    const sources = ["/connectors/cave/mapping", "/connectors/cave/quality"];
    for (const path of [...sources, "/data", "/data/sales_lines?check=orphan_customer"]) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      await sound(page);
    }
  });
}

test("a table or a source that is not there leads back", async ({ page, complaints }) => {
  await page.goto("/data/nothing");
  await expect(page.getByRole("navigation", { name: "Navigation principale" })).toBeVisible();
  await page.goto("/connectors/nothing/quality");
  await page.getByRole("link", { name: "Revenir" }).click();
  await expect(page.getByText("Aucune source pour le moment")).toBeVisible();
  expect(complaints.splice(0)).toEqual([expect.stringContaining("404"), expect.stringContaining("404")]);
});
