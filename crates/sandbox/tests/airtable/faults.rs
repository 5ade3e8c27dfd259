//! Every fault: what the client gets, what was done, what the log says.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::Method;
use sandbox::airtable::Simulator;
use sandbox::{Fault, Kind, RetryAfter, Rule};
use serde_json::{Value, json};

use crate::client::{BASE, Bench, answer, bench, kind, names, until};

async fn list(bench: &Bench) -> (u16, Value) {
    bench.get(&format!("{BASE}/Deals")).await
}

async fn create(bench: &Bench) -> Result<u16, reqwest::Error> {
    let request =
        bench.request(Method::POST, &format!("{BASE}/Deals")).json(&json!({"fields": {"Name": "New"}}));
    Ok(request.send().await?.status().as_u16())
}

#[tokio::test]
async fn refusals_are_played_once_and_do_nothing() {
    let cases = [
        (Fault::RateLimited(RetryAfter::Absent), 429, "RATE_LIMIT_REACHED"),
        (Fault::QuotaExceeded, 429, "PUBLIC_API_BILLING_LIMIT_EXCEEDED"),
        (Fault::Status(500), 500, "SERVER_ERROR"),
        (Fault::Status(502), 502, ""),
        (Fault::Status(503), 503, ""),
        (Fault::Status(504), 504, ""),
        (Fault::Unavailable(RetryAfter::Absent), 503, "RETRIABLE_ERROR"),
        (Fault::Unauthorized, 401, "AUTHENTICATION_REQUIRED"),
        (Fault::ExpiredOffset, 422, "LIST_RECORDS_ITERATOR_NOT_AVAILABLE"),
    ];
    let bench = bench().await;
    for (fault, status, refusal) in cases {
        let name = fault.name();
        bench.sim.fault(Rule::new(Kind::Create, fault));
        let (found, body) = bench.post(&format!("{BASE}/Deals"), json!({"fields": {}})).await;
        assert_eq!((found, kind(&body)), (status, refusal), "{name}");
        assert!(bench.deals.is_empty(), "{name}");
        let entry = bench.sim.log().entries().pop().unwrap();
        assert_eq!((entry.status, entry.fault, entry.authenticated), (Some(status), Some(name), true));
    }
    assert_eq!(create(&bench).await.unwrap(), 200);
}

