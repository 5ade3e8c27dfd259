// The dashboard: every filter, order and page is an address, and shows without a page load.
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, open, test } from "./program";
import { sound } from "./sound";

/** A day counted from today, by the clock of this machine, as the API writes it. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv-SE");

const DEALS = [
  ["Élan Conseil", "prospect", 1000, "Conseil", "Zoé", inDays(-12)],
  ["Bœuf & Cie", "qualifié", 2000, "Agro", "Ali", inDays(-3)],
  ["Cordier", "négociation", 3000.5, "Agro", "Zoé", inDays(9)],
  ["Dupont <b>", "gagné", 4000, "Conseil", "Ali", inDays(40)],
  ["École du Parc", "gagné - en cours", 5000, "Éducation", "Zoé", null],
  ["Fermes réunies", "perdu", 6000, "Agro", null, null],
] as const;

async function fill(request: APIRequestContext) {
  for (const [client, statut, montant_brut, secteur, assignee, date_echeance] of DEALS) {
    const data = { client, statut, montant_brut, secteur, assignee, date_echeance };
    expect((await request.post("/api/deals", { data })).status()).toBe(201);
  }
}

const clients = (page: Page) => page.locator(".deals-table tbody th").allInnerTexts();

test("nothing yet: the two ways to a first deal, and an example", async ({ page }) => {
  await open(page, "/");
  await expect(page.getByText("Aucun deal. Importez un CSV ou créez un deal manuellement.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Importer un CSV" })).toHaveAttribute("href", "/deals/import");
  await expect(page.getByRole("link", { name: "Créer un deal" })).toHaveAttribute("href", "/deals/new");
  await expect(page.getByRole("link", { name: "Télécharger un exemple" })).toHaveAttribute("href", "/exemple-deals.csv");
  await sound(page);
});

test("figures, deadlines and charts tell of all deals", async ({ page, request }) => {
  await fill(request);
  await open(page, "/");
  const figures = page.locator("#figures");
  await expect(figures).toContainText(/11\u202f800,35\u00a0€/);
  await expect(figures).toContainText(/3\u202f500,08\u00a0€/);
  await expect(figures).toContainText("33,3\u00a0%");
  await expect(figures).toContainText("2\u00a0gagnés");
  await expect(page.getByText(/Le plus urgent\s: Élan Conseil/)).toContainText("en retard de 12 jours");
  await expect(page.getByText("66,7\u00a0% des deals ont une échéance.")).toBeVisible();

  for (const [name, row] of [
    ["Montant par secteur", /Agro.*11\s000,50\s€/],
    ["Cinq plus gros paniers", /Fermes réunies.*6\s000\s€/],
    ["Performance par responsable", /Ali.*50\s%/],
  ] as const) {
    const card = page.getByRole("region", { name, exact: true }).first();
    await expect(card.getByRole("img", { name })).toBeVisible();
    await card.getByText("Voir les chiffres").click();
    await expect(card.getByRole("row", { name: row })).toBeVisible();
  }
  await sound(page);
});

test("filters are an address, shared or pressed", async ({ page, request }) => {
  await fill(request);
  await page.goto("/?statut=gagné&statut=gagné - en cours&sort=client");
  expect(await clients(page)).toEqual(["Dupont <b>", "École du Parc"]);
  await open(page, page.url());
  await expect(page.getByRole("checkbox", { name: "gagné", exact: true })).toBeChecked();

  await page.getByRole("link", { name: "Retirer le filtre gagné - en cours" }).click();
  await expect(page.locator("#found")).toHaveText("1\u00a0deal");
  expect(await clients(page)).toEqual(["Dupont <b>"]);
  await expect(page.getByRole("checkbox", { name: "gagné - en cours" })).not.toBeChecked();

  await page.getByRole("checkbox", { name: "perdu" }).check({ force: true });
  await expect(page.locator("#found")).toHaveText("2\u00a0deals");
  expect(new URL(page.url()).searchParams.getAll("statut")).toEqual(["gagné", "perdu"]);
  await expect(page.getByRole("checkbox", { name: "perdu" })).toBeFocused();
  await page.reload();
  expect(await clients(page)).toEqual(["Dupont <b>", "Fermes réunies"]);
  await page.goBack();
  await expect(page.locator("#found")).toHaveText("1\u00a0deal");

  await page.getByText("Secteur", { exact: true }).first().click();
  await page.getByRole("checkbox", { name: "Agro" }).check();
  await expect(page.getByText("Aucun deal ne correspond")).toBeVisible();
  await page.locator("#list").getByRole("link", { name: "Effacer les filtres" }).click();
  await expect(page.locator("#found")).toHaveText("6\u00a0deals");
  expect(new URL(page.url()).search).toBe("");
});

test("words are found without their accents, while they are typed", async ({ page, request }) => {
  await fill(request);
  await open(page, "/");
  const field = page.getByLabel("Rechercher un deal");
  await field.pressSequentially("ecole");
  await expect(page.locator("#found")).toHaveText("1\u00a0deal");
  expect(await clients(page)).toEqual(["École du Parc"]);
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("ecole");
  await expect(page).toHaveURL(/\?q=ecole$/);
  await page.goBack();
  await expect(page.locator("#found")).toHaveText("6\u00a0deals");
  await expect(page).toHaveURL(/\/$/);
});

test("headings sort, and again the other way round", async ({ page, request, isMobile }) => {
  test.skip(isMobile, "cards have no headings");
  await fill(request);
  await open(page, "/");
  await page.getByRole("link", { name: "Montant", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Montant" })).toHaveAttribute("aria-sort", "descending");
  expect((await clients(page))[0]).toBe("Fermes réunies");
  await expect(page.locator("#sort-montant_brut")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Montant" })).toHaveAttribute("aria-sort", "ascending");
  expect((await clients(page))[0]).toBe("Élan Conseil");
  await expect(page).toHaveURL(/sort=-montant_brut$/);
});

test("a long list has pages", async ({ page, request }) => {
  for (let n = 1; n <= 51; n++) {
    await request.post("/api/deals", { data: { client: `Client ${String(n).padStart(3, "0")}`, montant_brut: n } });
  }
  await open(page, "/?sort=client");
  await expect(page.locator(".deals-table tbody tr")).toHaveCount(50);
  await page.getByRole("link", { name: "Suivants" }).click();
  await expect(page.locator(".deals-table tbody tr")).toHaveCount(1);
  expect(await clients(page)).toEqual(["Client 051"]);
  await expect(page).toHaveURL(/sort=client&page=2$/);
});

test("what if amounts changed: told without a request", async ({ page, request }) => {
  await fill(request);
  await open(page, "/");
  const card = page.getByRole("region", { name: "Et si les montants changeaient" });
  await expect(card.locator("[data-of=pipeline]")).toHaveText("11\u202f800,35\u00a0€");
  const asked: string[] = [];
  page.on("request", (one) => asked.push(one.url()));
  await card.getByRole("slider").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(card.locator("output")).toHaveText("+10\u00a0%");
  await expect(card.locator("[data-of=pipeline]")).toHaveText("12\u202f980,39\u00a0€");
  await expect(card.locator("[data-of=basket]")).toHaveText("3\u202f850,09\u00a0€");
  await page.keyboard.press("Home");
  await expect(card.locator("[data-of=pipeline]")).toHaveText("5\u202f900,18\u00a0€");
  expect(asked).toEqual([]);
});

test("without script every filter is a form, and the slider is not there", async ({ browser, program, request }) => {
  await fill(request);
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-GB", baseURL: program.url });
  const page = await context.newPage();
  await page.goto("/");
  await expect(page.getByText("Average deal").first()).toBeVisible();
  await expect(page.getByRole("slider")).toHaveCount(0);
  await page.getByLabel("Search for a deal").fill("cordier");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page.locator(".deals-table tbody tr")).toHaveCount(1);
  await expect(page.locator(".deals-table")).toContainText("€3,000.50");
  await context.close();
});

for (const scheme of ["light", "dark"] as const) {
  test(`no barrier, and nothing wider than a narrow screen: ${scheme}`, async ({ page, request }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await fill(request);
    await open(page, "/?statut=prospect&statut=qualifié&q=e");
    await sound(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await sound(page);
  });
}
