//! Faults in Notion's words. How faults are chosen and played is tried on the other simulator.

use std::time::Duration;

use reqwest::Method;
use sandbox::{Answer, Fault, Kind, RetryAfter, Rule};
use serde_json::{Value, json};

use crate::client::{answer, bench, names, refusal};

#[tokio::test]
async fn refusals_are_played_once_and_do_nothing() {
    let cases = [
        (Fault::RateLimited(RetryAfter::Absent), 429, "rate_limited"),
        (Fault::QuotaExceeded, 429, "rate_limited"),
        (Fault::Status(409), 409, "conflict_error"),
        (Fault::Status(500), 500, "internal_server_error"),
        (Fault::Status(502), 502, "bad_gateway"),
        (Fault::Status(503), 503, "service_unavailable"),
        (Fault::Status(504), 504, "gateway_timeout"),
        (Fault::Status(529), 529, "service_overload"),
        (Fault::Unavailable(RetryAfter::Seconds(3)), 503, "service_unavailable"),
        (Fault::Unauthorized, 401, "unauthorized"),
        (Fault::Answer(Answer::html(403, "<h1>Blocked</h1>").header("cf-ray", "1")), 403, ""),
    ];
    let bench = bench().await;
    for (fault, status, code) in cases {
        let name = fault.name();
        bench.sim.fault(Rule::new(Kind::Create, fault));
        let (found, body) = bench.create(json!({})).await;
        assert_eq!((found, refusal(&body).0), (status, code), "{name}");
        assert!(bench.deals.is_empty(), "{name}");
    }
    assert_eq!(bench.create(json!({})).await.0, 200);
}

#[tokio::test]
async fn retry_after_and_the_reason_are_told() {
    let bench = bench().await;
    bench.sim.fault(Rule::new(Kind::List, Fault::RateLimited(RetryAfter::Seconds(7))));
    let response = bench.request(Method::POST, &bench.query_path()).send().await.unwrap();
    assert_eq!(response.headers()["retry-after"], "7");
    assert!(response.headers().contains_key("x-notion-request-id"));
    bench.sim.fault(Rule::new(Kind::List, Fault::QuotaExceeded));
    let (_, body) = bench.post(&bench.query_path(), json!({})).await;
    assert_eq!(body["additional_data"]["rate_limit_reason"], "public_api_request_blocked");
}

#[tokio::test]
async fn a_write_is_done_although_its_answer_says_otherwise() {
    let bench = bench().await;
    bench.sim.fault(Rule::new(Kind::Create, Fault::DoneThenStatus(503)));
    let (status, body) = bench.create(json!({})).await;
    assert_eq!((status, refusal(&body).0), (503, "service_unavailable"));
    let made = bench.deals.rows();
    assert_eq!(body["additional_data"]["committed_resource_id"], json!(made[0].id));
    bench.sim.fault(Rule::new(Kind::Create, Fault::DoneThenDropped));
    let request = bench.request(Method::POST, "pages");
    let parent = json!({"parent": {"data_source_id": bench.deals.id()}, "properties": {}});
    assert!(request.json(&parent).send().await.is_err());
    assert_eq!(bench.deals.len(), 2);
    bench.sim.fault(Rule::new(Kind::Create, Fault::DoneThenStatus(503)));
    let (_, body) = bench.create(json!({"Nope": {"number": 1}})).await;
    assert!(body.get("additional_data").is_none(), "nothing was committed");
    bench.sim.fault(Rule::new(Kind::Update, Fault::DoneThenStatus(503)));
    let change = json!({"properties": {"Amount": {"number": 7}}});
    let (_, body) = bench.patch(&format!("pages/{}", made[0].id), change).await;
    let additional = body["additional_data"].as_object().unwrap();
    assert_eq!(additional.keys().collect::<Vec<_>>(), ["retry_guidance"], "the client knows the page");
    assert_eq!(bench.deals.row(made[0].id).unwrap().get("Amount"), &json!(7));
}

