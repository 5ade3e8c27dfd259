// What a sync would do, and what it did: the pages that are whole without script.
import { expect, open, test, tryWithoutAccount } from "./program";
import { accessible } from "./sound";

test("a preview shows what an import would do, and applies exactly that", async ({ page }) => {
  await tryWithoutAccount(page);
  await page.getByRole("button", { name: "Aperçu de l'import" }).click();
  await expect(page.getByRole("heading", { name: "Aperçu de l'import depuis Airtable" })).toBeVisible();
  await expect(page.getByText("Un aperçu n'écrit rien, ni ici ni là-bas.")).toBeVisible();
  await expect(page.locator(".figure", { hasText: "À créer" })).toContainText("24");
  await expect(page.getByText("Château Beauséjour").first()).toBeVisible();

  await page.getByRole("button", { name: "Appliquer" }).click();
  await expect(page).toHaveURL(/\/runs\/\d+$/);
  await expect(page.locator(".figure", { hasText: "Créés" })).toContainText("24");
  await expect(page.getByText("Réussi")).toBeVisible();

  await page.goto("/connectors");
  await page.getByRole("link", { name: "Voir le détail" }).first().click();
  await expect(page.getByRole("heading", { name: "Import depuis Airtable, n° 1" })).toBeVisible();
  await page.goto("/connectors");
  await page.getByRole("button", { name: "Aperçu de l'import" }).click();
  await expect(page.getByText("Il n'y a rien à appliquer.")).toBeVisible();
});

test("the language can be changed on a preview, and a preview that has aged says so", async ({ page, request, complaints }) => {
  await tryWithoutAccount(page);
  await page.getByRole("button", { name: "Aperçu de l'import" }).click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Preview of the import from Airtable" })).toBeVisible();
  await page.getByRole("button", { name: "Français" }).click();
  const deal = { client: "Château Beauséjour", montant_brut: 1 };
  expect((await request.post("/api/deals", { data: deal })).status()).toBe(201);
  await page.getByRole("button", { name: "Appliquer" }).click();
  await expect(page.getByText(/Depuis l'aperçu, ceci a changé : Château Beauséjour/)).toBeVisible();
  // The browser notes the page's status, which is what it should be.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("409")]);
  await page.getByRole("link", { name: "Revenir" }).click();
  await page.getByRole("button", { name: "Refaire un aperçu" }).click();
  await expect(page).toHaveURL(/\/plans\/\d+$/);
});

test("status words nobody knows are mapped, and the import runs again with them", async ({ page }) => {
  await tryWithoutAccount(page);
  await page.getByLabel("Champ Airtable pour Secteur").selectOption("");
  await page.getByLabel("Champ Airtable pour Statut").selectOption("Sector");
  await page.getByRole("button", { name: "Sauvegarder" }).click();
  await expect(page.getByText("Configuration sauvegardée")).toBeVisible();
  await page.getByRole("button", { name: "Importer depuis Airtable" }).click();
  await expect(page.getByText(/Statuts inconnus, importés comme prospect/).first()).toBeVisible();

  await page.getByRole("status").getByRole("link", { name: "Voir le détail" }).click();
  await page.getByLabel("Viticulture", { exact: true }).selectOption("gagné");
  await page.getByRole("button", { name: "Associer et relancer l'import" }).click();
  await expect(page).toHaveURL(/\/runs\/2$/);
  await expect(page.locator(".change", { hasText: "Château Beauséjour" }).first()).toContainText("gagné");
  await open(page, "/connectors");
  await expect(page.getByLabel("Viticulture", { exact: true })).toHaveValue("gagné");
});

test("refused records say what they held, and run again once mended", async ({ page }) => {
  await tryWithoutAccount(page);
  await page.getByLabel("Champ Airtable pour Montant brut").selectOption("Name");
  await page.getByLabel("Champ Airtable pour Client").selectOption("Notes");
  await page.getByLabel("Champ Airtable pour Notes").selectOption("");
  await page.getByRole("button", { name: "Sauvegarder" }).click();
  await expect(page.getByText("Configuration sauvegardée")).toBeVisible();
  await page.getByRole("button", { name: "Importer depuis Airtable" }).click();
  await page.getByRole("status").getByRole("link", { name: "Voir le détail" }).click();
  const refused = page.locator(".change", { hasText: "n'est pas un nombre" });
  await expect(refused.filter({ hasText: "Château Beauséjour" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Rejouer les échecs" }).click();
  await expect(page).toHaveURL(/\/runs\/2$/);
  await expect(page.getByText("Erreur", { exact: true }).first()).toBeVisible();
});

test("these pages have no barrier and fit a narrow screen", async ({ page }) => {
  await tryWithoutAccount(page);
  await page.getByRole("button", { name: "Aperçu de l'import" }).click();
  await page.getByRole("button", { name: "Appliquer" }).click();
  await expect(page.getByText("Réussi")).toBeVisible();
  await accessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
});
