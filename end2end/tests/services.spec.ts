// A named service from its form to the CRM: what it promises, its stages, a preview, what it leaves of its quota.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test as base } from "./program";
import { simulate, type Simulator } from "./simulator";

const test = base.extend<{ hubspot: Simulator }>({
  hubspot: async ({}, use) => {
    // With its limits: it tells what is left of them.
    const hubspot = await simulate("hubspot", []);
    await use(hubspot);
    await hubspot.stop();
  },
  settings: async ({ hubspot }, use) => use({ HUBSPOT_API_URL: hubspot.url }),
});

async function sound(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`), page.url()).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, page.url()).toBeLessThanOrEqual(page.viewportSize()!.width);
}

test("HubSpot: connected, its stages understood, its deals brought in after a look", async ({ page, hubspot }) => {
  await page.goto("/connections/new");
  await page.getByRole("link", { name: "HubSpot" }).click();
  await expect(page.getByText("Ce sur quoi vous pouvez compter")).toBeVisible();
  await page.getByLabel("Nom de la connexion").fill("Ventes HubSpot");
  await page.locator("#field-access_token").fill(hubspot.told.token);
  await page.locator("#connection-form").getByRole("button", { name: "Tester" }).click();
  await expect(page.getByText("Connexion OK")).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Connexion enregistrée")).toBeVisible();

  await page.getByRole("link", { name: "Mapping", exact: true }).click();
  await expect(page.getByRole("group", { name: "Les étapes" })).toBeVisible();
  // What HubSpot itself says of its stages is filled in, and can be said otherwise.
  const stages = page.locator('[name^="status_words"]');
  expect(await stages.count()).toBeGreaterThan(3);
  await expect(stages.first().locator("option").first()).toContainText("d'office");
  await stages.first().selectOption("qualifié");
  await sound(page);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(stages.first()).toHaveValue("qualifié");

  await page.getByRole("button", { name: "Aperçu de l'import" }).click();
  await expect(page).toHaveURL(/\/plans\/\d+/);
  await sound(page);
  await page.getByRole("button", { name: /Appliquer/ }).click();
  await expect(page).toHaveURL(/\/runs\/\d+/);
  await expect(page.getByText("Réussi").first()).toBeVisible();

  await page.goto("/connections/1");
  await expect(page.getByText("Requêtes que le service accorde encore")).toBeVisible();
  await sound(page);
  await page.goto("/");
  await expect(page.getByText("qualifié").first()).toBeVisible();
});