#[tokio::test]
async fn an_expired_cursor_is_named() {
    let bench = bench().await;
    bench.fill(4);
    let cursor = bench.query(json!({"page_size": 2})).await["next_cursor"].clone();
    bench.sim.fault(Rule::new(Kind::List, Fault::ExpiredOffset));
    let (status, body) = bench.post(&bench.query_path(), json!({"start_cursor": cursor})).await;
    let message = format!("The start_cursor provided is invalid: {}", cursor.as_str().unwrap());
    assert_eq!((status, refusal(&body)), (400, ("validation_error", message.as_str())));
    assert_eq!(names(&bench.query(json!({"start_cursor": cursor})).await).len(), 2, "it is good again");
}

#[tokio::test]
async fn listings_are_bent() {
    let bench = bench().await;
    bench.fill(6);
    let sorts = json!([{"property": "Name", "direction": "ascending"}]);
    let pages = async |fault: Fault| {
        bench.sim.fault(Rule::new(Kind::List, fault).nth(2));
        let (mut pages, mut body) = (Vec::new(), json!({"page_size": 2, "sorts": sorts}));
        loop {
            let page = bench.query(body.clone()).await;
            pages.push(names(&page).join(","));
            match page["next_cursor"].as_str() {
                Some(next) => body["start_cursor"] = json!(next),
                None => return pages,
            }
        }
    };
    let (one, two, three) = ("Deal 0,Deal 1", "Deal 2,Deal 3", "Deal 4,Deal 5");
    assert_eq!(pages(Fault::DuplicatePage).await, [one, two, two, three]);
    assert_eq!(pages(Fault::EmptyPage).await, [one, "", two, three]);
    assert_eq!(pages(Fault::EmptyListing).await, [one, ""]);
    // For ever, it is a loop with the same cursor.
    bench.sim.fault(Rule::new(Kind::List, Fault::DuplicatePage).always());
    let first = bench.query(json!({"page_size": 2})).await;
    let cursor = &first["next_cursor"];
    assert_eq!(&bench.query(json!({"page_size": 2, "start_cursor": cursor})).await["next_cursor"], cursor);
}

#[tokio::test]
async fn answers_that_are_not_what_they_should_be() {
    let bench = bench().await;
    bench.fill(3);
    let ask = async |fault: Fault| {
        bench.sim.fault(Rule::new(Kind::List, fault));
        let response = bench.request(Method::POST, &bench.query_path()).send().await.unwrap();
        (response.status().as_u16(), response.text().await)
    };
    let cut = ask(Fault::CutJson).await.1.unwrap();
    assert!(cut.starts_with('{') && serde_json::from_str::<Value>(&cut).is_err());
    assert!(ask(Fault::HtmlPage).await.1.unwrap().starts_with("<!DOCTYPE html>"));
    assert_eq!(ask(Fault::EmptyBody).await.1.unwrap(), "");
    assert!(ask(Fault::ResetMidBody).await.1.is_err());
    let start = std::time::Instant::now();
    assert!(ask(Fault::Slow(Duration::from_millis(30))).await.1.is_ok());
    assert!(start.elapsed() >= Duration::from_millis(30));
}

#[tokio::test]
async fn something_happens_just_before_a_request() {
    let bench = bench().await;
    bench.fill(4);
    let deals = bench.deals.clone();
    let rename = Fault::meanwhile(move || assert!(deals.rename_property("Amount", "Montant")));
    bench.sim.fault(Rule::new(Kind::List, rename).nth(2));
    let first = bench.query(json!({"page_size": 2})).await;
    assert!(first["results"][0]["properties"].get("Amount").is_some());
    let second = bench.query(json!({"start_cursor": first["next_cursor"]})).await;
    assert!(second["results"][0]["properties"].get("Montant").is_some());
    assert_eq!(second["results"].as_array().unwrap().len(), 2);
    let (status, _) = answer(bench.request(Method::GET, "users/me")).await;
    assert_eq!(status, 200);
}
