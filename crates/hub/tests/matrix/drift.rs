//! Rows in which the table changes while it is read or written.

use hub::Policy;
use model::Direction;
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::bench::{Bench, Column, client, counts};
use super::expect::{between, idle, same, told};
use super::matrix::{Row, story};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        story("one record refused (400, 422, no amount)", |column| Box::pin(one_refused(column))),
        story("record deleted between reading and writing", |column| Box::pin(deleted(column))),
        story("field renamed on the way", |column| Box::pin(renamed(column))),
        story("field retyped on the way", |column| Box::pin(retyped(column))),
        story("field deleted on the way", |column| Box::pin(field_deleted(column))),
        story("empty answer where there were records", |column| Box::pin(empty_answer(column))),
    ]
}

/// The rule that hits on the way: the second page of an import, the first change of an export.
fn on_the_way(column: Column) -> impl Fn(Fault) -> Rule {
    move |fault| match column.direction {
        Direction::Import => Rule::new(Kind::List, fault).nth(2),
        Direction::Export => Rule::new(Kind::Update, fault),
    }
}

async fn bench(column: Column) -> Bench {
    Bench::new(column, Policy::without_waiting()).await
}

/// The others are written, the run says which one was not and why, and mended it goes through.
async fn one_refused(column: Column) -> &'static str {
    let at = bench(column).await;
    let expected = match column.direction {
        Direction::Import => {
            at.service.insert([json!({"Name": "Sans montant", "Sector": "Vin"})]);
            [121, 60, 5, 55, 1]
        }
        Direction::Export => {
            // Airtable refuses the five, then two of them, then the one.
            let (status, times) = if column.provider == "airtable" { (422, 3) } else { (400, 1) };
            let refused = Fault::Answer(at.service.refusal(status));
            at.service.controls().fault(Rule::new(Kind::Update, refused).times(times));
            [145, 25, 4, 115, 1]
        }
    };
    let run = at.run().await;
    told(&at, &run).await;
    assert_eq!(
        (run.status.as_str(), run.code.as_deref(), counts(&run)),
        ("partial", Some("some_refused"), expected),
        "{run:?}"
    );
    assert!(run.message.as_deref().unwrap().starts_with("1 enregistrement refusé."), "{run:?}");
    let refused = &run.errors[0];
    assert!(
        refused.client.is_some() && refused.message.contains("mount") || refused.message.contains("Montant"),
        "{refused:?}"
    );
    assert!(!refused.payload.is_empty(), "what it held is kept: {refused:?}");
    if column.direction == Direction::Import {
        at.service.edit("Sans montant", &json!({"Amount": 1}));
    }
    let next = at.run().await;
    assert_eq!(
        (next.status.as_str(), next.records_created + next.records_updated),
        ("success", 1),
        "{next:?}"
    );
    idle(&at).await;
    "partial"
}

/// An import keeps the deal; an export makes the record again.
async fn deleted(column: Column) -> &'static str {
    let (at, whole) = (bench(column).await, whole(column).await);
    let before = at.held().await;
    // Several writes are on the way at once: the one that is hit must be that of the record itself.
    let id = at.service.row(&client(0)).id;
    let own_write = |fault| match (column.provider, column.direction) {
        ("notion", Direction::Export) => Rule::new(Kind::Update, fault).on_path(&id),
        _ => on_the_way(column)(fault),
    };
    at.service.meanwhile(own_write, |service| service.delete(&client(0)));
    let run = at.run().await;
    told(&at, &run).await;
    assert_eq!(run.status, "success", "{run:?}");
    let now = at.held().await;
    // Where it was deleted before its page was read, its last change was never seen.
    between(&before.here, &now.here, &whole.here);
    assert_eq!(now.here.len(), whole.here.len(), "no deal is deleted");
    if column.direction == Direction::Export {
        assert_eq!((run.records_created, now), (26, whole), "{run:?}");
    }
    idle(&at).await;
    "absorbed"
}

/// Ids do not change: nothing is noticed until the next run, which says so and follows.
async fn renamed(column: Column) -> &'static str {
    let (at, whole) = (bench(column).await, whole(column).await);
    at.service.meanwhile(on_the_way(column), |service| service.rename_field("Notes", "Remarques"));
    let run = at.run().await;
    told(&at, &run).await;
    assert_eq!(run.status, "success", "{run:?}");
    let next = at.run().await;
    assert_eq!(
        (next.status.as_str(), next.records_unchanged),
        ("success", next.records_processed),
        "{next:?}"
    );
    assert!(next.warnings.iter().any(|text| text.contains("« Remarques »")), "{next:?}");
    at.service.rename_field("Remarques", "Notes");
    same(&at.held().await, &whole);
    "absorbed"
}

/// A value that the other type cannot hold is refused alone; no amount in the CRM is lost.
async fn retyped(column: Column) -> &'static str {
    let (at, whole) = (bench(column).await, whole(column).await);
    let before = at.held().await;
    // A new deal has an amount to write, a changed one has not.
    let rule = move |fault| match column.direction {
        Direction::Import => Rule::new(Kind::List, fault).nth(2),
        Direction::Export => Rule::new(Kind::Create, fault),
    };
    at.service.meanwhile(rule, |service| service.retype("Amount"));
    let run = at.run().await;
    told(&at, &run).await;
    between(&before.here, &at.held().await.here, &whole.here);
    let (refused, status) = (run.errors.len() as u64, run.status.as_str());
    assert_eq!((refused > 0, refused), (status == "partial", run.records_failed.min(100)), "{run:?}");
    assert!(
        run.errors.iter().all(|error| error.message.contains("Amount") || error.message.contains("Montant")),
        "{run:?}"
    );
    let clients = at.service.rows().len();
    at.run().await;
    assert!(at.service.rows().len() >= clients, "nothing is doubled or lost by running again");
    between(&before.here, &at.held().await.here, &whole.here);
    if status == "partial" { "partial" } else { "absorbed" }
}

/// The run names it and stops; what it held stays in the CRM.
async fn field_deleted(column: Column) -> &'static str {
    let (at, whole) = (bench(column).await, whole(column).await);
    let before = at.held().await;
    at.service.meanwhile(on_the_way(column), |service| service.delete_field("Notes"));
    for _ in 0..2 {
        let run = at.run().await;
        told(&at, &run).await;
        assert_eq!(run.status, "error", "{run:?}");
        assert!(run.error.as_deref().unwrap().contains("« Notes »"), "{run:?}");
        between(&before.here, &at.held().await.here, &whole.here);
    }
    "stops"
}

/// Nothing is deleted or doubled anywhere, and the run says that it saw nothing.
async fn empty_answer(column: Column) -> &'static str {
    let (at, whole) = (bench(column).await, whole(column).await);
    let before = at.held().await;
    at.service.controls().fault(Rule::new(Kind::List, Fault::EmptyListing).always());
    let run = at.run().await;
    told(&at, &run).await;
    assert_eq!(run.status, "success", "{run:?}");
    assert!(run.warnings.iter().any(|text| text.contains("est vide alors que")), "{run:?}");
    match column.direction {
        Direction::Import => same(&at.held().await, &before),
        Direction::Export => same(&at.held().await, &whole),
    }
    at.service.controls().faults().clear();
    assert_eq!(at.run().await.status, "success");
    same(&at.held().await, &whole);
    idle(&at).await;
    "warns"
}

/// What a run leaves to which nothing happens.
async fn whole(column: Column) -> super::bench::Held {
    let at = bench(column).await;
    assert_eq!(at.run().await.status, "success");
    at.held().await
}
