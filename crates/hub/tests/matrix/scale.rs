//! Rows about size and time: many records, two runs at once, clocks that differ.

use std::sync::{Mutex, mpsc};
use std::time::Duration;

use hub::{Kind as Refused, Policy};
use model::{Direction, Lang};
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::bench::{Bench, Column, client, counts, record};
use super::expect::{idle, same, told};
use super::matrix::{Row, story};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        story("10,001 records", |column| Box::pin(ten_thousand_and_one(column))),
        story("two runs of one connection at once", |column| Box::pin(two_at_once(column))),
        story("the service's clock set back a day", |column| Box::pin(clock_set_back(column))),
    ]
}

async fn ten_thousand_and_one(column: Column) -> &'static str {
    let at = Bench::empty(column, Policy::without_waiting()).await;
    at.service.insert((0..6_000).map(record));
    // Notion gives 10,000 rows a query and goes on by the minute they were made in.
    at.service.controls().clock().advance(Duration::from_secs(120));
    at.service.insert((6_000..10_001).map(record));
    let run = at.sync(Direction::Import).await;
    told(&at, &run).await;
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [10_001, 10_001, 0, 0, 0]), "{run:?}");
    if column.direction == Direction::Export {
        let client = at.deals().await[0].client.clone();
        at.change(&client, json!({"notes": "d'ici"})).await;
        let run = at.run().await;
        told(&at, &run).await;
        assert_eq!((run.status.as_str(), counts(&run)), ("success", [10_001, 0, 1, 10_000, 0]), "{run:?}");
        assert_eq!((at.service.writes(), at.service.row(&client).get("Notes")), (1, &json!("d'ici")));
    }
    "all of them"
}

/// The second is told the number of the first, which does not notice.
async fn two_at_once(column: Column) -> &'static str {
    let at = Bench::new(column, Policy::without_waiting()).await;
    let (release, held) = mpsc::channel::<()>();
    let held = Mutex::new(held);
    at.service.meanwhile(
        |fault| Rule::new(Kind::List, fault),
        move |_| {
            // The listing waits until both runs were asked for.
            tokio::task::block_in_place(|| held.lock().unwrap().recv().unwrap());
        },
    );
    let run_id = at.hub.start_sync(column.provider, column.direction).await.unwrap();
    for direction in [Direction::Import, Direction::Export] {
        let error = at.hub.start_sync(column.provider, direction).await.unwrap_err();
        assert_eq!(error.kind, Refused::AlreadyRunning { run_id });
    }
    release.send(()).unwrap();
    let run = at.hub.wait(run_id, Lang::Fr).await.unwrap();
    told(&at, &run).await;
    assert_eq!((run.status.as_str(), at.hub.runs(None, 10, Lang::Fr).await.unwrap().len()), ("success", 2));
    idle(&at).await;
    "second refused"
}

/// A change is seen although its time is past; a lost answer is looked up by the service's own clock.
async fn clock_set_back(column: Column) -> &'static str {
    let at = Bench::new(column, Policy::without_waiting()).await;
    at.service.controls().clock().turn_back(Duration::from_secs(86_400));
    at.service.edit(&client(40), &json!({"Sector": "hier"}));
    at.service.controls().fault(Rule::new(Kind::Create, Fault::DoneThenStatus(502)));
    let run = at.run().await;
    told(&at, &run).await;
    assert_eq!(run.status, "success", "{run:?}");
    let expected =
        if column.direction == Direction::Import { [120, 60, 6, 54, 0] } else { [145, 25, 5, 115, 0] };
    assert_eq!(counts(&run), expected);
    at.service.controls().faults().clear();
    at.sync(Direction::Import).await;
    assert_eq!(at.deal_of(&client(40)).await.secteur.as_deref(), Some("hier"));
    let before = at.held().await;
    idle(&at).await;
    same(&at.held().await, &before);
    "absorbed"
}
