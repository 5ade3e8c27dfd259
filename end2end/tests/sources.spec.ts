// The sources of data: from a folder of exports to its rows, with script and without.
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, open, test } from "./program";
import { fits, sound } from "./sound";

const CLIENTS = ["Code client;Nom;E-mail", "C1;Dupont;a@b.fr", "C2;Durand;"];
const SALES = [
  "Ligne;Client;Produit;Date;Quantité;Prix unitaire",
  "L1;C1;P1;21/11/2026;2;10,50",
  "L2;C2;P1;pas une date;1;10,50",
];

/** A folder of exports that nobody has touched for an hour. */
function exports(folder: string, files: Record<string, string[]>) {
  const place = join(folder, "data/imports/cave");
  mkdirSync(place, { recursive: true });
  const hourAgo = Date.now() / 1000 - 3600;
  for (const [name, lines] of Object.entries(files)) {
    writeFileSync(join(place, name), lines.join("\n"));
    utimesSync(join(place, name), hourAgo, hourAgo);
  }
}

const wine = (folder: string) => exports(folder, { "clients.csv": CLIENTS, "ventes.csv": SALES });

/** Fills in the form; what is typed into it is the same with script and without. */
async function register(page: Page, name = "isavigne_prod") {
  await page.getByLabel("Chemin d'export").fill("data/imports/cave");
  await expect(page.getByLabel("Nom du connecteur")).toHaveValue(name);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page).toHaveURL(new RegExp(`/connectors/${name}`));
  await expect(page.getByText("Enregistré avec succès")).toBeVisible();
}

/** A source that is there already. */
async function saved(page: Page, name = "isavigne_prod") {
  await page.goto("/connectors/new?type=isavigne");
  await page.getByLabel("Nom du connecteur").fill(name);
  await register(page, name);
}

