"""Drives the simulator with notion-client, the usual Python client of the Notion API.

Usage: check_notion.py TOLD LIMITED_TOLD
These are files with what two simulators printed; the second keeps the real request limits.
"""

import logging
import sys
from urllib.parse import unquote

from checks import Report, told
from notion_client import APIResponseError, Client
from notion_client.helpers import collect_paginated_api, get_id, is_full_data_source, is_full_page

free, limited = told(sys.argv[1]), told(sys.argv[2])
report = Report("notion-client")
check = report.check


def client(**options):
    return Client(log_level=logging.ERROR, **options)


def connect(where=free, token=None, version="2026-03-11"):
    """A client without retries: every answer counts."""
    return client(auth=token or where["token"], base_url=where["listening on"], notion_version=version, retry=False)


def refusal(call, status, code):
    """The call must be refused with this status and code."""
    try:
        call()
    except APIResponseError as error:
        assert (error.status, error.code) == (status, code), (error.status, error.code)
        assert error.request_id, "no request id"
        return error
    raise AssertionError("was not refused")


def text(value):
    return "".join(piece["plain_text"] for piece in value)


def title(content):
    return {"title": [{"text": {"content": content}}]}


notion = connect()
deals, everything = free["data source"], free["data source of every type"]
parent = {"type": "data_source_id", "data_source_id": deals}


def query(**arguments):
    return collect_paginated_api(notion.data_sources.query, data_source_id=deals, **arguments)


def names(rows):
    return [text(row["properties"]["Client"]["title"]) for row in rows]


@check("me is a bot of the workspace")
def _():
    me = notion.users.me()
    assert me["type"] == "bot" and me["bot"]["workspace_name"] == "Bac à sable", me


@check("users are listed and read")
def _():
    users = collect_paginated_api(notion.users.list, page_size=2)
    people = [user for user in users if user["type"] == "person"]
    assert "camille.martin@example.com" in [user["person"]["email"] for user in people]
    assert notion.users.retrieve(people[0]["id"])["name"] == people[0]["name"]


@check("search finds data sources")
def _():
    found = collect_paginated_api(
        notion.search, filter={"property": "object", "value": "data_source"}, query="affaires"
    )
    assert [source["id"] for source in found] == [deals] and is_full_data_source(found[0])


@check("search finds pages, newest first")
def _():
    found = notion.search(
        query="beauséjour",
        filter={"property": "object", "value": "page"},
        sort={"timestamp": "last_edited_time", "direction": "descending"},
    )["results"]
    assert len(found) == 2 and all(is_full_page(page) for page in found)


@check("a database names its data sources, by id with or without dashes")
def _():
    database = notion.databases.retrieve(free["database"].replace("-", ""))
    assert database["data_sources"] == [{"id": deals, "name": "Affaires"}], database["data_sources"]
    assert get_id(database["url"]) == free["database"]


@check("a data source has properties with their options")
def _():
    properties = notion.data_sources.retrieve(deals)["properties"]
    kinds = {name: value["type"] for name, value in properties.items()}
    assert kinds["Client"] == "title" and kinds["Échéance"] == "date" and kinds["Responsable"] == "people"
    assert properties["Montant"]["number"]["format"] == "euro"
    assert [group["name"] for group in properties["Statut"]["status"]["groups"]] == ["To-do", "In progress", "Complete"]


@check("all rows, over pages of 10")
def _():
    rows = query(page_size=10)
    assert len({row["id"] for row in rows}) == 24 and all(is_full_page(row) for row in rows)


@check("filters and sorts")
def _():
    rows = query(
        filter={"and": [
            {"property": "Statut", "status": {"does_not_equal": "Lost"}},
            {"or": [
                {"property": "Montant", "number": {"greater_than": 60000}},
                {"property": "Client", "title": {"contains": "blé"}},
            ]},
        ]},
        sorts=[{"property": "Montant", "direction": "descending"}],
    )
    expected = ["Solaire du Midi", "Fonderie Nordhöhe", "Énergies d'Ouest", "Coopérative Blé d'Or"]
    assert names(rows) == expected, names(rows)


@check("date and timestamp filters")
def _():
    rows = query(filter={"property": "Échéance", "date": {"on_or_after": "2027-04-01"}})
    assert sorted(names(rows)) == ["Laboratoires Vaïda", "Solaire du Midi"], names(rows)
    edited = {"timestamp": "last_edited_time", "last_edited_time": {"past_week": {}}}
    assert len(query(filter=edited)) == 24


@check("filter_properties, by id as given")
def _():
    properties = notion.data_sources.retrieve(deals)["properties"]
    wanted = [properties["Montant"]["id"], properties["Statut"]["id"]]
    rows = query(filter_properties=wanted)
    assert all(set(row["properties"]) == {"Montant", "Statut"} for row in rows)


@check("a full row of every type")
def _():
    rows = notion.data_sources.query(everything, sorts=[{"timestamp": "created_time", "direction": "ascending"}])
    full = next(row for row in rows["results"] if row["properties"]["Title"]["title"])["properties"]
    assert len(full) == 26 and all(value["type"] in value for value in full.values())
    kinds = [piece["type"] for piece in full["Text"]["rich_text"]]
    assert kinds == ["text", "text", "mention", "mention", "equation"], kinds
    assert full["Rollup"]["rollup"]["number"] == 3.5 and full["Number in list"]["unique_id"]["prefix"] == "TASK"


