import { open, test } from "../tests/program";

for (const scheme of ["light", "dark"] as const) {
  test(`pictures of deals: ${scheme}`, async ({ page }) => {
    const width = page.viewportSize()?.width;
    const picture = (name: string) => `../docs/screenshots/${name}-${width}-${scheme}.png`;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto("/deals/import");
    await page.getByLabel("Fichier CSV").setInputFiles("../public/exemple-deals.csv");
    await page.getByRole("button", { name: "Vérifier le fichier" }).click();
    await page.getByRole("button", { name: /^Importer/ }).waitFor();
    await page.screenshot({ path: picture("import"), fullPage: true });
    await page.getByRole("button", { name: /^Importer/ }).click();
    await page.getByText("Ce qui a changé").waitFor();
    await open(page, "/");
    await page.screenshot({ path: picture("deals") });
    await page.screenshot({ path: picture("dashboard"), fullPage: true });
    await open(page, "/board");
    await page.screenshot({ path: picture("board") });
    await open(page, "/");
    await page.locator("[data-opens]").first().click();
    await page.getByRole("dialog").waitFor();
    await page.screenshot({ path: picture("edit-deal") });
    await page.keyboard.press("Escape");
    await page.locator(".deals-table__client a").first().click();
    await page.getByText("Historique").waitFor();
    await page.screenshot({ path: picture("deal") });
  });
}