#[tokio::test]
async fn retry_after_says_anything() {
    let bench = bench().await;
    let ask = async |when: RetryAfter| {
        bench.sim.fault(Rule::new(Kind::List, Fault::RateLimited(when)));
        let response = bench.request(Method::GET, &format!("{BASE}/Deals")).send().await.unwrap();
        response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(ask(RetryAfter::Absent).await, None);
    assert_eq!(ask(RetryAfter::Seconds(7)).await.as_deref(), Some("7"));
    assert_eq!(ask(RetryAfter::Seconds(-1)).await.as_deref(), Some("-1"));
    assert_eq!(ask(RetryAfter::huge()).await.as_deref(), Some("1000000000"));
    assert_eq!(ask(RetryAfter::garbage()).await.as_deref(), Some("soon, promised"));
    let date = ask(RetryAfter::Date(Duration::from_secs(90))).await.unwrap();
    let ahead = chrono::DateTime::parse_from_rfc2822(&date).unwrap().to_utc() - chrono::Utc::now();
    assert!((80..=90).contains(&ahead.num_seconds()), "{date}");
}

#[tokio::test]
async fn the_date_header_follows_the_simulators_clock() {
    let bench = bench().await;
    bench.sim.clock().advance(Duration::from_secs(3600));
    let response = bench.request(Method::GET, "meta/whoami").send().await.unwrap();
    let date = chrono::DateTime::parse_from_rfc2822(response.headers()["date"].to_str().unwrap()).unwrap();
    assert!((date.to_utc() - chrono::Utc::now()).num_minutes() >= 59);
}

#[tokio::test]
async fn rules_choose_by_kind_count_and_path() {
    let bench = bench().await;
    let statuses = async |count: usize| {
        let mut statuses = Vec::new();
        for _ in 0..count {
            statuses.push(list(&bench).await.0);
        }
        bench.sim.faults().clear();
        statuses
    };
    let rule = || Rule::new(Kind::List, Fault::Status(500));
    bench.sim.fault(rule().times(2));
    assert_eq!(statuses(3).await, [500, 500, 200]);
    bench.sim.fault(rule().nth(3));
    assert_eq!(statuses(4).await, [200, 200, 500, 200]);
    bench.sim.fault(rule().nth(2).times(2));
    assert_eq!(statuses(4).await, [200, 500, 500, 200]);
    bench.sim.fault(Rule::new(Kind::Any, Fault::Unauthorized).from_nth(3));
    assert_eq!(statuses(5).await, [200, 200, 401, 401, 401]);
    bench.sim.fault(rule());
    bench.sim.fault(Rule::new(Kind::Any, Fault::Status(502)).nth(2));
    assert_eq!(statuses(3).await, [500, 502, 200], "both rules count both requests");
    bench.sim.fault(rule().on_path("OtherTable").always());
    assert_eq!(statuses(2).await, [200, 200]);
    bench.sim.fault(Rule::new(Kind::Write, Fault::Status(500)).always());
    bench.sim.fault(Rule::new(Kind::Meta, Fault::Status(500)).always());
    assert_eq!(
        (list(&bench).await.0, create(&bench).await.unwrap(), bench.get("meta/whoami").await.0),
        (200, 500, 500)
    );
    bench.sim.faults().clear();
    let mut runs = Vec::new();
    for _ in 0..2 {
        bench.sim.fault(rule().always().chance(0.3, 42));
        runs.push(statuses(50).await);
    }
    assert_eq!(runs[0], runs[1], "the same seed, the same hits");
    let hits = runs[0].iter().filter(|status| **status == 500).count();
    assert!((5..25).contains(&hits), "{hits}");
}

#[tokio::test]
async fn answers_that_are_not_what_they_should_be() {
    let bench = bench().await;
    bench.fill(3);
    let ask = async |fault: Fault| {
        bench.sim.fault(Rule::new(Kind::List, fault));
        let response = bench.request(Method::GET, &format!("{BASE}/Deals")).send().await.unwrap();
        let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
        (response.status().as_u16(), kind, response.text().await.unwrap())
    };
    let (status, _, text) = ask(Fault::CutJson).await;
    assert!(
        status == 200 && text.starts_with("{\"records\":[{") && serde_json::from_str::<Value>(&text).is_err()
    );
    let (status, kind, text) = ask(Fault::HtmlPage).await;
    assert!(status == 200 && kind.starts_with("text/html") && text.starts_with("<!DOCTYPE html>"));
    let (status, _, text) = ask(Fault::WrongType).await;
    assert!(status == 200 && serde_json::from_str::<Vec<Value>>(&text).is_ok());
    assert_eq!(ask(Fault::EmptyBody).await.2, "");
}

#[tokio::test]
async fn connections_break_before_or_in_the_middle_of_the_answer() {
    let bench = bench().await;
    bench.fill(3);
    let request = || bench.request(Method::GET, &format!("{BASE}/Deals"));
    bench.sim.fault(Rule::new(Kind::List, Fault::ResetMidBody));
    let mut response = request().send().await.unwrap();
    let promised = response.content_length().unwrap();
    let part = response.chunk().await.unwrap().unwrap();
    assert!(part.starts_with(b"{\"records\"") && (part.len() as u64) < promised);
    assert!(response.chunk().await.is_err(), "the rest never comes");

    bench.sim.fault(Rule::new(Kind::List, Fault::Dropped));
    assert!(request().send().await.is_err());
    bench.sim.fault(Rule::new(Kind::Create, Fault::Dropped));
    assert!(create(&bench).await.is_err());
    assert_eq!(bench.deals.len(), 3, "not done");
    assert_eq!(bench.sim.log().entries().pop().unwrap().status, None);
}

#[tokio::test]
async fn a_write_is_done_although_its_answer_says_otherwise() {
    let bench = bench().await;
    bench.sim.fault(Rule::new(Kind::Create, Fault::DoneThenStatus(503)));
    assert_eq!(create(&bench).await.unwrap(), 503);
    bench.sim.fault(Rule::new(Kind::Create, Fault::DoneThenDropped));
    assert!(create(&bench).await.is_err());
    assert_eq!(bench.deals.len(), 2);
    assert_eq!(bench.sim.log().count(Kind::Create), 2);
}

#[tokio::test]
async fn pages_come_twice_or_empty_and_the_listing_goes_on() {
    let bench = bench().await;
    bench.fill(6);
    let pages = async |fault: Fault| {
        bench.sim.fault(Rule::new(Kind::List, fault).nth(2));
        let (mut pages, mut offset) = (Vec::new(), String::new());
        loop {
            let mut pairs = vec![("pageSize", "2")];
            if !offset.is_empty() {
                pairs.push(("offset", &offset));
            }
            let page = bench.list(&pairs).await;
            pages.push(names(&page).join(","));
            match page["offset"].as_str() {
                Some(next) => offset = next.to_owned(),
                None => return pages,
            }
        }
    };
    let (one, two, three) = ("Deal 0,Deal 1", "Deal 2,Deal 3", "Deal 4,Deal 5");
    assert_eq!(pages(Fault::DuplicatePage).await, [one, two, two, three]);
    assert_eq!(pages(Fault::EmptyPage).await, [one, "", two, three]);
    assert_eq!(pages(Fault::EmptyListing).await, [one, ""]);
    // For ever, it is a loop with the same token.
    bench.sim.fault(Rule::new(Kind::List, Fault::DuplicatePage).always());
    let first = bench.list(&[("pageSize", "2")]).await;
    let offset = first["offset"].as_str().unwrap();
    let second = bench.list(&[("pageSize", "2"), ("offset", offset)]).await;
    assert_eq!(second["offset"], offset);
}

#[tokio::test]
async fn something_happens_just_before_a_request() {
    let bench = bench().await;
    bench.fill(4);
    let deals = bench.deals.clone();
    bench.sim.fault(
        Rule::new(Kind::List, Fault::meanwhile(move || assert!(deals.rename_field("Name", "Nom")))).nth(2),
    );
    let first = bench.list(&[("pageSize", "2")]).await;
    assert_eq!(first["records"][0]["fields"]["Name"], "Deal 0");
    let second = bench.list(&[("offset", first["offset"].as_str().unwrap())]).await;
    assert_eq!(second["records"][0]["fields"]["Nom"], "Deal 2");
}

#[tokio::test]
async fn slow_answers_come_late_and_whole() {
    let bench = bench().await;
    bench.fill(1);
    let wait = Duration::from_millis(30);
    for fault in [Fault::Slow(wait), Fault::Trickle(Duration::from_micros(100))] {
        bench.sim.fault(Rule::new(Kind::List, fault));
        let start = Instant::now();
        let (status, body) = list(&bench).await;
        assert_eq!((status, names(&body)), (200, vec!["Deal 0"]));
        assert!(start.elapsed() >= Duration::from_millis(10));
    }
    bench.sim.set_latency(wait);
    let start = Instant::now();
    list(&bench).await;
    assert!(start.elapsed() >= wait);
}

#[tokio::test]
async fn an_answer_hangs_until_the_client_leaves() {
    let bench = bench().await;
    bench.fill(1);
    for (fault, status) in [(Fault::Hang, None), (Fault::HangMidBody, Some(200))] {
        bench.sim.log().clear();
        bench.sim.fault(Rule::new(Kind::List, fault));
        let request = bench.request(Method::GET, &format!("{BASE}/Deals"));
        let asked = tokio::spawn(async move { request.send().await?.text().await });
        let log = bench.sim.log();
        until("it arrives", async || {
            log.entries().iter().any(|entry| entry.fault.is_some() && entry.status == status)
        })
        .await;
        assert!(!asked.is_finished());
        asked.abort();
        assert!(asked.await.unwrap_err().is_cancelled());
    }
    assert_eq!(list(&bench).await.0, 200, "others are served meanwhile");
}

#[tokio::test]
async fn dropping_the_handle_stops_the_server_even_while_it_hangs() {
    let bench = bench().await;
    bench.sim.fault(Rule::new(Kind::List, Fault::Hang));
    let (request, url, log) = (
        bench.request(Method::GET, &format!("{BASE}/Deals")),
        bench.sim.url().to_owned(),
        bench.sim.log().clone(),
    );
    let asked = tokio::spawn(request.send());
    until("it arrives", async || log.count(Kind::List) == 1).await;
    drop(bench.sim);
    assert!(asked.await.unwrap().is_err());
    let http = bench.http.clone();
    until("it is gone", async || http.get(&url).send().await.is_err()).await;
}

#[tokio::test]
async fn many_clients_at_once_get_their_own_answers() {
    let bench = bench().await;
    let ids = bench.fill(200);
    let served = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = ids
        .into_iter()
        .map(|id| {
            let (request, served) =
                (bench.request(Method::GET, &format!("{BASE}/Deals/{id}")), Arc::clone(&served));
            tokio::spawn(async move {
                let (status, body) = answer(request).await;
                assert_eq!((status, &body["id"]), (200, &json!(id)));
                served.fetch_add(1, Ordering::Relaxed);
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(served.load(Ordering::Relaxed), 200);
}

#[tokio::test]
async fn an_address_in_use_is_an_error() {
    let bench = bench().await;
    let addr = bench.sim.url().trim_start_matches("http://").parse().unwrap();
    let second = Simulator::start(sandbox::airtable::Options { addr, ..Default::default() }).await;
    assert_eq!(second.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}
