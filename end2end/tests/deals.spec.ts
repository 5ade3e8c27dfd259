// Everything one does to a deal: created and edited in a dialog, moved, deleted and brought back.
import type { Page } from "@playwright/test";
import { expect, test } from "./program";
import { sound } from "./sound";

/** A name that would run if it were not shown as text. */
const HOSTILE = "</title><img src=x onerror=window.ran=1><script>window.ran=1</script>";

/** The page can be used by everyone, is no wider than the window, and runs nothing that was typed. */
async function unharmed(page: Page) {
  await sound(page);
  expect(await page.evaluate(() => "ran" in window), page.url()).toBe(false);
}

/** Opens a page of deals and waits until its script listens. */
async function open(page: Page, path: string) {
  await page.goto(path);
  await page.locator(":root[data-live]").waitFor({ state: "attached" });
}

/** Deals that are there already; their numbers. */
async function given(page: Page, url: string, deals: Record<string, unknown>[]) {
  const ids: number[] = [];
  for (const deal of deals) {
    const answer = await page.request.post(`${url}/api/deals`, { data: { montant_brut: 1000, ...deal } });
    expect(answer.status()).toBe(201);
    ids.push((await answer.json()).data.id);
  }
  return ids;
}

/** The browser tells of every answer that refuses; those were meant. */
function refused(complaints: string[]) {
  expect(complaints.filter((complaint) => !complaint.includes("422"))).toEqual([]);
  complaints.length = 0;
}

const row = (page: Page, client: string) => page.getByRole("row").filter({ hasText: client });

test("a deal is created in the dialog with the keyboard alone", async ({ page, program, complaints }) => {
  await given(page, program.url, [{ client: "Déjà là", secteur: "Vin" }]);
  await open(page, "/");
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "Nouveau deal" });
  await expect(dialog.getByLabel("Client")).toBeFocused();
  await unharmed(page);
  await page.keyboard.type("Maison Élan");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("douze");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("« douze » n'est pas un nombre")).toBeVisible();
  await expect(dialog.getByLabel("Montant brut")).toBeFocused();
  refused(complaints);
  await expect(dialog.getByLabel("Client")).toHaveValue("Maison Élan");
  await unharmed(page);
  await dialog.getByLabel("Montant brut").fill("1 234,56");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Deal créé")).toBeVisible();
  await expect(row(page, "Maison Élan")).toContainText("1\u202f234,56\u00a0€");
  await expect(page.locator("#new-deal")).toBeFocused();
});

