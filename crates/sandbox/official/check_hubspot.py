"""Drives the simulator with hubspot-api-client.

Usage: check_hubspot.py TOLD TOLD_LIMITED
These are files with what two simulators printed; the first keeps no limits and has 1,000 deals more.
"""

import sys

from checks import Report, told
from hubspot import HubSpot
from hubspot.crm.associations.v4 import BatchInputPublicFetchAssociationsBatchRequest
from hubspot.crm.deals import (
    ApiException,
    BatchInputSimplePublicObjectBatchInput,
    BatchInputSimplePublicObjectBatchInputForCreate,
    BatchReadInputSimplePublicObjectId,
    PublicObjectSearchRequest,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.contacts import BatchInputSimplePublicObjectBatchInputUpsert
from hubspot.oauth import ApiException as TokenException

FREE, LIMITED = told(sys.argv[1]), told(sys.argv[2])
DEALS = 24 + 1_000
report = Report("hubspot-api-client")


def client(where=FREE, token="token"):
    return HubSpot(access_token=where.get(token, token), host=where["listening on"])


def refused(call, status, category=None):
    """The call must be refused with this status; the body says why."""
    try:
        call()
    except (ApiException, TokenException) as error:
        assert error.status == status, error
        assert category is None or category in error.body, error.body
        return error
    except Exception as error:  # every part of the client has an exception of its own
        assert getattr(error, "status", None) == status, error
        assert category is None or category in error.body, error.body
        return error
    raise AssertionError("was not refused")


deals = client().crm.deals


@report.check("a list is walked to its end")
def _():
    found = deals.get_all(properties=["dealname", "amount"], associations=["companies"])
    assert len(found) == DEALS and len({deal.id for deal in found}) == DEALS
    assert found[0].properties["dealname"] == "Château Beauséjour"
    assert found[0].properties["amount"] == "18450.5" and found[0].updated_at.year > 2000
    assert [link.type for link in found[0].associations["companies"].results][0] == "deal_to_company"


@report.check("a page, and one record")
def _():
    page = deals.basic_api.get_page(limit=5)
    assert len(page.results) == 5 and page.paging.next.after
    one = deals.basic_api.get_by_id(page.results[0].id, properties=["description"])
    assert "boutique en ligne" in one.properties["description"]
    refused(lambda: deals.basic_api.get_by_id("999"), 404)


@report.check("properties with labels and options")
def _():
    found = client().crm.properties.core_api.get_all("deals").results
    sector = next(one for one in found if one.name == "secteur")
    assert sector.label == "Secteur" and sector.options[0].label == "Viticulture"
    owner = next(one for one in found if one.name == "hubspot_owner_id")
    assert owner.external_options and owner.referenced_object_type == "OWNER"


@report.check("pipelines and stages")
def _():
    [pipeline] = client().crm.pipelines.pipelines_api.get_all("deals").results
    won = next(stage for stage in pipeline.stages if stage.id == "won")
    assert won.metadata == {"isClosed": "true", "probability": "1.0"}


@report.check("people")
def _():
    names = {f"{one.first_name} {one.last_name}" for one in client().crm.owners.get_all()}
    assert {"Camille Martin", "Inès Caron"} <= names, names


@report.check("custom objects")
def _():
    assert client().crm.schemas.core_api.get_all().results == []


@report.check("a search by ids has no window")
def _():
    last, found = "0", 0
    while True:
        wish = PublicObjectSearchRequest(
            filter_groups=[
                {"filters": [{"propertyName": "hs_object_id", "operator": "GT", "value": last}]}
            ],
            sorts=[{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
            properties=["dealname"],
            limit=200,
        )
        page = deals.search_api.do_search(public_object_search_request=wish)
        found += len(page.results)
        if len(page.results) < 200:
            break
        last = page.results[-1].id
    assert found == DEALS, found


@report.check("created, changed, archived")
def _():
    made = deals.basic_api.create(
        simple_public_object_input_for_create=SimplePublicObjectInputForCreate(
            properties={"dealname": "Essai", "dealstage": "lead", "amount": "12.5"}, associations=[]
        )
    )
    changed = deals.basic_api.update(
        made.id, simple_public_object_input=SimplePublicObjectInput(properties={"amount": ""})
    )
    assert made.properties["amount"] == "12.5" and changed.properties.get("amount") is None
    deals.basic_api.archive(made.id)
    refused(lambda: deals.basic_api.get_by_id(made.id), 404)


def new(mark, stage):
    return {"properties": {"dealname": mark, "dealstage": stage}, "objectWriteTraceId": mark}


@report.check("a batch fails in part")
def _():
    wish = BatchInputSimplePublicObjectBatchInputForCreate(
        inputs=[new("un", "lead"), new("deux", "nulle part"), new("trois", "won")]
    )
    done = deals.batch_api.create(batch_input_simple_public_object_batch_input_for_create=wish)
    marks = {one.object_write_trace_id: one.id for one in done.results}
    assert set(marks) == {"un", "trois"} and done.num_errors == 1, done
    assert done.errors[0].context == {"objectWriteTraceId": ["deux"]}
    change = BatchInputSimplePublicObjectBatchInput(
        inputs=[{"id": id, "properties": {"amount": "7"}} for id in [*marks.values(), "999"]]
    )
    done = deals.batch_api.update(batch_input_simple_public_object_batch_input=change)
    assert len(done.results) == 2 and done.errors[0].context == {"ids": ["999"]}
    read = BatchReadInputSimplePublicObjectId(
        inputs=[{"id": marks["un"]}], properties=["amount"], properties_with_history=[]
    )
    read = deals.batch_api.read(batch_read_input_simple_public_object_id=read)
    assert read.results[0].properties["amount"] == "7"


@report.check("contacts by their address")
def _():
    wish = BatchInputSimplePublicObjectBatchInputUpsert(
        inputs=[
            {"id": address, "idProperty": "email", "properties": {"phone": "1"}}
            for address in ("helene.roussel@example.com", "nouvelle@example.com")
        ]
    )
    done = client().crm.contacts.batch_api.upsert(batch_input_simple_public_object_batch_input_upsert=wish)
    assert sorted(one.new for one in done.results) == [False, True]


@report.check("associations in a batch")
def _():
    first = deals.basic_api.get_page(limit=1).results[0].id
    wish = BatchInputPublicFetchAssociationsBatchRequest(inputs=[{"id": first}])
    done = client().crm.associations.v4.batch_api.get_page(
        "deals", "companies", batch_input_public_fetch_associations_batch_request=wish
    )
    assert len(done.results[0].to) == 1


@report.check("tokens that are wrong or may not do it")
def _():
    refused(lambda: client(token="pat-nobody").crm.deals.basic_api.get_page(), 401, "INVALID_AUTHENTICATION")
    reader = client(token="read-only token").crm.deals
    wish = SimplePublicObjectInputForCreate(properties={"dealname": "Essai"}, associations=[])
    refused(
        lambda: reader.basic_api.create(simple_public_object_input_for_create=wish), 403, "MISSING_SCOPES"
    )


@report.check("a refresh token nobody knows")
def _():
    tokens = client().oauth.tokens_api
    error = refused(
        lambda: tokens.create(
            grant_type="refresh_token",
            refresh_token="nobody",
            client_id=FREE["client_id"],
            client_secret=FREE["client_secret"],
        ),
        400,
    )
    assert "BAD_REFRESH_TOKEN" in error.body, error.body


@report.check("the limit of ten seconds")
def _():
    page = client(LIMITED).crm.deals.basic_api
    for _ in range(100):
        page.get_page(limit=1)
    refused(lambda: page.get_page(limit=1), 429, "TEN_SECONDLY_ROLLING")


report.finish()
