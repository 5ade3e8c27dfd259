// What a connection does once it is there: datasets, rules, schedules, steps and messages to others.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { test } from "./neighbours";
import { expect, tryWithoutAccount } from "./program";
import { sound } from "./sound";
import type { Simulator } from "./simulator";

/** A connection whose rows become a dataset. */
async function customers(page: Page, api: Simulator) {
  await page.goto("/connections/new?type=rest_api");
  await page.getByLabel("Nom de la connexion").fill("Clients");
  await page.locator("#field-url").fill(`${api.url}/all`);
  await page.locator("#field-auth_type").selectOption("bearer");
  await page.locator("#field-token").fill(api.told.token);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Connexion enregistrée")).toBeVisible();
}

async function sync(page: Page, ends: string | RegExp = "Synchronisation réussie") {
  await page.goto("/connections/1");
  await page.getByRole("button", { name: "Synchroniser" }).click();
  await expect(page.getByRole("dialog").getByText(ends).first()).toBeVisible();
  await page.keyboard.press("Escape");
}

test("rows become a dataset, are looked through, taken along and refused by a rule", async ({ page, api }) => {
  await customers(page, api);
  await sync(page);
  await page.goto("/datasets");
  await page.getByRole("link", { name: "Clients" }).first().click();
  await expect(page.getByText("2 000").first()).toBeVisible();
  await page.getByLabel("Rechercher").fill("Épernay");
  await page.getByRole("button", { name: "Rechercher" }).click();
  await expect(page.getByRole("status")).toHaveText("400 lignes");
  await sound(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("group", { name: "Exporter ces lignes" }).getByRole("link", { name: "CSV" }).click();
  const lines = readFileSync((await (await saved).path())!, "utf8").trim().split(/\r?\n/);
  expect(lines.length).toBe(401);
  expect(lines.slice(1).every((line) => line.includes("Épernay"))).toBe(true);

  await page.goto("/connections/1?tab=rules");
  await page.getByLabel("Colonne", { exact: true }).first().fill("amount");
  await page.getByLabel("Plage").check();
  await page.getByLabel("Maximum").fill("100");
  await page.getByRole("button", { name: "Ajouter la règle" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "amount" })).toContainText("100");
  await sound(page);
  await sync(page, /refusée/);
  await page.goto("/connections/1?tab=history");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page.getByText("amount").first()).toBeVisible();
  await sound(page);
});

test("a schedule says when it runs next, and one that never fires is not kept", async ({ page, api, complaints }) => {
  await customers(page, api);
  await page.goto("/connections/1?tab=schedule");
  await page.getByLabel("Tous les jours").check();
  await page.locator("#field-daily_at").fill("07:30");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Prochaines synchronisations")).toBeVisible();
  await expect(page.locator(".schedule__next li")).toHaveCount(3);
  await expect(page.locator(".schedule__next li").first()).toContainText("07:30");
  await sound(page);
  await page.getByLabel("Une expression cron").check();
  await page.locator("#field-cron").fill("0 6 31 2 *");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  const fault = page.getByRole("alert");
  await expect(fault).toContainText("n'a pas été enregistrée");
  await expect(page.locator("#field-cron")).toHaveValue("0 6 31 2 *");
  // The browser notes the answer's status, which is what it should be.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
  await page.goto("/connections/1?tab=schedule");
  await expect(page.locator("#field-daily_at")).toHaveValue("07:30");
});

test("what happens is told to others, signed", async ({ page, api, receiver }) => {
  await page.goto("/webhooks");
  await page.getByLabel("Adresse").fill(`${receiver.url}/passerelle`);
  await page.getByRole("button", { name: "Ajouter" }).click();
  const secret = (await page.getByText(/^whsec_/).textContent())!.trim();
  await sound(page);
  await page.goto("/webhooks/1");
  await expect(page.getByText(/^whsec_/)).toHaveCount(0);
  await page.getByRole("button", { name: "Tester" }).click();
  await expect(page.getByText("Le message d'essai est arrivé")).toBeVisible();
  expect(receiver.messages.map((message) => message.signed(secret))).toEqual([true]);

  await customers(page, api);
  await sync(page);
  await expect.poll(() => receiver.messages.map((message) => message.type)).toContain("run.finished");
  const finished = receiver.messages.find((message) => message.type === "run.finished")!;
  expect(finished.signed(secret)).toBe(true);
  await page.goto("/webhooks/1");
  await expect(page.getByRole("row", { name: /Remis/ })).toHaveCount(2);
  await sound(page);
});

test("a field of deals is made of a column, tried before it is saved", async ({ page }) => {
  await tryWithoutAccount(page);
  await page.goto("/connections");
  await page.getByRole("link", { name: "Airtable" }).first().click();
  await page.getByRole("link", { name: "Transformations" }).click();
  // A field that is left to its mapping is folded away.
  await expect(page.locator("#recipe-client-from")).toBeHidden();
  await page.getByText("Client", { exact: true }).click();
  await page.locator("#recipe-client-from").fill("Name");
  await page.locator("#recipe-client-step").selectOption("upper");
  await page.getByRole("button", { name: "Essayer" }).click();
  const upper = /^[^a-zà-ÿ]*[A-ZÀ-Ý]{3}[^a-zà-ÿ]*$/;
  await expect(page.getByRole("cell", { name: upper }).first()).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Connexion enregistrée")).toBeVisible();
  await page.getByRole("link", { name: "État" }).click();
  await page.getByRole("button", { name: "Synchroniser" }).click();
  await expect(page.getByRole("dialog").getByText("Synchronisation réussie")).toBeVisible();
  await page.goto("/");
  await expect(page.locator(".deals-table").getByText(upper).first()).toBeVisible();
});

test("rows of files are transformed and refused before they are loaded", async ({ page }) => {
  await page.goto("/connectors?tab=sources");
  await page.getByRole("button", { name: "Essayer avec des fichiers d'exemple" }).click();
  await expect(page.getByText("isavigne_exemple").first()).toBeVisible();
  await page.goto("/connections/1?tab=recipes");
  await page.getByText("Société", { exact: true }).click();
  await page.locator("#recipe-company-from").fill("Société, Ville");
  await page.locator("#recipe-company-step").selectOption("upper");
  await page.getByRole("button", { name: "Essayer" }).click();
  await expect(page.getByRole("region", { name: "Les premières lignes, avant et après" })).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Connexion enregistrée")).toBeVisible();

  await page.goto("/connections/1?tab=rules");
  await page.getByLabel("Colonne", { exact: true }).fill("Pays");
  await page.getByLabel("Une des valeurs").check();
  await page.getByLabel("Valeurs permises").fill("Belgique");
  await page.getByRole("button", { name: "Ajouter la règle" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Pays" })).toContainText("Belgique");
  await sync(page, /refusée/);
});
