// Drives the simulator with airtable.js, Airtable's own client.
//
// Usage: node check_airtable.mjs TOLD   (a file with what a simulator printed)

import assert from "node:assert/strict";

import { report, require, told } from "./checks.mjs";

const Airtable = require("airtable");

const { "listening on": url, token } = told(process.argv[2]);
const check = report("airtable.js");
const connect = (apiKey) => new Airtable({ endpointUrl: url, apiKey, noRetryIfRateLimited: true });
const base = connect(token).base("appPasserelleDemo");
const deals = base("Deals");

async function refused(promise, status, kind) {
  const error = await promise.then(
    () => assert.fail("was not refused"),
    (error) => error,
  );
  assert.equal(error.statusCode, status, String(error));
  assert.equal(error.error, kind);
}

await check("select eachPage", async () => {
  const sizes = [];
  await deals.select({ pageSize: 10 }).eachPage((records, next) => {
    sizes.push(records.length);
    next();
  });
  assert.deepEqual(sizes, [10, 10, 4]);
});

await check("select with fields, sort, filter and maxRecords", async () => {
  const records = await deals
    .select({
      fields: ["Name", "Amount"],
      sort: [{ field: "Amount", direction: "desc" }],
      filterByFormula: "NOT({Status} = 'Lost')",
      maxRecords: 2,
    })
    .all();
  assert.deepEqual(records.map((record) => record.get("Amount")), [87500, 72480.25]);
  assert.equal(records[0].get("Status"), undefined);
});

await check("select firstPage by POST", async () => {
  const records = await deals.select({ method: "post", pageSize: 5, fields: ["Name"] }).firstPage();
  assert.equal(records.length, 5);
});

await check("select by field id", async () => {
  const [record] = await deals.select({ returnFieldsByFieldId: true, maxRecords: 1 }).all();
  assert.ok(Object.keys(record.fields).every((key) => key.startsWith("fld")));
});

await check("find", async () => {
  const [first] = await deals.select({ maxRecords: 1 }).all();
  assert.deepEqual((await deals.find(first.id)).fields, first.fields);
});

await check("create, update, replace, destroy", async () => {
  const one = await deals.create({ Name: "Seul", Amount: 1.5 });
  assert.equal(one.get("Amount"), 1.5);
  const many = await deals.create([{ fields: { Name: "Un" } }, { fields: { Name: "Deux", Amount: 2 } }]);
  const [changed] = await deals.update([{ id: many[1].id, fields: { Notes: "Vu" } }]);
  assert.deepEqual([changed.get("Amount"), changed.get("Notes")], [2, "Vu"]);
  const replaced = await deals.replace(many[1].id, { Name: "Deux" });
  assert.equal(replaced.get("Amount"), undefined);
  const gone = await deals.destroy([one.id, ...many.map((record) => record.id)]);
  assert.equal(gone.length, 3);
  assert.equal((await deals.select().all()).length, 24);
});

await check("create with typecast", async () => {
  const record = await deals.create({ Name: "Typé", Amount: "12.5" }, { typecast: true });
  assert.equal(record.get("Amount"), 12.5);
  await deals.destroy(record.id);
});

await check("refusals", async () => {
  await refused(connect("patNobody").base("appPasserelleDemo")("Deals").select().all(), 401, "AUTHENTICATION_REQUIRED");
  await refused(base("Nowhere").select().all(), 403, "NOT_AUTHORIZED");
  await refused(deals.find("recXXXXXXXXXXXXXX"), 404, "NOT_FOUND");
  await refused(deals.create({ Nope: 1 }), 422, "UNKNOWN_FIELD_NAME");
  await refused(deals.create(Array.from({ length: 11 }, () => ({ fields: {} }))), 422, "INVALID_RECORDS");
});
