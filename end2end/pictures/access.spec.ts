import { test } from "../tests/program";

for (const scheme of ["light", "dark"] as const) {
  test(`pictures of access: ${scheme}`, async ({ page, program }) => {
    const width = page.viewportSize()?.width;
    const picture = (name: string) => `../docs/screenshots/${name}-${width}-${scheme}.png`;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto("/access");
    await page.screenshot({ path: picture("protect"), fullPage: true });
    await page.getByLabel("Code d'installation").fill(program.setupCode());
    await page.getByLabel("Mot de passe").fill("une phrase assez longue");
    await page.getByRole("button", { name: "Protéger l'accès" }).click();
    await page.getByText("L'accès est protégé").waitFor();
    await page.goto("/access");
    await page.screenshot({ path: picture("access"), fullPage: true });
    await page.getByRole("link", { name: "Membres" }).click();
    await page.screenshot({ path: picture("members"), fullPage: true });
    await page.getByRole("link", { name: "Jetons" }).click();
    await page.screenshot({ path: picture("tokens"), fullPage: true });
  });
}
