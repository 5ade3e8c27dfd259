// The main job by hand: from an empty program to deals in, deals out, and a history that tells.
import { expect, open, test, tryWithoutAccount } from "./program";

for (const name of ["Airtable", "Notion"]) {
  test(`a newcomer imports 24 deals from ${name} and sends them back`, async ({ page }) => {
    await open(page, "/");
    await expect(page.getByText("Aucun deal. Importez un CSV ou créez un deal manuellement.")).toBeVisible();
    await page.getByRole("link", { name: "Ouvrir les connecteurs" }).click();
    await page.locator("[data-hydrated]").waitFor({ state: "attached" });
    await page.getByRole("tab", { name }).click();
    const panel = page.getByRole("tabpanel");
    await expect(panel.getByText("Aucune synchronisation effectuée pour le moment")).toBeVisible();

    await panel.getByRole("button", { name: "Essayer sans compte" }).click();
    await expect(panel.getByText("Connecté", { exact: true })).toBeVisible();
    await expect(panel.getByText("24 enregistrements")).toBeVisible();

    await panel.getByRole("button", { name: `Importer depuis ${name}` }).click();
    await expect(panel.getByText("24 créés, 0 mis à jour, 0 erreurs")).toBeVisible();
    await panel.getByRole("button", { name: `Exporter vers ${name}` }).click();
    await expect(panel.getByText("0 créés, 0 mis à jour, 0 erreurs")).toBeVisible();
    await expect(panel.locator(".history-table tbody tr")).toHaveCount(2);

    await page.getByRole("link", { name: "Deals", exact: true }).first().click();
    const table = page.locator(".deals-table");
    await expect(table.getByText("Château Beauséjour").first()).toBeVisible();
    await expect(table.getByText(/18\u202f450,50/).first()).toBeVisible();
  });
}

test("deals are found by word and by status", async ({ page }) => {
  await tryWithoutAccount(page);
  await page.getByRole("button", { name: "Importer depuis Airtable" }).click();
  await expect(page.getByText("24 créés")).toBeVisible();
  await open(page, "/");
  await page.getByLabel("Rechercher un deal").fill("çelik");
  await page.getByLabel("Rechercher un deal").press("Enter");
  const table = page.locator(".deals-table");
  await expect(table.getByText("Menuiserie Çelik")).toBeVisible();
  await expect(table.getByText("Château Beauséjour")).toHaveCount(0);
  await page.goto("/?q=introuvable");
  await expect(page.getByText("Aucun deal ne correspond")).toBeVisible();
});

test("the page reads without JavaScript", async ({ browser, program, isMobile }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: "fr-FR",
    baseURL: program.url,
    viewport: isMobile ? { width: 375, height: 812 } : { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.goto("/connectors");
  await page.getByRole("button", { name: "Essayer sans compte" }).click();
  await page.getByRole("button", { name: "Importer depuis Airtable" }).click();
  await expect(page.locator("#airtable-history tbody tr")).toHaveCount(1);
  await page.goto("/");
  await expect(page.locator(".deals-table").getByText("Fromagerie Lefèvre & Fils")).toBeVisible();
  await context.close();
});
