"""Drives the simulator with xmlrpc.client, which Odoo's own documentation uses, and with odoorpc.

Usage: check_odoo.py TOLD TOLD_18
These are files with what two simulators printed; the second is of a version before JSON-2.
"""

import json
import sys
import urllib.error
import urllib.request
import xmlrpc.client
from urllib.parse import urlsplit

import odoorpc
from checks import Report, told

NEW, OLD = told(sys.argv[1]), told(sys.argv[2])
xml = Report("xmlrpc.client")
rpc = Report("odoorpc")
web = Report("json/2")


def common(where):
    return xmlrpc.client.ServerProxy(f"{where['listening on']}/xmlrpc/2/common")


def execute(model, method, args, named=None, where=NEW, key=None):
    models = xmlrpc.client.ServerProxy(f"{where['listening on']}/xmlrpc/2/object")
    return models.execute_kw(where["database"], 2, key or where["key"], model, method, args, named or {})


def fault(call, code):
    """The call must fail with this fault."""
    try:
        call()
    except xmlrpc.client.Fault as error:
        assert error.faultCode == code, error
        return error.faultString
    raise AssertionError("was not refused")


@xml.check("the version and the user")
def _():
    assert common(NEW).version()["server_version"] == "19.0"
    assert common(OLD).version()["server_version_info"][0] == 18
    for where in (NEW, OLD):
        assert common(where).authenticate(where["database"], where["user"], where["key"], {}) == 2
        assert common(where).authenticate(where["database"], where["user"], "wrong", {}) is False


@xml.check("databases are listed")
def _():
    assert xmlrpc.client.ServerProxy(f"{NEW['listening on']}/xmlrpc/2/db").list() == ["cave"]


@xml.check("rights are asked for")
def _():
    assert execute("res.partner", "check_access_rights", ["read"], {"raise_exception": False}, OLD) is True


@xml.check("records are searched, counted and read as the documentation does")
def _():
    companies = [[["is_company", "=", True]]]
    ids = execute("res.partner", "search", companies, {"offset": 10, "limit": 5})
    assert len(ids) == 5 and execute("res.partner", "search_count", companies) == 18
    [record] = execute("res.partner", "read", [ids[:1]], {"fields": ["name", "country_id", "comment"]})
    assert record["country_id"][1] in ("France", "Belgique", "Suisse") and record["comment"] is False
    found = execute("res.partner", "search_read", companies, {"fields": ["name"], "limit": 3})
    assert [sorted(one) for one in found] == [["id", "name"]] * 3


@xml.check("archived records are seen when asked for")
def _():
    hidden = execute("res.partner", "search_count", [[]])
    assert execute("res.partner", "search_count", [[]], {"context": {"active_test": False}}) == hidden + 1


@xml.check("domains in prefix notation")
def _():
    domain = ["|", ["city", "=", "Lyon"], "&", ["zip", "=like", "44%"], "!", ["country_id.code", "=", "BE"]]
    names = {one["name"] for one in execute("res.partner", "search_read", [domain], {"fields": ["name"]})}
    assert names == {"La Table d'Émile", "Bistrot des Quais"}, names


@xml.check("fields are described")
def _():
    fields = execute("crm.lead", "fields_get", [], {"attributes": ["string", "type", "required"]})
    assert fields["name"] == {"string": "Opportunity", "type": "char", "required": True}


@xml.check("records are created, changed and deleted")
def _():
    made = execute("crm.lead", "create", [{"name": "Cuvée « été » & fils < 3"}])
    assert execute("crm.lead", "write", [[made], {"name": "B", "expected_revenue": 12.346}]) is True
    [lead] = execute("crm.lead", "read", [[made]], {"fields": ["name", "expected_revenue"]})
    assert (lead["name"], lead["expected_revenue"]) == ("B", 12.35), lead
    assert execute("crm.lead", "unlink", [[made]]) is True
    assert execute("crm.lead", "search", [[["id", "=", made]]]) == []


@xml.check("refusals have their codes")
def _():
    fault(lambda: execute("crm.lead", "read", [[999_999]]), 2)
    fault(lambda: execute("crm.lead", "create", [{"priority": "1"}]), 2)
    fault(lambda: execute("crm.lead", "search", [[]], key="wrong"), 3)
    fault(lambda: execute("crm.lead", "_write", [[1]]), 4)
    fault(lambda: execute("crm.lead", "write", [[1], {"priority": "9"}]), 1)


def connect(where):
    address = urlsplit(where["listening on"])
    odoo = odoorpc.ODOO(address.hostname, port=address.port)
    odoo.login(where["database"], where["user"], where["key"])
    return odoo


@rpc.check("a session, by version")
def _():
    assert connect(NEW).version == "19.0" and connect(OLD).version == "18.0"
    assert connect(OLD).env.context["lang"] == "fr_FR"


@rpc.check("databases are listed")
def _():
    assert connect(OLD).db.list() == ["cave"]


@rpc.check("records are browsed with their relations")
def _():
    odoo = connect(OLD)
    lines = odoo.env["sale.order.line"]
    line = lines.browse(lines.search([], limit=1))
    assert line.product_id.name and line.order_id.partner_id.name


@rpc.check("records are written")
def _():
    leads = connect(OLD).env["crm.lead"]
    made = leads.create({"name": "A", "type": "opportunity"})
    lead = leads.browse(made)
    lead.name = "C"
    assert leads.read([made], ["name"])[0]["name"] == "C"
    lead.unlink()


@rpc.check("refusals are RPC errors")
def _():
    odoo = connect(OLD)
    for call in (
        lambda: odoo.execute("no.model", "search", []),
        lambda: odoo.execute("crm.lead", "nothing"),
        lambda: odoo.login("elsewhere", OLD["user"], OLD["key"]),
        lambda: odoo.login(OLD["database"], OLD["user"], "wrong"),
    ):
        try:
            call()
        except odoorpc.error.RPCError:
            continue
        raise AssertionError("was not refused")


def post(path, body, key=None, where=NEW):
    headers = {"Content-Type": "application/json", "Authorization": f"bearer {key or where['key']}"}
    request = urllib.request.Request(where["listening on"] + path, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        text = error.read().decode()
        return error.code, json.loads(text) if text.startswith("{") else text


@web.check("named arguments and bare results, only from version 19 on")
def _():
    assert post("/json/2/res.users/context_get", {})[1]["uid"] == 2
    status, made = post("/json/2/crm.lead/create", {"vals_list": {"name": "A"}})
    assert status == 200 and isinstance(made, list)
    assert post("/json/2/crm.lead/unlink", {"ids": made}) == (200, True)
    assert post("/json/2/res.users/context_get", {}, where=OLD)[0] == 404
    assert post("/json/2/res.users/context_get", {}, key="wrong")[0] == 401


sys.exit(1 if xml.failed + rpc.failed + web.failed else 0)
