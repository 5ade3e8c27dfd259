// What one does beside the deals themselves: settings, views, files taken along, and a deal's past.
import { readFileSync } from "node:fs";
import type { Download, Page } from "@playwright/test";
import { expect, open, test, tryWithoutAccount } from "./program";
import { sound } from "./sound";
import { unpacked } from "./unpacked";

async function given(page: Page, deals: Record<string, unknown>[]) {
  for (const deal of deals) {
    const answer = await page.request.post("/api/deals", { data: { montant_brut: 1000, ...deal } });
    expect(answer.status()).toBe(201);
  }
}

const row = (page: Page, client: string) => page.getByRole("row").filter({ hasText: client });

test("after how many days a deal is cold is set where it is told", async ({ page, complaints }) => {
  await given(page, [{ client: "Cave du Port" }]);
  await open(page, "/?q=cave");
  await page.getByRole("link", { name: "sans changement depuis 10 jours" }).click();
  const dialog = page.getByRole("dialog", { name: "Deals froids" });
  const days = dialog.getByLabel("Jours sans changement");
  await expect(days).toHaveValue("10");
  await sound(page);
  await days.fill("dix");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dialog.getByText("« dix » n'est pas un nombre de jours")).toBeVisible();
  await expect(days).toHaveValue("dix");
  // The browser notes the answer's status, which is what it should be.
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
  await sound(page);
  await days.fill("21");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("link", { name: "sans changement depuis 21 jours" })).toBeVisible();
  await expect(page).toHaveURL(/q=cave/);
  await page.goto("/settings/deals");
  await expect(page.getByLabel("Jours sans changement")).toHaveValue("21");
});

test("a view is kept, opened, told to be the present one, replaced and deleted", async ({ page }) => {
  await given(page, [{ client: "Hier", statut: "perdu" }, { client: "Demain", statut: "qualifié" }]);
  const menu = page.getByText("Vues", { exact: true });
  await open(page, "/?statut=perdu&sort=client");
  await menu.click();
  await expect(page.getByText("Aucune vue.")).toBeVisible();
  await page.getByLabel("Nom de la vue").fill("À relancer");
  await page.getByRole("button", { name: "Enregistrer cette vue" }).click();
  await expect(page.getByText("Vue enregistrée")).toBeVisible();

  await open(page, "/");
  await menu.click();
  await sound(page);
  const list = await page.locator("#views-menu .menu__list").boundingBox();
  expect(list!.x, "the menu's left edge").toBeGreaterThanOrEqual(0);
  await page.getByRole("link", { name: "À relancer" }).click();
  await expect(page).toHaveURL(/statut=perdu/);
  await expect(row(page, "Hier")).toHaveCount(1);
  await expect(row(page, "Demain")).toHaveCount(0);

  await open(page, "/?statut=qualifié");
  await menu.click();
  await page.getByLabel("Nom de la vue").fill("Qualifiés <b>");
  await page.getByRole("button", { name: "Enregistrer cette vue" }).click();
  await expect(page.getByText("Vue enregistrée")).toBeVisible();
  await page.goto("/");
  await menu.click();
  await expect(page.locator(".views__link")).toHaveText(["À relancer", "Qualifiés <b>"]);
  await page.getByRole("button", { name: "Supprimer la vue À relancer" }).click();
  await expect(page.getByText("Vue supprimée")).toBeVisible();
  await page.goto("/");
  await menu.click();
  await expect(page.locator(".views__link")).toHaveText(["Qualifiés <b>"]);
});

test("what is filtered is taken along and can be opened", async ({ page }) => {
  await given(page, [
    { client: "=HYPERLINK(1)", statut: "gagné", montant_brut: 1234.56, date_echeance: "2026-11-21" },
    { client: "Élan; fils", statut: "gagné", notes: "deux\nlignes" },
    { client: "Perdu de vue", statut: "perdu" },
  ]);
  await open(page, "/?statut=gagné");
  const taken = async (kind: string) => {
    await page.getByText("Exporter", { exact: true }).click();
    const download: Promise<Download> = page.waitForEvent("download");
    await page.getByRole("link", { name: kind, exact: true }).click();
    return readFileSync((await (await download).path())!);
  };
  const sheet = (await taken("CSV")).toString("utf8");
  expect(sheet.startsWith("\ufeffClient;Statut;Montant brut;")).toBe(true);
  expect(sheet).toContain("1234,56");
  expect(sheet).toContain("21/11/2026");
  expect(sheet).toContain('"Élan; fils"');
  expect(sheet).toContain('"deux\nlignes"');
  expect(sheet).not.toContain("Perdu de vue");
  // A spreadsheet would carry out a cell that begins like this.
  expect(sheet).not.toMatch(/(^|[;"\n])=HYPERLINK/);

  await page.reload();
  const parts = unpacked(await taken("Excel"));
  const book = Object.values(parts).join("");
  expect(Object.keys(parts)).toContain("xl/workbook.xml");
  expect(book).toContain("Élan; fils");
  expect(book).toContain("1234.56");
  expect(book).toContain("HYPERLINK");
  expect(book, "a text, not a formula").not.toMatch(/<f[ >]/);
  expect(book).not.toContain("Perdu de vue");
});

test("a deal tells where it comes from and all that happened to it", async ({ page }) => {
  await tryWithoutAccount(page);
  const imported = await page.request.post("/api/sync/airtable/import");
  expect(imported.status()).toBe(200);
  await open(page, "/?q=Beauséjour");
  await page.getByRole("link", { name: "Château Beauséjour", exact: true }).first().click();
  const origin = page.locator("section", { has: page.getByRole("heading", { name: "Origine" }) });
  await expect(origin).toContainText("Airtable");
  await expect(origin.locator("code")).toHaveText(/^rec\w+$/);
  await expect(origin).toContainText("synchronisé le");

  await page.locator("#edit-deal").click();
  const dialog = page.getByRole("dialog", { name: "Modifier Château Beauséjour" });
  await dialog.getByLabel("Responsable").fill("Camille");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dialog).toBeHidden();
  const events = page.locator(".deal-event");
  await expect(events).toHaveCount(2);
  await expect(events.first()).toContainText("Modifié sur cette machine");
  await expect(events.first().locator("ins")).toHaveText("Camille");
  await expect(events.last()).toContainText("Créé par la synchronisation n°\u00a01");
  await sound(page);
  await events.last().getByRole("link", { name: "synchronisation n°\u00a01" }).click();
  await expect(page).toHaveURL(/\/runs\/1$/);
});
