//! Rows in which both sides have something to say about the same deal.

use chrono::{TimeDelta, Utc};
use hub::Policy;
use model::Direction;
use serde_json::{Value, json};

use super::bench::{Bench, COLUMNS, Column, client};
use super::expect::{idle, told};
use super::matrix::{Row, story};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        story("changed on both sides, the later wins", |column| Box::pin(changed_twice(column))),
        story("two rows of one client", |column| Box::pin(namesakes(column))),
        story("client renamed on either side", |column| Box::pin(renamed(column))),
    ]
}

async fn bench(column: Column) -> Bench {
    Bench::new(column, Policy::without_waiting()).await
}

fn opposite(direction: Direction) -> Direction {
    if direction == Direction::Import { Direction::Export } else { Direction::Import }
}

/// What both sides hold in one field of one client.
async fn both(at: &Bench, client: &str) -> (Value, Value) {
    (json!(at.deal_of(client).await.secteur), at.service.row(client).get("Sector").clone())
}

/// The later value wins in this run, reaches the other side with the next, and the loser is in the
/// run's changes.
async fn changed_twice(column: Column) -> &'static str {
    let at = bench(column).await;
    let (ours, theirs) = (client(20), client(21));
    for (client, hours) in [(&ours, -1), (&theirs, 1)] {
        at.change(client, json!({"secteur": "ici"})).await;
        at.service.edit(client, &json!({"Sector": "là"}));
        at.service.edited_at(client, Utc::now() + TimeDelta::hours(hours));
    }
    let run = at.run().await;
    told(&at, &run).await;
    assert_eq!(run.status, "success", "{run:?}");
    let changes = at.hub.changes(run.run_id, 1_000, 0).await.unwrap();
    for (client, lost) in [(&ours, "là"), (&theirs, "ici")] {
        let change = changes.iter().find(|change| change.client.as_ref() == Some(client)).unwrap();
        assert_eq!(change.fields[0].lost, Some(json!(lost)), "{change:?}");
        let source_wins = (*client == ours) == (column.direction == Direction::Export);
        assert_eq!(
            (change.action.as_str(), change.reason.as_str()),
            (if source_wins { "update" } else { "keep" }, "conflict")
        );
    }
    // In whichever order the runs come, and however often.
    for direction in
        [column.direction, opposite(column.direction), column.direction, opposite(column.direction)]
    {
        at.sync(direction).await;
    }
    assert_eq!(both(&at, &ours).await, (json!("ici"), json!("ici")));
    assert_eq!(both(&at, &theirs).await, (json!("là"), json!("là")));
    idle(&at).await;
    "later wins"
}

/// Two rows are two deals, and two deals two rows.
async fn namesakes(column: Column) -> &'static str {
    let at = bench(column).await;
    for amount in [1, 2] {
        match column.direction {
            Direction::Import => at.service.insert([json!({"Name": "Double", "Amount": amount})]),
            Direction::Export => at.deal(json!({"client": "Double", "montant_brut": amount})).await,
        }
    }
    for direction in [column.direction, opposite(column.direction), column.direction] {
        let run = at.sync(direction).await;
        told(&at, &run).await;
        assert_eq!(run.status, "success", "{run:?}");
    }
    let mut here: Vec<i64> = at
        .deals()
        .await
        .iter()
        .filter(|deal| deal.client == "Double")
        .map(|deal| deal.montant_brut.cents())
        .collect();
    let mut there: Vec<i64> = at
        .service
        .rows()
        .iter()
        .filter(|row| row.get("Name") == "Double")
        .map(|row| row.get("Amount").as_f64().unwrap() as i64 * 100)
        .collect();
    here.sort_unstable();
    there.sort_unstable();
    assert_eq!((here, there), (vec![100, 200], vec![100, 200]));
    idle(&at).await;
    "two each"
}

/// A link holds whatever the client is called; a name changed on one side reaches the other.
async fn renamed(column: Column) -> &'static str {
    let at = bench(column).await;
    let there = at.service.rows().len();
    at.service.edit(&client(30), &json!({"Name": "Renommé là"}));
    at.change(&client(31), json!({"client": "Renommé ici"})).await;
    for direction in [column.direction, opposite(column.direction), column.direction] {
        let run = at.sync(direction).await;
        told(&at, &run).await;
        assert_eq!(run.status, "success", "{run:?}");
    }
    let mut names: [Vec<String>; 2] = [
        at.deals().await.into_iter().map(|deal| deal.client).collect(),
        at.service.rows().iter().map(|row| row.get("Name").as_str().unwrap().to_owned()).collect(),
    ];
    for side in &mut names {
        side.sort_unstable();
        let once = side.len();
        side.dedup();
        assert_eq!(side.len(), once, "a client is doubled");
        for (name, is_there) in [
            ("Renommé là", true),
            ("Renommé ici", true),
            (client(30).as_str(), false),
            (client(31).as_str(), false),
        ] {
            assert_eq!(side.iter().any(|other| other == name), is_there, "{name}");
        }
    }
    let new = if COLUMNS[1].direction == column.direction { 25 } else { 0 };
    assert_eq!((names[0].len(), names[1].len()), (there + new, there + new));
    idle(&at).await;
    "same deal"
}
