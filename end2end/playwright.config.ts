import { defineConfig, devices } from "@playwright/test";

/** Debian's Chromium; the sandbox of the browser does not work as root. */
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

const common = { launchOptions, locale: "fr-FR", timezoneId: "Europe/Paris" };

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  projects: [
    { name: "desktop", use: { ...common, viewport: { width: 1280, height: 900 } } },
    {
      name: "phone",
      use: {
        ...common,
        viewport: { width: 375, height: 812 },
        hasTouch: true,
        isMobile: true,
        userAgent: devices["Pixel 7"].userAgent,
      },
    },
  ],
});
