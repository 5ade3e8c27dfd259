"""What schemathesis must know of Passerelle besides its document."""

import schemathesis


@schemathesis.hook
def filter_case(context, case):
    """The connection that everything else is tried with stays as it is."""
    operation = case.operation.definition.raw.get("operationId")
    parameters = case.path_parameters or {}
    if operation == "update_config":
        return parameters.get("provider") != "airtable"
    if operation in ("update_connection", "delete_connection"):
        return str(parameters.get("id")) != "1"
    return True


@schemathesis.check
def faults_are_the_service_s(context, response, case):
    """A 500 tells what a service did wrong; the program itself has made no error."""
    if response.status_code >= 500:
        code = response.json().get("code")
        assert code not in (None, "internal"), f"an error of the program itself: {response.text}"
        assert str(response.status_code) in case.operation.definition.raw["responses"], "an undeclared error"


@schemathesis.check
def refusals_are_whole(context, response, case):
    """Every refusal has the envelope, and a sentence for a person."""
    if response.status_code >= 400 and case.method != "HEAD":
        body = response.json()
        assert body["success"] is False, response.text
        assert body.get("error") or body.get("errors") or body.get("error_message"), response.text
