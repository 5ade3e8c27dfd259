import { test as base } from "../tests/program";
import { simulate, type Simulator } from "../tests/simulator";

const test = base.extend<{ rest: Simulator; hubspot: Simulator }>({
  rest: async ({}, use) => {
    const rest = await simulate("rest");
    await use(rest);
    await rest.stop();
  },
  hubspot: async ({}, use) => {
    const hubspot = await simulate("hubspot", []);
    await use(hubspot);
    await hubspot.stop();
  },
  settings: async ({ rest, hubspot }, use) => use({
      REST_API_API_URL: rest.url,
      HUBSPOT_API_URL: hubspot.url,
      PASSERELLE_PUBLIC_URL: "https://crm.example.com",
    }),
});

for (const scheme of ["light", "dark"] as const) {
  test(`pictures of connections: ${scheme}`, async ({ page, rest, hubspot }) => {
    const width = page.viewportSize()?.width;
    const picture = (name: string) => `../docs/screenshots/${name}-${width}-${scheme}.png`;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto("/connections/new?type=rest_api");
    await page.getByLabel("Nom de la connexion").fill("Clients de la boutique");
    await page.locator("#field-url").fill("https://api.example.com/page");
    await page.locator("#field-auth_type").selectOption("bearer");
    await page.locator("#field-token").fill(rest.told.token);
    await page.locator("#field-data_path").fill("data");
    await page.locator("#field-paging").selectOption("page");
    await page.locator("#field-size_param").fill("per_page");
    await page.locator("#field-page_size").fill("100");
    await page.locator("#connection-form").getByRole("button", { name: "Tester" }).click();
    await page.getByText("Connexion OK").waitFor();
    await page.screenshot({ path: picture("new-connection"), fullPage: true });
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Connexion enregistrée").waitFor();
    await page.getByRole("button", { name: "Synchroniser" }).click();
    await page.getByRole("dialog").getByText("Synchronisation réussie").waitFor();
    await page.keyboard.press("Escape");
    await page.screenshot({ path: picture("connection"), fullPage: true });
    await page.goto("/connections/new?type=hubspot");
    await page.getByLabel("Nom de la connexion").fill("Ventes HubSpot");
    await page.locator("#field-access_token").fill(hubspot.told.token);
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Connexion enregistrée").waitFor();
    await page.goto("/connections/2?tab=mapping");
    await page.screenshot({ path: picture("stages"), fullPage: true });
    await page.goto("/connections/2?tab=schedule");
    await page.getByRole("button", { name: "Activer" }).click();
    await page.getByLabel("Adresse à copier dans le service").waitFor();
    await page.locator("#hints").screenshot({ path: picture("hints") });
    await page.goto("/connections");
    await page.screenshot({ path: picture("connections"), fullPage: true });
    await page.goto("/datasets");
    await page.getByRole("link", { name: "Clients de la boutique" }).first().click();
    await page.screenshot({ path: picture("dataset") });
  });
}
