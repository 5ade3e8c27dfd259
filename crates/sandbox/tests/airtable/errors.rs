//! Every refusal of the service: status, envelope and text.

use reqwest::Method;
use sandbox::airtable::Refusal;
use sandbox::{Fault, Kind, Rule};
use serde_json::{Value, json};

use crate::client::{BASE, answer, bench};

#[tokio::test]
async fn refusals_have_the_bodies_of_the_service() {
    let bench = bench().await;
    let id = bench.fill(1).remove(0);
    let one = format!("{BASE}/Deals/{id}");
    let table = format!("{BASE}/Deals");
    let ghost = "recXXXXXXXXXXXXXX";
    let row = |fields: Value| json!({ "fields": fields });
    let eleven = vec![row(json!({})); 11];
    let named = |id: &str| json!({"id": id, "fields": {}});
    let hidden = "Invalid permissions, or the requested model was not found. Check that both your user and your \
                  token have the required permissions, and that the model names and/or ids are correct.";
    let unknown = "Invalid request: parameter validation failed. Check your request data.";
    let up_to_ten = "You must provide an array of up to 10 record objects, each with an \"id\" ID field and a \
                     \"fields\" object for cell values.";
    let cases: Vec<(Method, String, Value, u16, &str, &str)> = vec![
        (
            Method::GET,
            "appXXXXXXXXXXXXXX/Deals".into(),
            json!(null),
            403,
            "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
            hidden,
        ),
        (
            Method::GET,
            format!("{BASE}/Nope"),
            json!(null),
            403,
            "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
            hidden,
        ),
        (
            Method::GET,
            "meta/bases/appXXXXXXXXXXXXXX/tables".into(),
            json!(null),
            403,
            "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
            hidden,
        ),
        (Method::POST, table.clone(), json!([]), 422, "INVALID_REQUEST_UNKNOWN", unknown),
        (Method::POST, table.clone(), json!({"records": 5}), 422, "INVALID_REQUEST_UNKNOWN", unknown),
        (Method::POST, table.clone(), json!({"records": []}), 422, "INVALID_REQUEST_UNKNOWN", unknown),
        (
            Method::POST,
            table.clone(),
            json!({}),
            422,
            "INVALID_REQUEST_MISSING_FIELDS",
            "Could not find field \"fields\" in the request body",
        ),
        (
            Method::PATCH,
            one.clone(),
            json!({}),
            422,
            "INVALID_REQUEST_MISSING_FIELDS",
            "Could not find field \"fields\" in the request body",
        ),
        (
            Method::POST,
            table.clone(),
            row(json!({"Foo": 1})),
            422,
            "UNKNOWN_FIELD_NAME",
            "Unknown field name: \"Foo\"",
        ),
        (
            Method::GET,
            format!("{table}?fields[]=Foo"),
            json!(null),
            422,
            "UNKNOWN_FIELD_NAME",
            "Unknown field name: \"Foo\"",
        ),
        (
            Method::GET,
            format!("{table}?sort[0][field]=Foo"),
            json!(null),
            422,
            "UNKNOWN_FIELD_NAME",
            "Unknown field name: \"Foo\"",
        ),
        (
            Method::POST,
            table.clone(),
            row(json!({"Amount": "12"})),
            422,
            "INVALID_VALUE_FOR_COLUMN",
            "Field \"Amount\" cannot accept the provided value",
        ),
        (
            Method::POST,
            table.clone(),
            row(json!({"Double": 1})),
            422,
            "INVALID_VALUE_FOR_COLUMN",
            "Field \"Double\" cannot accept a value because the field is computed",
        ),
        (
            Method::POST,
            table.clone(),
            row(json!({"Status": "X"})),
            422,
            "INVALID_MULTIPLE_CHOICE_OPTIONS",
            "Insufficient permissions to create new select option \"X\"",
        ),
        (
            Method::POST,
            table.clone(),
            json!({ "records": eleven }),
            422,
            "INVALID_RECORDS",
            "A maximum of 10 records can be created per request but you have provided 11.",
        ),
        (
            Method::PATCH,
            table.clone(),
            json!({"records": vec![named(&id); 11]}),
            422,
            "INVALID_RECORDS",
            up_to_ten,
        ),
        (
            Method::PATCH,
            table.clone(),
            json!({"records": [row(json!({}))]}),
            422,
            "INVALID_RECORDS",
            up_to_ten,
        ),
        (
            Method::PATCH,
            table.clone(),
            json!({"records": [named(&id), named(&id)]}),
            422,
            "INVALID_RECORDS",
            "You cannot update the same record multiple times in a single request.",
        ),
        (
            Method::PATCH,
            table.clone(),
            json!({"records": [named(ghost)]}),
            422,
            "ROW_DOES_NOT_EXIST",
            "Record ID recXXXXXXXXXXXXXX does not exist in this table",
        ),
        (
            Method::DELETE,
            format!("{table}?records[]={ghost}"),
            json!(null),
            422,
            "ROW_DOES_NOT_EXIST",
            "Record ID recXXXXXXXXXXXXXX does not exist in this table",
        ),
        (Method::DELETE, table.clone(), json!(null), 422, "INVALID_RECORDS", up_to_ten),
        (
            Method::GET,
            format!("{table}?filterByFormula=%7BFoo%7D"),
            json!(null),
            422,
            "INVALID_FILTER_BY_FORMULA",
            "The formula for filtering records is invalid: Unknown field names: foo",
        ),
        (
            Method::GET,
            format!("{table}?filterByFormula=AND("),
            json!(null),
            422,
            "INVALID_FILTER_BY_FORMULA",
            "The formula for filtering records is invalid: Invalid formula. Please check your formula text.",
        ),
        (Method::GET, format!("{table}?pageSize=101"), json!(null), 422, "INVALID_REQUEST_UNKNOWN", unknown),
        (Method::GET, format!("{table}?pageSize=0"), json!(null), 422, "INVALID_REQUEST_UNKNOWN", unknown),
        (Method::GET, format!("{table}?nonsense=1"), json!(null), 422, "INVALID_REQUEST_UNKNOWN", unknown),
        (
            Method::GET,
            format!("{table}?cellFormat=string"),
            json!(null),
            422,
            "INVALID_REQUEST_UNKNOWN",
            unknown,
        ),
    ];
    for (method, path, body, status, kind, message) in cases {
        let request = bench.request(method.clone(), &path);
        let request = if body.is_null() { request } else { request.json(&body) };
        let expected = json!({"error": {"type": kind, "message": message}});
        assert_eq!(answer(request).await, (status, expected), "{method} {path} {body}");
    }
    assert_eq!(bench.deals.len(), 1);
}

