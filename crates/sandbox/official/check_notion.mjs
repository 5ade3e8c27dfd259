// Drives the simulator with @notionhq/client, Notion's own client.
//
// Usage: node check_notion.mjs TOLD   (a file with what a simulator printed)

import assert from "node:assert/strict";

import { report, require, told } from "./checks.mjs";

const {
  APIResponseError, Client, LogLevel, collectAllDataSourceRows, collectPaginatedAPI, isFullDatabase,
  isFullDataSource, isFullPage, isFullUser,
} = require("@notionhq/client");

const facts = told(process.argv[2]);
const { "data source": deals, database, "data source of every type": everything } = facts;
const connect = (auth, notionVersion = "2026-03-11") =>
  new Client({ auth, baseUrl: facts["listening on"], notionVersion, retry: false, logLevel: LogLevel.ERROR });
const notion = connect(facts.token);
const check = report("@notionhq/client");

const parent = { type: "data_source_id", data_source_id: deals };
const text = (pieces) => pieces.map((piece) => piece.plain_text).join("");
const rows = (args = {}) => collectPaginatedAPI(notion.dataSources.query, { data_source_id: deals, ...args });

async function refused(promise, status, code) {
  const error = await promise.then(
    () => assert.fail("was not refused"),
    (error) => error,
  );
  assert.ok(APIResponseError.isAPIResponseError(error), String(error));
  assert.deepEqual([error.status, error.code], [status, code], error.message);
  return error;
}

await check("me and users", async () => {
  assert.equal((await notion.users.me({})).type, "bot");
  const users = await collectPaginatedAPI(notion.users.list, { page_size: 2 });
  assert.ok(users.every(isFullUser) && users.length > 3);
});

await check("search, database, data source", async () => {
  const filter = { property: "object", value: "data_source" };
  const found = await collectPaginatedAPI(notion.search, { filter, page_size: 1 });
  assert.ok(found.every(isFullDataSource) && found.some((source) => source.id === deals));
  const shown = await notion.databases.retrieve({ database_id: database });
  assert.ok(isFullDatabase(shown));
  assert.deepEqual(shown.data_sources, [{ id: deals, name: "Affaires" }]);
  const source = await notion.dataSources.retrieve({ data_source_id: deals });
  assert.equal(source.properties.Client.type, "title");
});

await check("query over pages", async () => {
  const all = await rows({ page_size: 10 });
  assert.equal(new Set(all.map((row) => row.id)).size, 24);
  assert.ok(all.every(isFullPage));
});

await check("query with filter, sorts and filter_properties", async () => {
  const source = await notion.dataSources.retrieve({ data_source_id: deals });
  const found = await rows({
    filter: { property: "Secteur", select: { equals: "Santé" } },
    sorts: [{ property: "Montant", direction: "descending" }],
    filter_properties: ["title", source.properties.Montant.id],
  });
  assert.deepEqual(found.map((row) => row.properties.Montant.number), [54900, 42999.99, 6180]);
  assert.deepEqual(Object.keys(found[0].properties).sort(), ["Client", "Montant"]);
});

await check("12,000 rows past the cap of one query", async () => {
  const source = facts["data source for measuring"];
  let last;
  let seen = 0;
  let start_cursor;
  do {
    last = await notion.dataSources.query({ data_source_id: source, start_cursor });
    seen += last.results.length;
    start_cursor = last.next_cursor ?? undefined;
  } while (start_cursor);
  assert.equal(seen, 10_000);
  assert.equal(last.request_status.incomplete_reason, "query_result_limit_reached");
  const all = await collectAllDataSourceRows(notion, { data_source_id: source });
  assert.equal(new Set(all.map((row) => row.id)).size, 12_000);
});

await check("every type, and property items", async () => {
  const [full] = (await notion.dataSources.query({
    data_source_id: everything,
    filter: { property: "Title", title: { is_not_empty: true } },
  })).results;
  assert.equal(Object.keys(full.properties).length, 26);
  for (const [name, property] of Object.entries(full.properties)) {
    const item = await notion.pages.properties.retrieve({ page_id: full.id, property_id: property.id });
    const kind = item.object === "list" ? item.property_item.type : item.type;
    assert.equal(kind, property.type, name);
  }
});

await check("create, update, trash", async () => {
  const page = await notion.pages.create({
    parent,
    properties: {
      Client: { title: [{ text: { content: "Essai" } }] },
      Montant: { number: 1.5 },
      Statut: { status: { name: "Lead" } },
      Échéance: { date: { start: "2027-01-01", end: "2027-01-31" } },
    },
  });
  assert.equal(text(page.properties.Client.title), "Essai");
  const changed = await notion.pages.update({ page_id: page.id, properties: { Montant: { number: 2 } } });
  assert.equal(changed.properties.Montant.number, 2);
  assert.equal(changed.properties.Échéance.date.end, "2027-01-31");
  assert.equal((await notion.pages.update({ page_id: page.id, in_trash: true })).in_trash, true);
  assert.equal((await rows()).length, 24);
});

await check("change a data source", async () => {
  const change = (properties) => notion.dataSources.update({ data_source_id: deals, properties });
  assert.equal((await change({ Score: { number: { format: "percent" } } })).properties.Score.type, "number");
  assert.equal((await change({ Score: { name: "Note" } })).properties.Note.name, "Note");
  assert.equal((await change({ Note: null })).properties.Note, undefined);
});

await check("refusals", async () => {
  await refused(connect("ntn_nobody").users.me({}), 401, "unauthorized");
  const reader = connect(facts["read-only token"]);
  await refused(reader.pages.create({ parent, properties: {} }), 403, "restricted_resource");
  await refused(notion.databases.retrieve({ database_id: deals }), 404, "object_not_found");
  const wrong = { Statut: { status: { name: "Perhaps" } } };
  const error = await refused(notion.pages.create({ parent, properties: wrong }), 400, "validation_error");
  assert.match(error.message, /Status option "Perhaps" does not exist/);
  await refused(connect(facts.token, "2019-01-01").users.me({}), 400, "validation_error");
});
