"""Drives the simulator with gspread, the client that most Python programs use for Google Sheets.

Usage: check_sheets.py TOLD TOLD_LIMITED
These are files with what two simulators printed; the second keeps the service's limits.
"""

import base64
import json
import sys

import gspread
from checks import Report, told
from google.auth.exceptions import RefreshError

FREE, LIMITED = told(sys.argv[1]), told(sys.argv[2])
report = Report("gspread")


REAL = "https://sheets.googleapis.com"
URLS = {name: url for name, url in vars(gspread.urls).items() if isinstance(url, str) and url.startswith(REAL)}


def client(where, **changed):
    """A client of the simulator, by its service account's key file."""
    for name, url in URLS.items():
        for module in (gspread.urls, gspread.http_client):
            setattr(module, name, url.replace(REAL, where["listening on"]))
    key = json.loads(base64.b64decode(where["key_file_base64"]))
    return gspread.service_account_from_dict({**key, **changed})


def refused(call, status):
    """The call must fail with this status."""
    try:
        call()
    except gspread.exceptions.APIError as error:
        assert error.response.status_code == status, error
        return error.response.json()["error"]["message"]
    raise AssertionError("was not refused")


book = client(FREE).open_by_key(FREE["spreadsheet"])


@report.check("a key file opens a spreadsheet")
def _():
    assert book.title == "Démo Passerelle"
    assert book.locale == "fr_FR" and book.timezone == "Europe/Paris"
    assert [tab.title for tab in book.worksheets()][:2] == ["Deals", "Contacts"]
    assert book.get_worksheet_by_id(1204567890).title == "Contacts"


@report.check("a wrong account is refused a token")
def _():
    try:
        client(FREE, client_email="nobody@example.com").open_by_key(FREE["spreadsheet"])
    except RefreshError as error:
        assert "invalid_grant" in str(error), error
    else:
        raise AssertionError("was not refused")


@report.check("rows are read in every form")
def _():
    deals = book.worksheet("Deals")
    assert deals.row_values(2)[:3] == ["Client", "Statut", "Montant brut"]
    records = deals.get_all_records(head=2)
    assert len(records) == 24 and records[0]["Client"] == "Château Beauséjour"
    raw = deals.get("C3:E3", value_render_option="UNFORMATTED_VALUE")
    assert raw == [[18450.5, "Viticulture", 46371]], raw
    assert deals.get("E3") == [["15/12/2026"]], deals.get("E3")
    assert deals.find("Pharmacie de l'Orangerie").row == 15
    assert len(deals.col_values(1)) == 26


@report.check("cells are written, appended and cleared")
def _():
    tab = book.add_worksheet("Essai", rows=3, cols=3)
    tab.update([["id", "name"], ["1", "=1+1"]], "A1:B2", raw=True)
    assert tab.get_all_values() == [["id", "name"], ["1", "=1+1"]]
    tab.update([["=1+1"]], "B2", raw=False)
    assert tab.acell("B2").value == "2" and tab.acell("B2", "FORMULA").value == "=1+1"
    tab.append_rows([["2", "Bolt"], ["3", "Cave"]])
    assert book.worksheet("Essai").row_count == 4, "the grid grows"
    assert tab.get_all_values()[3] == ["3", "Cave"]
    tab.batch_update([{"range": "A2", "values": [["x"]]}, {"range": "B4", "values": [["y"]]}])
    assert [tab.acell("A2").value, tab.acell("B4").value] == ["x", "y"]
    tab.batch_clear(["A2:B2"])
    assert tab.row_values(2) == []
    tab.insert_row(["0", "Premier"], 2)
    assert tab.row_values(2) == ["0", "Premier"]
    tab.delete_rows(2)
    tab.sort((1, "des"), range="A2:B4")
    assert tab.col_values(1)[1] == "3"
    tab.format("A1:B1", {"numberFormat": {"type": "TEXT"}})
    tab.update_title("Autre")
    tab.resize(rows=2)
    assert len(tab.get_all_values()) == 2
    tab.freeze(rows=1)
    book.del_worksheet(tab)


@report.check("refusals come in the service's words")
def _():
    deals = book.worksheet("Deals")
    assert refused(lambda: book.values_get("Nope!A1"), 400) == "Unable to parse range: Nope!A1"
    assert "exceeds grid limits" in refused(lambda: deals.get("A5000:B5001"), 400)
    assert "protected" not in refused(lambda: book.add_worksheet("Deals", 1, 1), 400)
    try:
        client(FREE).open_by_key("1NoSuchSpreadsheet0123456789")
    except gspread.exceptions.SpreadsheetNotFound:
        pass
    else:
        raise AssertionError("was found")


@report.check("the quota of a minute is kept")
def _():
    tab = client(LIMITED).open_by_key(LIMITED["spreadsheet"]).sheet1
    said = None
    for _ in range(61):
        try:
            tab.acell("A1")
        except gspread.exceptions.APIError as error:
            said = error.response
            break
    assert said is not None and said.status_code == 429 and "Retry-After" not in said.headers
    assert said.json()["error"]["status"] == "RESOURCE_EXHAUSTED"


report.finish()