test("what was typed is not lost by a slip", async ({ page, program }) => {
  await given(page, program.url, [{ client: "A" }]);
  await open(page, "/");
  const opener = page.locator("#new-deal");
  const dialog = page.getByRole("dialog", { name: "Nouveau deal" });
  await opener.click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();

  await opener.click();
  await expect(dialog).toBeVisible();
  await page.mouse.click(3, 3);
  await expect(dialog).toBeHidden();

  await opener.click();
  await dialog.getByLabel("Client").fill("À moitié");
  await page.keyboard.press("Escape");
  await expect(dialog.getByText("Votre saisie n'est pas enregistrée.")).toBeVisible();
  await unharmed(page);
  await dialog.getByRole("button", { name: "Continuer" }).click();
  await expect(dialog.getByLabel("Client")).toHaveValue("À moitié");
  await dialog.getByRole("button", { name: "Fermer", exact: true }).click();
  await dialog.getByRole("button", { name: "Fermer sans enregistrer" }).click();
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test("a deal is edited, deleted and brought back", async ({ page, program }) => {
  const [id] = await given(page, program.url, [{ client: "Cave du Port", statut: "prospect" }, { client: "Autre" }]);
  await open(page, "/");
  await page.locator(`#edit-${id}`).click();
  const dialog = page.getByRole("dialog", { name: "Modifier Cave du Port" });
  await dialog.getByLabel("Responsable").fill("Camille");
  await dialog.getByRole("button", { name: "Enregistrer" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, "Cave du Port")).toContainText("Camille");
  await expect(page.locator(`#edit-${id}`)).toBeFocused();

  await page.getByRole("link", { name: "Cave du Port", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/deals/${id}\\b`));
  await expect(page.getByRole("heading", { name: "Historique" })).toBeVisible();
  await expect(page.getByText("Responsable").last()).toBeVisible();
  await unharmed(page);
  await page.getByRole("link", { name: "Supprimer" }).click();
  const question = page.getByRole("dialog", { name: "Supprimer Cave du Port" });
  await expect(question).toContainText("1\u202f000\u00a0€");
  await unharmed(page);
  await question.getByRole("button", { name: "Supprimer le deal" }).click();
  await expect(page.getByText("1 deal supprimé")).toBeVisible();
  await expect(row(page, "Cave du Port")).toHaveCount(0);
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByText("1 deal rétabli")).toBeVisible();
  await expect(row(page, "Cave du Port")).toHaveCount(1);
});

test("a status is changed where it stands, and figures follow", async ({ page, program }) => {
  await given(page, program.url, [{ client: "Cave du Port", montant_brut: 1000 }]);
  await open(page, "/");
  const figures = page.locator("#figures");
  const before = await figures.innerText();
  await page.getByLabel("Statut de Cave du Port").focus();
  await page.getByLabel("Statut de Cave du Port").selectOption("négociation");
  await expect(page.getByText("Nouveau statut : négociation")).toBeVisible();
  await expect(page.getByLabel("Statut de Cave du Port")).toBeFocused();
  await expect(figures).not.toHaveText(before);
  await expect(row(page, "Cave du Port")).toContainText("700\u00a0€");
  await unharmed(page);
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByText("Nouveau statut : prospect")).toBeVisible();
  await expect(page.getByLabel("Statut de Cave du Port")).toHaveValue("prospect");
});

test("several deals are moved and deleted together", async ({ page, program }) => {
  await given(page, program.url, [{ client: "Un" }, { client: "Deux" }, { client: "Trois" }, { client: HOSTILE }]);
  await open(page, "/");
  const bar = page.locator("#bulk");
  await expect(bar).toBeHidden();
  await page.getByLabel("Cocher Un").check();
  await expect(bar.getByText("1 deal choisi")).toBeVisible();
  await page.getByLabel("Cocher Deux").check();
  await expect(bar.getByText("2 deals choisis")).toBeVisible();
  await unharmed(page);
  await bar.getByLabel("Nouveau statut").selectOption("gagné");
  await bar.getByRole("button", { name: "Changer le statut" }).click();
  await expect(page.getByText("2 deals : nouveau statut gagné")).toBeVisible();
  await expect(page.getByLabel("Statut de Deux")).toHaveValue("gagné");
  await expect(bar).toBeHidden();

  await page.getByLabel(HOSTILE).first().check();
  await page.getByLabel("Cocher Un").check();
  await page.getByLabel("Cocher Trois").check();
  await bar.getByRole("button", { name: "Supprimer…" }).click();
  const question = page.getByRole("dialog", { name: "Supprimer 3 deals" });
  await expect(question).toContainText(HOSTILE);
  await unharmed(page);
  await question.getByRole("button", { name: "Supprimer ces deals" }).click();
  await expect(page.getByText("3 deals supprimés")).toBeVisible();
  await expect(page.locator("[data-tick]")).toHaveCount(1);
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.locator("[data-tick]")).toHaveCount(4);
});

const column = (page: Page, status: string) => page.locator(`[data-column="${status}"]`);

test("a card is moved with the arrow keys and with its select", async ({ page, program }) => {
  const [id] = await given(page, program.url, [{ client: "Cave du Port" }, { client: HOSTILE }]);
  await open(page, "/board");
  await unharmed(page);
  const card = page.locator(`#card-${id}`);
  await card.focus();
  await page.keyboard.press("ArrowRight");
  await expect(column(page, "qualifié")).toContainText("Cave du Port");
  await expect(page.getByRole("status").filter({ hasText: "Nouveau statut : qualifié" })).toBeVisible();
  await expect(card).toBeFocused();
  await expect(column(page, "qualifié")).toContainText("1\u202f000\u00a0€");
  await expect(column(page, "qualifié")).toContainText("300\u00a0€ pondérés");
  await page.getByLabel("Statut de Cave du Port").selectOption("perdu");
  await expect(column(page, "perdu")).toContainText("Cave du Port");
  await page.reload();
  await expect(column(page, "perdu")).toContainText("Cave du Port");
  await unharmed(page);
});

test("a card is dragged to another column", async ({ page, program, isMobile }) => {
  test.skip(isMobile, "fingers use the select of the card");
  const [id] = await given(page, program.url, [{ client: "Cave du Port" }]);
  await open(page, "/board");
  await page.locator("[data-card]", { has: page.locator(`#card-${id}`) }).dragTo(column(page, "négociation"));
  await expect(page.getByText("Nouveau statut : négociation")).toBeVisible();
  await expect(column(page, "négociation")).toContainText("1 deal");
  await page.reload();
  await expect(column(page, "négociation")).toContainText("Cave du Port");
});

test("keys help, but never while one types", async ({ page, program }) => {
  await given(page, program.url, [{ client: "A" }]);
  await open(page, "/");
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Raccourcis clavier" });
  await expect(list).toBeVisible();
  await unharmed(page);
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog", { name: "Nouveau deal" })).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await page.keyboard.press("/");
  const search = page.getByRole("searchbox");
  await expect(search).toBeFocused();
  await page.keyboard.type("n?/");
  await expect(search).toHaveValue("n?/");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await open(page, "/board");
  await page.keyboard.press("Control+n");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a view is kept under a name and dropped", async ({ page, program }) => {
  await given(page, program.url, [{ client: "Hier", statut: "perdu" }, { client: "Demain" }]);
  await open(page, "/?statut=perdu");
  await page.getByText("Vues", { exact: true }).click();
  await page.getByLabel("Nom de la vue").fill("Perdus");
  await page.getByRole("button", { name: "Enregistrer cette vue" }).click();
  await expect(page.getByText("Vue enregistrée")).toBeVisible();
  await open(page, "/");
  await page.getByText("Vues", { exact: true }).click();
  await unharmed(page);
  await page.getByRole("link", { name: "Perdus" }).click();
  await expect(row(page, "Demain")).toHaveCount(0);
  await expect(page).toHaveURL(/statut=perdu/);
  await page.goto("/");
  await page.getByText("Vues", { exact: true }).click();
  await page.getByRole("button", { name: "Supprimer la vue Perdus" }).click();
  await expect(page.getByText("Vue supprimée")).toBeVisible();
});

test("everything works without script", async ({ browser, program, page }) => {
  const [id] = await given(page, program.url, [{ client: HOSTILE }]);
  const context = await browser.newContext({ baseURL: program.url, locale: "fr-FR", javaScriptEnabled: false });
  const still = await context.newPage();
  await still.goto("/deals/new");
  await still.getByLabel("Client").fill("Sans script");
  await still.getByLabel("Montant brut").fill("12,50");
  await still.getByRole("button", { name: "Créer le deal" }).click();
  await expect(still.getByText("Deal créé")).toBeVisible();
  await still.goto("/board");
  await still.getByLabel("Statut de Sans script").selectOption("gagné");
  await still.locator("[data-card]", { hasText: "Sans script" }).getByRole("button", { name: "Changer" }).click();
  await expect(still).toHaveURL(/\/board\?notice=/);
  await expect(still.locator('[data-column="gagné"]')).toContainText("Sans script");
  await still.goto(`/deals/${id}/delete`);
  await still.getByRole("button", { name: "Supprimer le deal" }).click();
  await still.getByRole("button", { name: "Annuler" }).click();
  await expect(still.getByText("1 deal rétabli")).toBeVisible();
  await context.close();
});
