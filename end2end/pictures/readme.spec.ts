import { test, tryWithoutAccount } from "../tests/program";

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
  });

  test(`pictures of sources: ${scheme}`, async ({ page }) => {
    const width = page.viewportSize()?.width;
    const picture = (name: string) => `../docs/screenshots/${name}-${width}-${scheme}.png`;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto("/connectors?tab=sources");
    await page.getByRole("button", { name: "Essayer avec des fichiers d'exemple" }).click();
    await page.getByRole("button", { name: "Sync", exact: true }).click();
    await page.getByRole("dialog").getByRole("row", { name: /SALES_LINES/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.screenshot({ path: picture("source"), fullPage: true });
    await page.goto("/connectors/isavigne_exemple/quality");
    await page.screenshot({ path: picture("quality") });
    await page.goto("/connectors?tab=sources");
    await page.screenshot({ path: picture("sources"), fullPage: true });
    await page.goto("/connectors/new?type=isavigne");
    await page.screenshot({ path: picture("new-source"), fullPage: true });
  });
}
