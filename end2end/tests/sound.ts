// What every page must hold, whoever looks at it.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing makes the page scroll sideways. */
export async function fits(page: Page) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, page.url()).toBeLessThanOrEqual(page.viewportSize()!.width);
}

/** No barrier for anyone. */
export async function accessible(page: Page) {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const barriers = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary} ${node.html}`));
  expect(barriers, page.url()).toEqual([]);
}

/** The page can be used by everyone and is no wider than the window. */
export async function sound(page: Page) {
  await accessible(page);
  await fits(page);
}

/** The page stands as it will be seen: halfway through a fade, colours have no contrast. */
async function settled(page: Page) {
  await page.waitForLoadState("load");
  await page.evaluate(() => {
    const passing = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(passing.map((one) => one.finished.catch(() => undefined)));
  });
}
