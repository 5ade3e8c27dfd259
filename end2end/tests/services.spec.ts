// A named service from its form to the CRM: what it promises, its stages, a preview, what it leaves of its quota.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test as base } from "./program";
import { sound } from "./sound";
import { simulate, type Simulator } from "./simulator";

const test = base.extend<{ hubspot: Simulator }>({
  hubspot: async ({}, use) => {
    // With its limits: it tells what is left of them.
    const hubspot = await simulate("hubspot", []);
    await use(hubspot);
    await hubspot.stop();
  },
  settings: async ({ hubspot }, use) => 
    use({ HUBSPOT_API_URL: hubspot.url, PASSERELLE_PUBLIC_URL: "https://crm.example.com" }),
});

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
  await expect(page.locator(".deals-table .status--qualified").first()).toBeVisible();
});

test("HubSpot says when something changes: its address there, its secret here, its message believed", async ({
  page,
  hubspot,
  request,
}) => {
  await page.goto("/connections/new?type=hubspot");
  await page.getByLabel("Nom de la connexion").fill("Ventes HubSpot");
  await page.locator("#field-access_token").fill(hubspot.told.token);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Connexion enregistrée")).toBeVisible();
  await page.getByRole("link", { name: "Planification", exact: true }).click();
  await page.getByRole("button", { name: "Activer" }).click();
  const address = await page.getByLabel("Adresse à copier dans le service").inputValue();
  expect(address).toMatch(/^https:\/\/crm\.example\.com\/hooks\/[\w-]{43}$/);
  await sound(page);
  await page.getByLabel("Secret client").fill("le secret de HubSpot");
  await page.getByRole("button", { name: "Enregistrer le secret" }).click();
  await expect(page.getByText("En attente")).toBeVisible();

  const event = {
    eventId: 1, subscriptionId: 2, portalId: 3, appId: 4, occurredAt: Date.now(), attemptNumber: 0,
    subscriptionType: "deal.propertyChange", objectId: 1, propertyName: "amount", propertyValue: "1",
  };
  const body = JSON.stringify([event]);
  const at = String(Date.now());
  const signed = (secret: string) =>
    createHmac("sha256", secret).update(`POST${address}${body}${at}`).digest("base64");
  const send = async (secret: string) => {
    const headers = {
      "content-type": "application/json",
      "x-hubspot-signature-v3": signed(secret),
      "x-hubspot-request-timestamp": at,
    };
    return (await request.post(new URL(address).pathname, { data: Buffer.from(body), headers })).status();
  };
  expect(await send("un autre secret")).toBe(401);
  expect(await send("le secret de HubSpot")).toBe(200);
  await page.reload();
  await expect(page.getByText("Dernier message", { exact: true })).toBeVisible();
  await expect(page.getByText("Dernier message refusé")).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "Désactiver" }).click();
  await expect(page.getByText("Le service ne prévient plus")).toBeVisible();
  expect(await send("le secret de HubSpot")).toBe(404);
});
