// For everyone: accessible in both languages and themes, and never wider than the screen.
import { expect, open, test, tryWithoutAccount } from "./program";
import { accessible } from "./sound";

for (const scheme of ["light", "dark"] as const) {
  for (const language of ["fr", "en"] as const) {
    test(`no barrier: ${scheme}, ${language}`, async ({ page, program, context }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await tryWithoutAccount(page);
      await page.getByRole("button", { name: "Importer depuis Airtable" }).click();
      await expect(page.getByText("24 créés")).toBeVisible();
      await context.addCookies([{ name: "lang", value: language, url: program.url }]);
      for (const path of ["/", "/connectors", "/connectors?tab=notion"]) {
        await open(page, path);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await accessible(page);
      }
    });
  }
}

test("nothing is wider than a narrow screen", async ({ page }) => {
  await tryWithoutAccount(page);
  await page.getByRole("button", { name: "Importer depuis Airtable" }).click();
  await expect(page.getByText("24 créés")).toBeVisible();
  await page.setViewportSize({ width: 320, height: 700 });
  for (const path of ["/", "/connectors", "/connectors?tab=notion"]) {
    await open(page, path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(320);
  }
});

test("the language can be changed", async ({ page }) => {
  await open(page, "/connectors");
  await page.getByRole("button", { name: "English" }).or(page.getByRole("link", { name: "English" })).first().click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("button", { name: /Import from Airtable/ })).toBeVisible();
});
