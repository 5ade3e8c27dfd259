// Drives the simulator with pipedrive, Pipedrive's own client for Node.
//
// Usage: node check_pipedrive.mjs TOLD   (a file with what a simulator printed)

import assert from "node:assert/strict";

import { report, require, told } from "./checks.mjs";

const v1 = require("pipedrive/v1");
const v2 = require("pipedrive/v2");

const facts = told(process.argv[2]);
const url = facts["listening on"];
const at = (api, version, access) => new api.Configuration({ basePath: `${url}/api/${version}`, ...access });
const config = at(v2, "v2", { apiKey: facts.token });
const deals = new v2.DealsApi(config);
const persons = new v2.PersonsApi(config);
const check = report("pipedrive");

/** The client throws the body of a refusal, and nothing of its status. */
async function refused(promise, words) {
  const refusal = await promise.then(
    () => assert.fail("was not refused"),
    (body) => body,
  );
  assert.equal(refusal.success, false, String(refusal));
  assert.match(refusal.error, words);
}

async function all(list) {
  const found = [];
  let cursor;
  do {
    const page = await list({ limit: 10, cursor });
    found.push(...page.data);
    cursor = page.additional_data.next_cursor;
  } while (cursor);
  return found;
}

await check("who am I", async () => {
  const me = await new v1.UsersApi(at(v1, "v1", { apiKey: facts.token })).getCurrentUser();
  assert.equal(me.data.company_domain, facts.company);
});

await check("users", async () => {
  const users = await new v1.UsersApi(at(v1, "v1", { apiKey: facts.token })).getUsers();
  assert.equal(users.data.length, 3);
});

await check("fields with their options", async () => {
  const fields = await all((page) => new v2.DealFieldsApi(config).getDealFields(page));
  const sector = fields.find((field) => field.field_name === "Secteur");
  assert.ok(sector.is_custom_field && sector.field_code.length === 40);
  assert.ok(sector.options.some((option) => option.label === "Viticulture"));
});

await check("pipelines and stages", async () => {
  const [pipeline] = (await new v2.PipelinesApi(config).getPipelines()).data;
  const stages = (await new v2.StagesApi(config).getStages()).data;
  assert.ok(stages.length === 4 && stages.every((stage) => stage.pipeline_id === pipeline.id));
});

await check("a list over pages", async () => {
  const found = await all((page) => deals.getDeals(page));
  assert.equal(new Set(found.map((deal) => deal.id)).size, 24);
});

await check("filters and order", async () => {
  const lost = await deals.getDeals({ status: "lost", sort_by: "add_time", sort_direction: "desc" });
  assert.ok(lost.data.length === 3 && lost.data.every((deal) => deal.lost_time !== null));
  const some = await deals.getDeals({ ids: "2,1" });
  assert.deepEqual(some.data.map((deal) => deal.id), [1, 2]);
});

await check("a deal from its first day to its last", async () => {
  const made = await deals.addDeal({ AddDealRequest: { title: "Cave du Port", value: 12.5, person_id: 1 } });
  const { id } = made.data;
  assert.equal(made.data.status, "open");
  const won = await deals.updateDeal({ id, UpdateDealRequest: { status: "won" } });
  assert.ok(won.data.won_time);
  assert.equal((await deals.getDeal({ id })).data.value, 12.5);
  assert.deepEqual((await deals.deleteDeal({ id })).data, { id });
  await refused(deals.getDeal({ id }), /Deal not found/);
});

await check("a person with addresses", async () => {
  const emails = [{ value: "a@example.com", primary: true, label: "work" }];
  const made = await persons.addPerson({ AddPersonRequest: { name: "Ann Lee", emails } });
  assert.deepEqual(made.data.emails, emails);
  await persons.deletePerson({ id: made.data.id });
});

await check("a search by exact name", async () => {
  const found = await persons.searchPersons({ term: "hélène roussel", fields: "name", exact_match: true });
  assert.equal(found.data.items[0].item.name, "Hélène Roussel");
});

await check("refusals", async () => {
  await refused(deals.addDeal({ AddDealRequest: { title: "A", stage_id: 9_999 } }), /stage_id/);
  await refused(deals.getDeals({ limit: 501 }), /limit/);
  const nobody = new v2.DealsApi(at(v2, "v2", { apiKey: "another" }));
  await refused(nobody.getDeals(), /unauthorized access/);
  const reader = new v2.DealsApi(at(v2, "v2", { accessToken: facts["read-only OAuth token"] }));
  assert.equal((await reader.getDeals({ limit: 1 })).data.length, 1);
  await refused(reader.addDeal({ AddDealRequest: { title: "A" } }), /Scope and URL mismatch/);
});

await check("tokens for a refresh token", async () => {
  const oauth2 = new v2.OAuth2Configuration({
    clientId: facts.client_id,
    clientSecret: facts.client_secret,
    redirectUri: "http://127.0.0.1/",
    host: url,
  });
  oauth2.updateToken({ refresh_token: facts.refresh_token });
  const token = await oauth2.tokenRefresh();
  assert.equal(token.api_domain, url);
  const granted = new v2.DealsApi(at(v2, "v2", { accessToken: token.access_token }));
  assert.equal((await granted.getDeals({ limit: 1 })).data.length, 1);
});
