"""Drives the simulator with pyairtable, the usual Python client of the Airtable Web API.

Usage: check_airtable.py TOLD LIMITED_TOLD
These are files with what two simulators printed; the second keeps the real request limits.
"""

import sys

import requests
from checks import Report, told
from pyairtable import Api
from pyairtable.formulas import match

DEMO = "appPasserelleDemo"
TYPES = "appEveryFieldType"
BENCH = "appPasserelleBenc"

def refusal(call, status, kind):
    """The call must be refused with this status and error type."""
    try:
        call()
    except requests.HTTPError as error:
        assert error.response.status_code == status, error.response.status_code
        body = error.response.json()
        found = body["error"]
        found = found["type"] if isinstance(found, dict) else found
        assert found == kind, body
        return body
    raise AssertionError("was not refused")


free, limited = told(sys.argv[1]), told(sys.argv[2])
url, token, read_only = free["listening on"], free["token"], free["read-only token"]
report = Report("pyairtable")
check = report.check
api = Api(token, endpoint_url=url)
deals = api.table(DEMO, "Deals")


@check("whoami names the user, scopes and e-mail")
def _():
    who = api.whoami()
    assert who["id"].startswith("usr") and "data.records:write" in who["scopes"] and "@" in who["email"]


@check("whoami without the e-mail scope has no e-mail")
def _():
    assert "email" not in Api(read_only, endpoint_url=url).whoami()


@check("bases are listed with name and permission level")
def _():
    names = {base.id: base.name for base in api.bases()}
    assert names[DEMO] == "Démo Passerelle", names


@check("schema of the demonstration base")
def _():
    schema = api.base(DEMO).schema()
    table = schema.table("Deals")
    fields = {field.name: field.type for field in table.fields}
    assert fields["Name"] == "singleLineText" and fields["Status"] == "singleSelect"
    assert fields["Contact"] == "multipleRecordLinks" and fields["Last Modified"] == "lastModifiedTime"
    assert table.primary_field_id == table.field("Name").id
    assert table.field("Amount").options.symbol == "€"
    assert table.field("Contact").options.linked_table_id == schema.table("Contacts").id
    assert table.field("Weighted").options.is_valid


@check("schema of every field type is understood")
def _():
    schema = api.base(TYPES).schema(force=True).table("Everything")
    kinds = {field.type for field in schema.fields}
    assert len(kinds) == 34, kinds
    unknown = [field.name for field in schema.fields if type(field).__name__ == "UnknownFieldSchema"]
    assert unknown == [], unknown
    assert not schema.field("Broken formula").options.is_valid
    assert schema.field("Lookup").options.result.type == "number"


@check("a full record of every field type")
def _():
    full, empty = api.table(TYPES, "Everything").all()
    fields = full["fields"]
    assert fields["Percent"] == 0.123 and fields["Checkbox"] is True and fields["Date"] == "2024-05-01"
    assert fields["Date and time"] == "2024-05-01T10:00:00.000Z" and fields["Selects"] == ["One", "Two"]
    assert fields["Person"]["email"] == "lou.petit@example.com" and len(fields["Link"]) == 2
    assert fields["Files"][0]["filename"] == "a.png" and fields["Files"][0]["id"].startswith("att")
    assert fields["Formula"] == 25 and fields["Rollup"] == 3.5 and fields["Lookup"] == [1.5, 2]
    assert fields["Count"] == 2 and fields["Auto number"] == 1
    assert fields["Not a number"] == {"specialValue": "NaN"} and "error" in fields["Broken formula"]
    assert "Number" not in empty["fields"] and "Checkbox" not in empty["fields"]


@check("all records, over pages of 10")
def _():
    pages = list(deals.iterate(page_size=10))
    assert [len(page) for page in pages] == [10, 10, 4], [len(page) for page in pages]
    assert len({record["id"] for page in pages for record in page}) == 24


@check("1,000 records over pages of 100")
def _():
    records = api.table(BENCH, "Deals").all()
    assert len(records) == 1000 and len({record["id"] for record in records}) == 1000


@check("first, and none")
def _():
    assert deals.first()["fields"]["Name"] == "Château Beauséjour"
    assert deals.first(formula="{Name}='Nobody'") is None


@check("max_records is a total over pages")
def _():
    assert len(deals.all(max_records=15, page_size=10)) == 15


@check("formula made by the client")
def _():
    records = deals.all(formula=match({"Name": "Château Beauséjour", "Status": "Lead"}))
    assert [record["fields"]["Amount"] for record in records] == [5400]


