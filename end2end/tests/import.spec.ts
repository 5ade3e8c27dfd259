// A file of deals: chosen or dropped, looked at, read another way, imported; and out again.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "./program";
import { sound } from "./sound";

const EXAMPLE = fileURLToPath(new URL("../../public/exemple-deals.csv", import.meta.url));

/** A number of the summary, by its name. */
const figure = (page: Page, name: string) =>
  page.locator("[data-plan] .figure", { hasText: name }).getByRole("definition");

test("the example is checked, read another way, imported, and comes out again", async ({ page }) => {
  await page.goto("/deals/import");
  await sound(page);
  await page.getByLabel("Fichier CSV").setInputFiles(EXAMPLE);
  await page.getByRole("button", { name: "Vérifier le fichier" }).click();

  await expect(page.getByRole("heading", { name: "Vérifier le fichier" })).toBeVisible();
  await expect(figure(page, "À créer")).toHaveText("22");
  await expect(figure(page, "Refusées")).toHaveText("0");
  await expect(page.getByRole("region", { name: "Premières lignes" }).getByRole("row")).toHaveCount(21);
  await expect(page.getByLabel("Séparateur")).toHaveValue("");
  await sound(page);

  // Without an amount nothing can be imported; given back, all of it can.
  await page.getByLabel("Montant Deal").selectOption({ label: "Ne pas importer" });
  await page.getByRole("button", { name: "Relire le fichier ainsi" }).click();
  await expect(page.getByText("ne peut pas encore être importé")).toBeVisible();
  await expect(page.getByRole("button", { name: "Importer", exact: true })).toHaveCount(0);
  await page.getByLabel("Montant Deal").selectOption({ label: "Montant brut" });
  await page.getByLabel("Tags").selectOption({ label: "Ne pas importer" });
  await page.getByRole("button", { name: "Relire le fichier ainsi" }).click();
  await expect(figure(page, "À créer")).toHaveText("22");

  await page.getByRole("button", { name: "Importer", exact: true }).click();
  await expect(page.getByRole("heading", { name: /^Import depuis un fichier CSV/ })).toBeVisible();
  await expect(page.locator(".badge", { hasText: "Réussi" }).or(page.getByText("Terminé")).first()).toBeVisible();
  await expect(page.locator("#changes").getByText("Champagne Aurélien Roy")).toBeVisible();
  await sound(page);

  const sheet = await page.request.get("/deals/export.csv");
  const lines = (await sheet.text()).split("\r\n");
  expect(lines[0]).toBe("\ufeffClient;Statut;Montant brut;Secteur;Date d'échéance;Responsable;Notes");
  expect(lines.some((line) => line.startsWith("Agence Millésime;gagné;11250,75;;28/10/2026;"))).toBe(true);

  // It was the wrong file: what it created goes in one go, and comes back.
  await page.getByRole("link", { name: "Supprimer les 22 deals créés" }).click();
  await expect(page.getByRole("heading", { name: "Supprimer les deals créés par cet import" })).toBeVisible();
  await sound(page);
  await page.getByRole("button", { name: "Supprimer ces deals" }).click();
  await expect(page.getByText("22 deals supprimés")).toBeVisible();
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByText("22 deals rétablis")).toBeVisible();
});

test("a file is dropped, and one that is no CSV is told on the spot", async ({ page, complaints }) => {
  await page.goto("/deals/import");
  const drop = async (name: string, bytes: number[]) => {
    const files = await page.evaluateHandle(
      ({ name, bytes }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], name, { type: "text/csv" }));
        return transfer;
      },
      { name, bytes },
    );
    await page.dispatchEvent("[data-zone]", "drop", { dataTransfer: files });
  };
  await drop("classeur.csv", [0x50, 0x4b, 3, 4]);
  await expect(page.getByRole("alert").getByText("classeur Excel")).toBeVisible();
  await expect(page).toHaveURL(/\/deals\/import$/);
  expect(complaints.splice(0)).toEqual([expect.stringContaining("422")]);
  await sound(page);
  await drop("exemple-deals.csv", [...readFileSync(EXAMPLE)]);
  await expect(figure(page, "À créer")).toHaveText("22");
  await page.getByRole("button", { name: "Abandonner ce fichier" }).click();
  await expect(page.getByRole("heading", { name: "Importer des deals" })).toBeVisible();
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("a file is chosen, checked and imported", async ({ page }) => {
    await page.goto("/deals/import");
    await page.getByLabel("Fichier CSV").setInputFiles(EXAMPLE);
    await page.getByRole("button", { name: "Vérifier le fichier" }).click();
    await expect(figure(page, "À créer")).toHaveText("22");
    await page.getByRole("button", { name: "Importer", exact: true }).click();
    await expect(page.getByRole("heading", { name: /^Import depuis un fichier CSV/ })).toBeVisible();
  });
});