@check("property items, one and a list")
def _():
    rows = query(filter={"property": "Responsable", "people": {"is_not_empty": True}}, page_size=100)
    page = rows[0]
    items = {name: value["id"] for name, value in page["properties"].items()}
    retrieve = notion.pages.properties.retrieve
    assert retrieve(page["id"], items["Montant"])["number"] == page["properties"]["Montant"]["number"]
    people = retrieve(page_id=page["id"], property_id=items["Responsable"], page_size=5)
    assert people["results"][0]["people"]["id"] == page["properties"]["Responsable"]["people"][0]["id"]
    by_raw_id = retrieve(page["id"], unquote(items["Statut"]).replace("/", "%2F").replace("?", "%3F"))
    assert by_raw_id["type"] == "status"


made = []


@check("create, read, update, trash, restore")
def _():
    page = notion.pages.create(parent=parent, properties={
        "Client": title("Essai"),
        "Montant": {"number": 12.34},
        "Statut": {"status": {"name": "Lead"}},
        "Secteur": {"select": {"name": "Spatial"}},
        "Échéance": {"date": {"start": "2027-05-01T09:00:00", "time_zone": "Europe/Paris"}},
        "Notes": {"rich_text": [{"text": {"content": "Un"}}, {"text": {"content": " deux"}}]},
    })
    made.append(page["id"])
    assert notion.pages.retrieve(page["id"])["properties"] == page["properties"]
    assert page["properties"]["Échéance"]["date"]["start"] == "2027-05-01T09:00:00.000+02:00"
    changed = notion.pages.update(page["id"], properties={"Montant": {"number": None}})
    assert changed["properties"]["Montant"]["number"] is None
    assert text(changed["properties"]["Notes"]["rich_text"]) == "Un deux"
    assert notion.pages.update(page["id"], in_trash=True)["in_trash"] is True
    assert len(query()) == 24
    notion.pages.update(page["id"], in_trash=False)
    assert len(query()) == 25
    notion.pages.update(page["id"], in_trash=True)


@check("an unknown select option is made, an unknown status refused")
def _():
    options = notion.data_sources.retrieve(deals)["properties"]["Secteur"]["select"]["options"]
    assert "Spatial" in [option["name"] for option in options]
    properties = {"Statut": {"status": {"name": "Perhaps"}}}
    error = refusal(lambda: notion.pages.create(parent=parent, properties=properties), 400, "validation_error")
    assert "does not exist" in str(error), error


@check("properties are added, renamed and removed")
def _():
    update = notion.data_sources.update
    update(deals, properties={"Score": {"number": {"format": "percent"}}})
    shown = update(deals, properties={"Score": {"name": "Note"}})
    assert "Note" in shown["properties"] and "Score" not in shown["properties"]
    assert "Note" not in update(deals, properties={"Note": None})["properties"]


@check("the older version has archived beside in_trash")
def _():
    old = connect(version="2025-09-03")
    page = old.data_sources.query(deals, page_size=1)["results"][0]
    assert page["archived"] is False and page["in_trash"] is False
    assert "archived" not in notion.pages.retrieve(page["id"])


@check("a page in the trash cannot be edited")
def _():
    properties = {"Montant": {"number": 1}}
    error = refusal(lambda: notion.pages.update(made[0], properties=properties), 400, "validation_error")
    assert "archived" in str(error)


@check("401, 403 and 404")
def _():
    refusal(connect(token="ntn_nobody").users.me, 401, "unauthorized")
    reader = connect(token=free["read-only token"])
    assert len(reader.data_sources.query(deals)["results"]) == 24
    refusal(lambda: reader.pages.create(parent=parent, properties={}), 403, "restricted_resource")
    refusal(lambda: notion.databases.retrieve(deals), 404, "object_not_found")
    refusal(lambda: notion.data_sources.retrieve(free["database"]), 404, "object_not_found")
    refusal(lambda: notion.pages.retrieve("11111111-1111-4111-8111-111111111111"), 404, "object_not_found")


@check("400 for properties, values, filters, cursors, versions and routes that are wrong")
def _():
    def create(properties):
        refusal(lambda: notion.pages.create(parent=parent, properties=properties), 400, "validation_error")

    create({"Nope": {"number": 1}})
    create({"Notes": {"number": 1}})
    create({"Montant": {"number": "12"}})
    create({"Modifié le": {"last_edited_time": "2027-01-01T00:00:00Z"}})
    create({"Notes": {"rich_text": [{"text": {"content": "x" * 2001}}]}})
    refusal(lambda: query(filter={"property": "Nope", "number": {"equals": 1}}), 400, "validation_error")
    refusal(lambda: query(start_cursor="11111111-1111-4111-8111-111111111111"), 400, "validation_error")
    refusal(connect(version="2019-01-01").users.me, 400, "validation_error")
    refusal(lambda: notion.request(path="nowhere", method="GET"), 400, "invalid_request_url")


@check("429 after a burst, with the seconds to wait")
def _():
    strict = connect(limited)

    def hurry():
        for _ in range(100):
            strict.users.me()

    error = refusal(hurry, 429, "rate_limited")
    assert int(error.headers["retry-after"]) >= 1
    assert error.additional_data["rate_limit_reason"] == "public_api_request_rate_limit"


@check("the client's own retries get through the limit")
def _():
    patient = client(auth=limited["token"], base_url=limited["listening on"], notion_version="2026-03-11")
    assert all(patient.users.me()["type"] == "bot" for _ in range(12))


report.finish()