test("from nothing to rows: added, tested, synced, looked at, changed, deleted", async ({ page, program }) => {
  wine(program.folder);
  await open(page, "/connectors");
  await page.getByRole("link", { name: "Sources de données" }).click();
  await expect(page.getByRole("heading", { name: "Sources de Données" })).toBeVisible();
  await expect(page.getByText("Aucune source pour le moment")).toBeVisible();
  await page.getByRole("link", { name: "+ Ajouter Connecteur" }).click();

  await page.getByLabel("Nom du connecteur").fill("isavigne_prod");
  await page.getByLabel("Type de connecteur").selectOption("isavigne");
  await expect(page.getByText("Fichiers attendus")).toBeVisible();
  await register(page);
  // Said once: not again when the page is loaded again.
  await expect(page).toHaveURL(/isavigne_prod$/);
  await expect(page.getByText("Jamais testé")).toBeVisible();

  await page.getByRole("button", { name: "Test", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Connexion OK")).toBeVisible();
  await dialog.getByRole("button", { name: "Fermer" }).click();
  await expect(page.getByText("Sain", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Test", exact: true })).toBeFocused();

  await page.getByRole("button", { name: "Sync", exact: true }).click();
  await expect(dialog.getByText("Synchronisation terminée, avec des lignes refusées")).toBeVisible();
  await expect(dialog.getByRole("row", { name: /CUSTOMERS/ })).toContainText("2");
  await expect(dialog.getByText(/1 ligne refusée/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  // The page has followed: its history unfolds, by keyboard too.
  const load = page.getByRole("row", { name: /Partiel/ });
  await load.locator("summary").first().focus();
  await page.keyboard.press("Enter");
  await expect(load.getByText("CUSTOMERS")).toBeVisible();
  await load.locator("summary").last().click();
  await expect(load.getByText(/ventes\.csv, ligne 3/)).toBeVisible();

  await load.getByRole("link", { name: "Voir le détail" }).click();
  await expect(page.getByRole("heading", { name: "Synchronisation de isavigne_prod, n° 1" })).toBeVisible();
  await expect(page.getByText("ventes.csv, ligne 3", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "isavigne_prod" }).click();

  await page.getByLabel("Pattern de fichiers").fill("*.csv;*.xlsx");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Enregistré avec succès")).toBeVisible();
  await expect(page.getByLabel("Pattern de fichiers")).toHaveValue("*.csv;*.xlsx");

  await page.getByRole("link", { name: "Retour" }).click();
  await expect(page.locator(".figure", { hasText: "Syncs" })).toContainText("1");
  await expect(page.getByRole("heading", { name: "Dernières Syncs" })).toBeVisible();
  await page.getByRole("link", { name: "Détails" }).click();
  await page.getByRole("link", { name: "Supprimer ce connecteur" }).click();
  await page.getByRole("button", { name: "Supprimer avec ses lignes" }).click();
  await expect(page.getByText("Source supprimée")).toBeVisible();
  await expect(page.getByText("Aucune source pour le moment")).toBeVisible();
});

test("from the list, a card follows what its source does", async ({ page, program }) => {
  exports(program.folder, { "clients.csv": CLIENTS });
  await saved(page, "cave");
  await saved(page, "vide_123");
  await page.goto("/connectors?tab=sources");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "cave" }) });
  await card.getByRole("button", { name: "Sync" }).click();
  await expect(page.getByRole("dialog").getByText("Synchronisation réussie")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(card.getByText("Sain")).toBeVisible();
  await expect(page.getByRole("row", { name: /cave/ })).toContainText("Réussi");
  await expect(card.getByRole("button", { name: "Sync" })).toBeFocused();
});

test("what is wrong stands beside its field, and what was typed stays", async ({ page, program, complaints }) => {
  wine(program.folder);
  await page.goto("/connectors/new?type=isavigne");
  await page.getByLabel("Nom du connecteur").fill("ma cave");
  await page.getByLabel("Chemin d'export").fill("data/imports/cave");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("alert")).toContainText("64 caractères au plus");
  await expect(page.getByLabel("Chemin d'export")).toHaveValue("data/imports/cave");
  // The browser notes the page's status, which is what it should be.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
  await page.getByRole("link", { name: "Annuler" }).click();
  await expect(page.getByText("Aucune source pour le moment")).toBeVisible();
});

test("a key that was not stored is not said to be", async ({ page, complaints }) => {
  await page.goto("/connectors/new?type=odoo");
  await page.getByLabel("Nom du connecteur").fill("odoo_prod");
  await page.getByLabel("URL Odoo").fill("pas une adresse");
  await page.getByLabel("Base de données").fill("cave");
  await page.getByLabel("Utilisateur").fill("crm_sync_bot");
  await page.getByLabel("API Key").fill("s3cret");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("À saisir de nouveau")).toBeVisible();
  await expect(page.getByText("Laissez vide pour le conserver")).toBeHidden();
  await expect(page.getByLabel("API Key")).toHaveAttribute("required");
  // The browser notes the page's status, which is what it should be.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
});

test("the tabs still answer to the arrow keys", async ({ page }) => {
  await open(page, "/connectors?tab=airtable");
  await page.getByRole("tab", { name: "Airtable" }).focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("tab", { name: "Notion" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Airtable" })).toBeFocused();
});

for (const scheme of ["light", "dark"] as const) {
  for (const language of ["fr", "en"] as const) {
    test(`no barrier and nothing too wide: ${scheme}, ${language}`, async ({ page, program, context }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      wine(program.folder);
      await page.goto("/connectors?tab=sources");
      await saved(page);
      await page.getByRole("button", { name: "Sync", exact: true }).click();
      const end = page.getByRole("dialog").getByText("Synchronisation terminée");
      await expect(end).toBeVisible();
      await sound(page);
      await context.addCookies([{ name: "lang", value: language, url: program.url }]);
      const pages = ["/connectors?tab=sources", "/connectors/isavigne_prod", "/connectors/new?type=isavigne"];
      for (const path of [...pages, "/connectors/isavigne_prod/delete", "/connectors/isavigne_prod?run=1", "/runs/1"]) {
        await page.goto(path);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await sound(page);
      }
      await page.setViewportSize({ width: 320, height: 700 });
      for (const path of pages) {
        await page.goto(path);
        await fits(page);
      }
    });
  }
}

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the same way works with page loads", async ({ page, program }) => {
    wine(program.folder);
    await page.goto("/connectors?tab=sources");
    await page.getByRole("link", { name: "+ Ajouter Connecteur" }).click();
    await page.getByLabel("Nom du connecteur").fill("isavigne_prod");
    await page.getByLabel("Type de connecteur").selectOption("isavigne");
    await page.getByRole("button", { name: "Afficher ses réglages" }).click();
    await register(page);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByText("Connexion OK")).toBeVisible();
    await page.getByRole("button", { name: "Sync", exact: true }).click();
    await expect(page.getByText("Synchronisation terminée, avec des lignes refusées")).toBeVisible();
    const load = page.getByRole("row", { name: /Partiel/ });
    await load.locator("summary").first().click();
    await expect(load.getByText("CUSTOMERS")).toBeVisible();
    await page.getByRole("link", { name: "Supprimer ce connecteur" }).click();
    await page.getByRole("button", { name: "Supprimer, garder les lignes" }).click();
    await expect(page.getByText("Source supprimée")).toBeVisible();
  });
});
