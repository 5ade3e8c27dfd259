"""Drives the simulator with simple-salesforce.

Usage: check_salesforce.py TOLD
This is a file with what a simulator with 5,000 opportunities printed.
"""

import sys
from urllib.parse import urlsplit

import requests
from checks import Report, told
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceResourceNotFound,
)

TOLD = told(sys.argv[1])
URL = TOLD["listening on"]
report = Report("simple-salesforce")


class Plain(requests.adapters.HTTPAdapter):
    """The client speaks TLS only; the simulator, on this machine, does not."""

    def send(self, request, *args, **kwargs):
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, *args, **kwargs)

    def get_connection_with_tls_context(self, request, verify, proxies=None, cert=None):
        return self.poolmanager.connection_from_url(URL)


def client(session_id):
    session = requests.Session()
    session.mount(f"https://{urlsplit(URL).netloc}", Plain())
    return Salesforce(instance_url=URL, session_id=session_id, version="62.0", session=session)


sf = client(TOLD["access_token"])
DEAL = {"Name": "L'Île d'Yeu", "StageName": "Qualification", "CloseDate": "2027-03-28"}


def refused(kind, code, call):
    """The call must fail with this code."""
    try:
        call()
    except kind as error:
        assert error.content[0]["errorCode"] == code, error.content
        return
    raise AssertionError("was not refused")


@report.check("objects and their fields")
def _():
    names = [one["name"] for one in sf.describe()["sobjects"]]
    assert "Opportunity" in names and "OpportunityStage" in names
    fields = {one["name"]: one for one in sf.Opportunity.describe()["fields"]}
    assert fields["StageName"]["picklistValues"][0]["label"] == "Prospecting"
    assert fields["AccountId"]["referenceTo"] == ["Account"]
    refused(SalesforceResourceNotFound, "NOT_FOUND", sf.Nothing__c.describe)


@report.check("every page of a query")
def _():
    found = sf.query_all("SELECT Id, Name, Owner.Name FROM Opportunity ORDER BY Id")
    assert found["totalSize"] == len(found["records"]) == 5000
    assert found["records"][7]["Owner"]["Name"].startswith("Commercial")
    pages = sf.query("SELECT Id FROM Opportunity")
    assert len(pages["records"]) == 2000 and not pages["done"]
    assert len(list(sf.query_all_iter("SELECT Id FROM Opportunity LIMIT 2500"))) == 2500
    refused(SalesforceMalformedRequest, "MALFORMED_QUERY", lambda: sf.query("SELECT Id FORM Opportunity"))
    refused(SalesforceMalformedRequest, "INVALID_FIELD", lambda: sf.query("SELECT Nope FROM Opportunity"))


@report.check("a record is made, read, changed and deleted")
def _():
    made = sf.Opportunity.create(DEAL)
    assert made["success"] and not made["errors"]
    assert sf.Opportunity.update(made["id"], {"StageName": "Closed Won", "Amount": 12.5}) == 204
    read = sf.Opportunity.get(made["id"])
    assert (read["IsWon"], read["Probability"], read["Amount"]) == (True, 100, 12.5)
    found = sf.query("SELECT Id FROM Opportunity WHERE Name = 'L\\'Île d\\'Yeu'")
    assert [one["Id"] for one in found["records"]] == [made["id"]]
    assert sf.Opportunity.delete(made["id"]) == 204
    refused(SalesforceResourceNotFound, "NOT_FOUND", lambda: sf.Opportunity.get(made["id"]))
    no_stage = {**DEAL, "StageName": "Nowhere"}
    code = "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    refused(SalesforceMalformedRequest, code, lambda: sf.Opportunity.create(no_stage))


@report.check("a collection of which some are refused")
def _():
    typed = {"attributes": {"type": "Opportunity"}}
    records = [{**typed, **DEAL}, {**typed, **DEAL, "CloseDate": None}]
    body = {"allOrNone": False, "records": records}
    good, bad = sf.restful("composite/sobjects", method="POST", json=body)
    assert good["success"] and bad["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING"
    deleted = sf.restful("composite/sobjects", method="DELETE", params={"ids": good["id"]})
    assert deleted[0]["success"]


@report.check("the day's requests")
def _():
    left = sf.limits()["DailyApiRequests"]
    used = sf.api_usage["api-usage"]
    assert left["Max"] - left["Remaining"] == used.used and left["Max"] == used.total


@report.check("a session that is none")
def _():
    refused(SalesforceExpiredSession, "INVALID_SESSION_ID", client("nonsense").describe)


report.finish()