@check("formula with functions")
def _():
    formula = "AND({Amount} >= 10000, OR({Status} = 'Won', FIND('Solaire', {Name})), IS_AFTER({Due Date}, '2026-08-01'))"
    names = [record["fields"]["Name"] for record in deals.all(formula=formula)]
    assert names == ["Clinique Saint-Émilion", "Solaire du Midi"], names


@check("sort, both ways")
def _():
    amounts = [record["fields"]["Amount"] for record in deals.all(sort=["-Amount"])]
    assert amounts[0] == 87500 and amounts == sorted(amounts, reverse=True)
    days = [record["fields"].get("Due Date") for record in deals.all(sort=["-Due Date"])]
    assert days[-1] is None, "an empty cell comes last"
    given = [day for day in days if day is not None]
    assert given == sorted(given, reverse=True)


@check("fields, by name")
def _():
    assert set(deals.first(fields=["Name", "Status"])["fields"]) == {"Name", "Status"}


@check("view by name")
def _():
    assert len(deals.all(view="Grid view")) == 24


@check("fields by id")
def _():
    schema = api.base(DEMO).schema().table("Deals")
    record = api.table(DEMO, schema.id).first(use_field_ids=True)
    assert record["fields"][schema.field("Name").id] == "Château Beauséjour"
    assert all(key.startswith("fld") for key in record["fields"])


@check("cells as text")
def _():
    record = deals.first(cell_format="string", time_zone="Europe/Paris", user_locale="fr")
    assert record["fields"]["Amount"] == "€18450.50", record["fields"]["Amount"]
    assert record["fields"]["Contact"] == "Hélène Roussel" and record["fields"]["Due Date"] == "15/12/2026"


@check("a listing longer than a URL goes by POST")
def _():
    long = "OR(" + ",".join(f"{{Name}}='{number:040}'" for number in range(600)) + ",{Status}='Won')"
    assert len(deals.all(formula=long)) == 3


@check("comment count")
def _():
    assert deals.first(count_comments=True)["commentCount"] == 0


@check("get one record")
def _():
    first = deals.first()
    assert deals.get(first["id"]) == first


made = []


@check("create one, then batch_create 25 in batches of 10")
def _():
    one = deals.create({"Name": "Essai", "Amount": 12.34, "Status": "Lead", "Due Date": "2027-05-01"})
    assert one["fields"]["Amount"] == 12.34 and one["fields"]["Weighted"] == 1.23
    rows = [{"Name": f"Lot {number}", "Amount": number + 0.5} for number in range(25)]
    records = deals.batch_create(rows)
    assert [record["fields"]["Name"] for record in records] == [row["Name"] for row in rows]
    made.extend(record["id"] for record in [one, *records])


@check("update merges, replace clears")
def _():
    merged = deals.update(made[0], {"Notes": "Relancé"})
    assert merged["fields"]["Notes"] == "Relancé" and merged["fields"]["Amount"] == 12.34
    replaced = deals.update(made[0], {"Name": "Essai"}, replace=True)
    assert "Notes" not in replaced["fields"] and "Amount" not in replaced["fields"]


@check("batch_update")
def _():
    changes = [{"id": record, "fields": {"Assignee": "Inès Caron"}} for record in made[1:]]
    assert all(record["fields"]["Assignee"] == "Inès Caron" for record in deals.batch_update(changes))


@check("last modified time follows writes")
def _():
    before = deals.get(made[1])["fields"]["Last Modified"]
    deals.update(made[1], {"Notes": "Encore"})
    assert deals.get(made[1])["fields"]["Last Modified"] > before
    found = deals.all(formula=f"IS_AFTER(LAST_MODIFIED_TIME(), '{before}')")
    assert made[1] in [record["id"] for record in found]


@check("batch_upsert tells created from updated")
def _():
    result = deals.batch_upsert(
        [{"fields": {"Name": "Lot 3", "Amount": 99}}, {"fields": {"Name": "Tout nouveau", "Amount": 1}}],
        key_fields=["Name"],
    )
    assert result["updatedRecords"] == [made[4]] and len(result["createdRecords"]) == 1
    assert deals.get(made[4])["fields"]["Amount"] == 99
    made.extend(result["createdRecords"])


@check("an upsert that matches two records is refused and writes nothing")
def _():
    def call():
        deals.batch_upsert([{"fields": {"Name": "Château Beauséjour"}}], key_fields=["Name"])

    try:
        call()
        raise AssertionError("was not refused")
    except requests.HTTPError as error:
        assert error.response.status_code == 422


