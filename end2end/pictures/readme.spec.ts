import { open, test, tryWithoutAccount } from "../tests/program";

for (const scheme of ["light", "dark"] as const) {
  test(`pictures: ${scheme}`, async ({ page }) => {
    const width = page.viewportSize()?.width;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await tryWithoutAccount(page);
    await page.getByRole("button", { name: "Importer depuis Airtable" }).click();
    await page.getByText("24 créés").waitFor();
    await page.screenshot({ path: `../docs/screenshots/connectors-${width}-${scheme}.png`, fullPage: true });
    await page.getByRole("link", { name: "Voir le détail" }).first().click();
    await page.getByText("Ce qui a changé").waitFor();
    await page.screenshot({ path: `../docs/screenshots/run-${width}-${scheme}.png` });
    await open(page, "/");
    await page.screenshot({ path: `../docs/screenshots/deals-${width}-${scheme}.png` });
  });
}
