// Who may enter: from a machine of one's own to accounts, sessions and tokens.
import type { Page } from "@playwright/test";
import { expect, test } from "./program";
import { sound } from "./sound";

const PASSWORD = "une phrase assez longue";

async function logIn(page: Page, name = "") {
  await page.getByLabel("Nom").fill(name);
  await page.getByLabel("Mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Se connecter" }).click();
}

/** Protects the access, as the owner who reads the console. */
async function protect(page: Page, setupCode: () => string) {
  await page.goto("/");
  await page.getByRole("contentinfo").getByRole("link", { name: "Accès" }).click();
  await expect(page.getByRole("heading", { name: "Protéger l'accès" })).toBeVisible();
  await sound(page);
  await page.getByLabel("Code d'installation").fill(setupCode());
  await page.getByLabel("Mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Protéger l'accès" }).click();
  await expect(page.getByText("L'accès est protégé")).toBeVisible();
}

test("the access is protected, left, entered again and watched over", async ({ page, program, browser }) => {
  await protect(page, program.setupCode);
  await sound(page);
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page.getByText("Vous êtes déconnecté")).toBeVisible();
  await sound(page);

  // A page that was asked for is found again after the login.
  await page.goto("/webhooks");
  await expect(page).toHaveURL(/\/login\?next=%2Fwebhooks$/);
  await logIn(page);
  await expect(page).toHaveURL(/\/webhooks$/);

  const other = await browser.newContext({ baseURL: program.url, locale: "fr-FR" });
  const far = await other.newPage();
  await far.goto("/access");
  await logIn(far);
  await expect(far.getByRole("heading", { name: "Vos sessions" })).toBeVisible();

  await page.goto("/access");
  const sessions = page.locator("#sessions li");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "Celle-ci" })).toHaveCount(1);
  await sessions.filter({ hasNotText: "Celle-ci" }).getByRole("button", { name: "Fermer" }).click();
  await expect(page.getByText("cet accès est fermé")).toBeVisible();
  await expect(sessions).toHaveCount(1);
  await far.reload();
  await expect(far).toHaveURL(/\/login/);
  await other.close();
});

test("a token is made, used and revoked", async ({ page, program, request }) => {
  await protect(page, program.setupCode);
  await page.getByRole("link", { name: "Jetons" }).click();
  await page.getByLabel("Nom").fill("Tableau de bord");
  await page.getByLabel("Lire", { exact: true }).check();
  await page.getByRole("button", { name: "Créer" }).click();
  const token = (await page.locator("#secret").innerText()).trim();
  expect(token).toMatch(/^psr_[0-9a-f]{72}$/);
  await sound(page);
  const asked = (url: string) =>
    page.evaluate(
      async ([url, token]) => {
        const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, credentials: "omit" });
        return answer.status;
      },
      [url, token],
    );
  expect(await asked("/api/deals")).toBe(200);
  const write = await request.post(`${program.url}/api/deals`, {
    headers: { Authorization: `Bearer ${token}` },
    data: { client: "A", montant_brut: 1 },
  });
  expect(write.status()).toBe(403);

  await page.goto("/access/tokens");
  await expect(page.locator("#secret")).toHaveCount(0);
  await page.getByRole("button", { name: "Révoquer" }).click();
  await expect(page.getByText("Aucun jeton pour le moment.")).toBeVisible();
  const revoked = await request.get(`${program.url}/api/deals`, { headers: { Authorization: `Bearer ${token}` } });
  expect(revoked.status()).toBe(401);
});

test("a member is invited, sees, may not change, and is removed", async ({ page, program, browser }) => {
  await protect(page, program.setupCode);
  await page.getByRole("link", { name: "Membres" }).click();
  await page.getByLabel("Nom ou adresse e-mail").fill("camille@example.com");
  await page.locator("#field-role").selectOption("viewer");
  await page.getByRole("button", { name: "Inviter" }).click();
  const link = (await page.locator("#secret").innerText()).trim();
  await sound(page);

  const other = await browser.newContext({ baseURL: program.url, locale: "fr-FR" });
  const camille = await other.newPage();
  await camille.goto(link);
  await expect(camille.getByText("sous le nom camille@example.com")).toBeVisible();
  await camille.getByLabel("Mot de passe").fill(PASSWORD);
  await camille.getByRole("button", { name: "Entrer" }).click();
  await expect(camille.getByRole("heading", { name: "Deals" })).toBeVisible();
  await camille.goto("/access");
  await expect(camille.getByRole("link", { name: "Membres" })).toHaveCount(0);
  const created = await camille.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/deals", { method: "POST", headers, body: '{"client":"A","montant_brut":1}' });
    return answer.status;
  });
  expect(created).toBe(403);

  await page.goto("/access/members");
  await page.getByRole("listitem").filter({ hasText: "camille@example.com" }).getByRole("link", { name: "Retirer" }).click();
  await sound(page);
  await page.getByRole("button", { name: "Retirer ce membre" }).click();
  await expect(page.getByText("Membre retiré")).toBeVisible();
  await camille.goto("/");
  await expect(camille).toHaveURL(/\/login/);
  await other.close();

  await page.getByRole("link", { name: "Journal" }).click();
  for (const words of ["Accès protégé", "Membre invité", "Invitation acceptée", "Membre retiré"]) {
    await expect(page.getByRole("cell", { name: words })).toBeVisible();
  }
  await sound(page);
});