#[tokio::test]
async fn unknown_routes_and_records_are_404_with_a_bare_word() {
    let bench = bench().await;
    let ghost = format!("{BASE}/Deals/recXXXXXXXXXXXXXX");
    for (method, path) in [
        (Method::GET, "meta/nonsense".to_owned()),
        (Method::GET, "notabase/Deals".to_owned()),
        (Method::DELETE, format!("meta/bases/{BASE}/tables/Deals")),
        (Method::GET, ghost.clone()),
        (Method::DELETE, ghost.clone()),
        (Method::GET, format!("{BASE}/Deals/not-an-id")),
    ] {
        let found = answer(bench.request(method.clone(), &path)).await;
        assert_eq!(found, (404, json!({"error": "NOT_FOUND"})), "{method} {path}");
    }
    let found = bench.patch(&ghost, json!({"fields": {}})).await;
    assert_eq!(found, (404, json!({"error": "NOT_FOUND"})));
}

#[tokio::test]
async fn a_body_must_be_json_and_say_so() {
    let bench = bench().await;
    let whole = "{\"fields\":{}}";
    let cases = [
        ("application/json", "{\"fields\":", 422, "INVALID_REQUEST_UNKNOWN"),
        ("text/plain", whole, 422, "INVALID_REQUEST_MISSING_FIELDS"),
        ("application/json; charset=utf-8", whole, 200, ""),
    ];
    for (kind, body, status, refusal) in cases {
        let request =
            bench.request(Method::POST, &format!("{BASE}/Deals")).header("content-type", kind).body(body);
        let (found, answer) = answer(request).await;
        assert_eq!((found, crate::client::kind(&answer)), (status, refusal), "{kind} {body}");
    }
}

#[tokio::test]
async fn too_large_a_body_and_too_long_a_url_are_refused() {
    let bench = bench().await;
    let large = "x".repeat(9 * 1024 * 1024);
    let (status, body) = answer(bench.request(Method::POST, &format!("{BASE}/Deals")).body(large)).await;
    assert_eq!((status, crate::client::kind(&body)), (413, "REQUEST_TOO_LARGE"));
    let long = format!("{BASE}/Deals?filterByFormula={}", "1".repeat(16_000));
    assert_eq!(bench.get(&long).await.0, 414);
}

#[tokio::test]
async fn envelopes_seen_elsewhere_can_be_asked_for() {
    let bench = bench().await;
    let cases = [
        (Refusal::not_found_object(), 404, json!({"error": {"type": "NOT_FOUND"}})),
        (Refusal::model_id_not_found(), 404, json!({"error": "MODEL_ID_NOT_FOUND"})),
        (
            Refusal::rate_limited_listed(),
            429,
            json!({"errors": [{"error": "RATE_LIMIT_REACHED", "message": "Rate limit exceeded. Please try again later"}]}),
        ),
    ];
    for (refusal, status, body) in cases {
        bench.sim.fault(Rule::new(Kind::List, Fault::Answer(refusal.into())));
        assert_eq!(bench.get(&format!("{BASE}/Deals")).await, (status, body));
    }
}
