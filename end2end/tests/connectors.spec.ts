// The connectors page: settings, secrets, faults, the history, the keyboard.
import { expect, open, test, tryWithoutAccount } from "./program";

test("before anything is configured, syncs say what to do", async ({ page }) => {
  for (const [tab, name] of [["airtable", "Airtable"], ["notion", "Notion"]]) {
    await open(page, `/connectors?tab=${tab}`);
    await expect(page.getByRole("button", { name: `Importer depuis ${name}` })).toBeDisabled();
    await expect(page.getByRole("button", { name: `Exporter vers ${name}` })).toBeDisabled();
    await expect(page.getByRole("tabpanel").getByText("Configurez d'abord le connecteur")).toBeVisible();
  }
});

test("a saved token is shown as a mask and never comes back", async ({ page }) => {
  await open(page, "/connectors");
  const token = page.locator("#airtable-api_token");
  await expect(token).toHaveAttribute("type", "password");
  await token.fill("patCANARYcanary00.secret");
  await page.locator("#airtable-base_id").fill("appAAAAAAAAAAAAAA");
  await page.locator("#airtable-table_name").fill("Deals");
  await page.getByRole("button", { name: "Sauvegarder" }).click();
  await expect(page.getByText("Configuration sauvegardée")).toBeVisible();
  await open(page, "/connectors");
  await expect(token).toHaveValue("***");
  await expect(token).toHaveAttribute("placeholder", "Entrez un nouveau token pour le modifier");
  expect(await page.content()).not.toContain("CANARY");
  await expect(page.getByRole("button", { name: "Importer depuis Airtable" })).toBeEnabled();
});

test("a pasted Notion address becomes its id, and a yes stays a yes", async ({ page }) => {
  await open(page, "/connectors?tab=notion");
  await page.locator("#notion-api_token").fill("ntn_CANARYcanary");
  const database = page.locator("#notion-base_id");
  await database.fill("https://www.notion.so/acme/Deals-1f2e3d4c5b6a47988a9b0c1d2e3f4a5b?v=00000000000040000000000000000000");
  await page.locator("#notion-create_options").selectOption("true");
  await page.getByRole("button", { name: "Sauvegarder" }).click();
  await expect(page.getByText("Configuration sauvegardée")).toBeVisible();
  await open(page, "/connectors?tab=notion");
  await expect(database).toHaveValue("1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b");
  await expect(page.locator("#notion-create_options")).toHaveValue("true");
});

test("a wrong table is told with its reason, and the history keeps it within reach", async ({ page, isMobile }) => {
  await tryWithoutAccount(page);
  await page.locator("#airtable-table_name").fill("Delas");
  await page.getByRole("button", { name: "Tester la connexion" }).click();
  await expect(page.getByText("Erreur", { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/« Delas » est introuvable/).first()).toBeVisible();
  await expect(page.getByText(/Tables présentes : .*Deals/).first()).toBeVisible();

  await page.getByRole("button", { name: "Importer depuis Airtable" }).click();
  const row = page.locator("#airtable-history tbody tr").first();
  const reason = row.getByRole("button");
  await expect(reason).toBeVisible();
  const text = row.getByText(/« Delas » est introuvable/);
  await expect(text).toBeHidden();
  if (isMobile) {
    await reason.tap();
    await expect(text).toBeVisible();
  } else {
    await reason.hover();
    await expect(text).toBeVisible();
    await page.mouse.move(0, 0);
    await reason.focus();
    await page.keyboard.press("Enter");
    await expect(text).toBeVisible();
  }
});

test("fields can be chosen once the test has passed", async ({ page }) => {
  await open(page, "/connectors");
  await expect(page.getByLabel("Champ Airtable pour Client")).toHaveValue("Name");
  await tryWithoutAccount(page);
  const amount = page.getByLabel("Champ Airtable pour Montant brut");
  await expect(amount.locator("option", { hasText: "Amount" })).toHaveCount(1);
});

test("tabs answer to the keyboard and keep their address", async ({ page }) => {
  await open(page, "/connectors");
  const airtable = page.getByRole("tab", { name: /Airtable/ });
  const notion = page.getByRole("tab", { name: /Notion/ });
  await expect(airtable).toHaveAttribute("aria-selected", "true");
  await airtable.focus();
  await page.keyboard.press("ArrowRight");
  await expect(notion).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL(/tab=notion/);
  await expect(page.getByRole("button", { name: "Importer depuis Notion" })).toBeVisible();
  await page.keyboard.press("Home");
  await expect(airtable).toHaveAttribute("aria-selected", "true");
  await open(page, "/connectors?tab=notion");
  await expect(notion).toHaveAttribute("aria-selected", "true");
});
