// Connections of any kind: chosen, tried, saved, synced, looked at, changed, deleted; with script and without.
import type { Page } from "@playwright/test";
import { expect, open, test as base } from "./program";
import { fits, sound } from "./sound";
import { simulate, type Simulator } from "./simulator";

const test = base.extend<{ airtable: Simulator }>({
  airtable: async ({}, use) => {
    const airtable = await simulate("airtable");
    await use(airtable);
    await airtable.stop();
  },
  settings: async ({ airtable }, use) => use({ AIRTABLE_API_URL: airtable.url }),
});

/** Fills in the form of an Airtable connection; the same with script and without. */
async function fill(page: Page, airtable: Simulator, token = airtable.told.token) {
  await page.getByLabel("Nom de la connexion").fill("CRM de l'équipe");
  await page.getByLabel("Token d'accès personnel").fill(token);
  await page.getByLabel("Identifiant de la base").fill(airtable.told.base);
  await page.locator("#field-table_name").fill("Deals");
}

const tries = (page: Page) => page.locator("#connection-form").getByRole("button", { name: "Tester" });

test("from the catalogue to the history: tried, saved, synced, deleted", async ({ page, airtable }) => {
  await open(page, "/");
  await page.getByRole("navigation").getByRole("link", { name: "Connexions" }).click();
  await expect(page.getByRole("heading", { name: "Connexions", exact: true })).toBeVisible();
  await expect(page.getByText("Aucune connexion pour le moment")).toBeVisible();

  // The catalogue follows what is typed, without a page load.
  await page.getByRole("searchbox").fill("vigne");
  await expect(page.getByRole("link", { name: "Airtable" })).toBeHidden();
  await expect(page.getByRole("link", { name: "iSaVigne" })).toBeVisible();
  await page.getByRole("searchbox").fill("minitel");
  await expect(page.getByText("Aucun type de connexion ne correspond")).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await page.getByRole("link", { name: "Airtable" }).click();

  await fill(page, airtable, "patWrong.0123456789");
  await tries(page).click();
  await expect(page.getByText("Token Airtable invalide ou expiré")).toBeVisible();
  await page.getByLabel("Token d'accès personnel").fill(airtable.told.token);
  await tries(page).click();
  await expect(page.getByText("Connexion OK")).toBeVisible();
  // Nothing was left: what was typed is still there, the token among it.
  await expect(page.getByLabel("Token d'accès personnel")).toHaveValue(airtable.told.token);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Connexion enregistrée")).toBeVisible();
  await expect(page.getByText("Jamais synchronisée")).toBeVisible();

  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Tester" }).click();
  await expect(dialog.getByText("Connexion OK")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Tester" })).toBeFocused();
  await page.getByRole("button", { name: "Synchroniser" }).click();
  await expect(dialog.getByText("Synchronisation réussie")).toBeVisible();
  await page.keyboard.press("Escape");
  // The page behind has followed.
  await expect(page.locator("#state .run-counts")).toContainText("24");

  await page.getByRole("link", { name: "Historique" }).click();
  await expect(page.getByRole("row", { name: /Une personne/ })).toContainText("24");
  await page.getByRole("link", { name: "Schéma" }).click();
  await expect(page.getByRole("row", { name: /Due Date/ })).toContainText("lue et écrite");
  await page.getByRole("link", { name: "Réglages" }).click();
  expect(await page.content()).not.toContain(airtable.told.token);
  await page.getByRole("link", { name: "Supprimer cette connexion" }).click();
  await page.getByRole("button", { name: "Supprimer la connexion" }).click();
  await expect(page.getByText("Connexion supprimée")).toBeVisible();
  await expect(page.getByText("Aucune connexion pour le moment")).toBeVisible();
});

test("a form that is not whole says what is missing, and keeps the rest", async ({ page, airtable, complaints }) => {
  await page.goto("/connections/new?type=airtable");
  await fill(page, airtable);
  await page.getByLabel("Identifiant de la base").fill("");
  await tries(page).click();
  await expect(page.getByText("Ce formulaire n'est pas encore complet")).toBeVisible();
  await expect(page.locator("[data-faults]")).toBeFocused();
  await expect(page.getByLabel("Identifiant de la base")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Token d'accès personnel")).toHaveValue(airtable.told.token);
  await page.getByRole("link", { name: "Identifiant de la base" }).click();
  await expect(page.getByLabel("Identifiant de la base")).toBeFocused();
  await page.getByLabel("Identifiant de la base").fill(airtable.told.base);
  await tries(page).click();
  await expect(page.getByText("Connexion OK")).toBeVisible();
  await expect(page.getByText("n'est pas encore complet")).toBeHidden();
  await expect(page.getByLabel("Identifiant de la base")).not.toHaveAttribute("aria-invalid");
  // The browser notes the answer's status, which is what it should be.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
});

/** An API with customers beside the program, which may be reached although it is on this machine. */
const withApi = base.extend<{ api: Simulator }>({
  api: async ({}, use) => {
    const api = await simulate("rest");
    await use(api);
    await api.stop();
  },
  settings: async ({ api }, use) => use({ PASSERELLE_ALLOW_PRIVATE_HOSTS: new URL(api.url).host }),
});

withApi("any API: what is asked for follows the choices, and rows show while one types", async ({ page, api }) => {
  await page.goto("/connections/new?type=rest_api");
  const token = page.locator("#field-token");
  await expect(token).toBeHidden();
  await page.locator("#field-auth_type").selectOption("bearer");
  await expect(token).toBeVisible();
  await page.getByLabel("Nom de la connexion").fill("Clients");
  await page.locator("#field-url").fill(`${api.url}/all`);
  await token.fill("wrong");
  await tries(page).click();
  await expect(page.locator('[data-success="false"]')).toBeVisible();
  await token.fill(api.told.token);
  await tries(page).click();
  await expect(page.getByText("Connexion OK")).toBeVisible();
  await expect(page.getByRole("region", { name: "Premières lignes" })).toBeVisible();
  await page.getByText("La requête envoyée").click();
  await expect(page.getByText(/^GET http/)).toBeVisible();
  expect(await page.locator("#test-result").innerHTML()).not.toContain(api.told.token);

  // Once it has worked, the answer follows what is typed, and what was unfolded stays so.
  await page.locator("#field-data_path").pressSequentially("nowhere");
  await expect(page.locator('[data-success="false"]')).toBeVisible();
  await expect(page.getByText(/^GET http/)).toBeVisible();
  await expect(page.locator("#field-data_path")).toBeFocused();
  await page.locator("#field-data_path").fill("");
  await expect(page.getByText("Connexion OK")).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Connexion enregistrée")).toBeVisible();
});

for (const scheme of ["light", "dark"] as const) {
  for (const language of ["fr", "en"] as const) {
    test(`no barrier and nothing too wide: ${scheme}, ${language}`, async ({ page, program, airtable, context }) => {
      // Many pages, each looked at as a whole.
      test.slow();
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.goto("/connections/new?type=airtable");
      await fill(page, airtable);
      await page.getByRole("button", { name: "Enregistrer" }).click();
      await page.getByRole("button", { name: "Synchroniser" }).click();
      await expect(page.getByRole("dialog").getByText("Synchronisation réussie")).toBeVisible();
      await context.addCookies([{ name: "lang", value: language, url: program.url }]);
      const tabs = ["state", "history", "schedule", "schema", "rules", "settings"].map((tab) => `/connections/1?tab=${tab}`);
      const pages = ["/connections", "/connections/new", "/connections/new?type=airtable", ...tabs];
      for (const path of [...pages, "/connections/1/delete", "/connections/1?run=1", "/connections?q=rien"]) {
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

  test("the same way works with page loads", async ({ page, airtable }) => {
    await page.goto("/connections");
    await page.getByRole("searchbox").fill("airtable");
    await page.getByRole("button", { name: "Rechercher" }).click();
    await expect(page.getByRole("link", { name: "Notion" })).toBeHidden();
    await page.getByRole("link", { name: "Airtable" }).click();
    await fill(page, airtable);
    await tries(page).click();
    await expect(page.getByText("Connexion OK")).toBeVisible();
    // What was typed is there again, but for the token, and that is said.
    await expect(page.getByLabel("Identifiant de la base")).toHaveValue(airtable.told.base);
    await expect(page.getByText("le test n'a rien gardé")).toBeVisible();
    await page.getByLabel("Token d'accès personnel").fill(airtable.told.token);
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByRole("button", { name: "Synchroniser" }).click();
    await expect(page.getByText("Synchronisation réussie")).toBeVisible();
    await page.getByRole("link", { name: "Historique" }).click();
    await expect(page.getByRole("row", { name: /Une personne/ })).toContainText("24");
  });
});