@check("typecast makes options and linked records")
def _():
    record = deals.create(
        {"Name": "Typé", "Amount": "1 200.50 €", "Sector": "Spatial", "Contact": "Nouvelle Personne"}, typecast=True
    )
    made.append(record["id"])
    assert record["fields"]["Amount"] == 1200.5 and record["fields"]["Sector"] == "Spatial"
    contact = api.table(DEMO, "Contacts").get(record["fields"]["Contact"][0])
    assert contact["fields"] == {"Name": "Nouvelle Personne", "Deals": [record["id"]]}
    choices = api.base(DEMO).schema(force=True).table("Deals").field("Sector").options.choices
    assert "Spatial" in [choice.name for choice in choices]


@check("batch_delete")
def _():
    deleted = deals.batch_delete(made[1:])
    assert all(record["deleted"] for record in deleted) and len(deleted) == len(made) - 1
    assert deals.delete(made[0]) == {"id": made[0], "deleted": True}
    assert len(deals.all()) == 24


@check("create table and fields, rename a field")
def _():
    table = api.base(DEMO).create_table("Projets", [{"name": "Nom", "type": "singleLineText"}], description="Essai")
    assert table.schema().description == "Essai"
    field = table.create_field("Montant", "currency", options={"precision": 2, "symbol": "€"})
    assert field.options.precision == 2
    link = table.create_field("Deal", "multipleRecordLinks", options={"linkedTableId": deals.id})
    assert link.options.inverse_link_field_id
    field.name = "Budget"
    field.save()
    assert {field.name for field in table.schema(force=True).fields} == {"Nom", "Budget", "Deal"}
    record = table.create({"Nom": "Refonte", "Budget": 10, "Deal": [deals.first()["id"]]})
    assert deals.first()["fields"]["Projets"] == [record["id"]]


@check("401 for an unknown token")
def _():
    refusal(Api("patNobody", endpoint_url=url).whoami, 401, "AUTHENTICATION_REQUIRED")


@check("403 for a missing scope, an unknown base, an unknown table")
def _():
    kind = "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"
    refusal(lambda: Api(read_only, endpoint_url=url).table(DEMO, "Deals").create({"Name": "x"}), 403, kind)
    refusal(api.table("appXXXXXXXXXXXXXX", "Deals").all, 403, kind)
    refusal(api.table(DEMO, "No such table").all, 403, kind)


@check("404 for an unknown record")
def _():
    refusal(lambda: deals.get("recXXXXXXXXXXXXXX"), 404, "NOT_FOUND")


@check("422 for unknown field, wrong value, unknown option, computed field, bad formula, unknown record")
def _():
    refusal(lambda: deals.create({"Nope": 1}), 422, "UNKNOWN_FIELD_NAME")
    refusal(lambda: deals.create({"Amount": "12"}), 422, "INVALID_VALUE_FOR_COLUMN")
    refusal(lambda: deals.create({"Status": "Perhaps"}), 422, "INVALID_MULTIPLE_CHOICE_OPTIONS")
    refusal(lambda: deals.create({"Weighted": 1}), 422, "INVALID_VALUE_FOR_COLUMN")
    refusal(lambda: deals.all(formula="{Nope}=1"), 422, "INVALID_FILTER_BY_FORMULA")
    refusal(lambda: deals.all(formula="AND("), 422, "INVALID_FILTER_BY_FORMULA")
    change = [{"id": "recXXXXXXXXXXXXXX", "fields": {"Name": "x"}}]
    refusal(lambda: deals.batch_update(change), 422, "ROW_DOES_NOT_EXIST")


@check("422 for an unknown paging token")
def _():
    refusal(lambda: deals.all(offset="itrXXXXXXXXXXXXXX/recXXXXXXXXXXXXXX"), 422, "LIST_RECORDS_ITERATOR_NOT_AVAILABLE")


@check("422 for a batch with one bad record, and nothing is written")
def _():
    refusal(lambda: deals.batch_create([{"Name": "Bon"}, {"Amount": "mauvais"}]), 422, "INVALID_VALUE_FOR_COLUMN")
    assert len(deals.all()) == 24


@check("429 for the sixth request in a second, and a lockout after it")
def _():
    strict = Api(token, endpoint_url=limited["listening on"], retry_strategy=None).table(DEMO, "Deals")

    def hurry():
        for _ in range(40):
            strict.first()

    refusal(hurry, 429, "RATE_LIMIT_REACHED")
    refusal(strict.first, 429, "RATE_LIMIT_REACHED")


report.finish()
