//! Subscriptions to what services say of changes: renewed before they end, made anew when they are gone.

use std::time::Duration;

use chrono::Utc;
use hub::{Hub, HubOptions};
use model::api::{ConfigUpdate, HintsBody, HintsUpdate, instant};
use model::{Cause, Lang, RunStatus};
use sandbox::{Fault, Kind, Rule};
use serde_json::json;
use store::{HeardHint, HintRow, Store};
use tokio::task::JoinSet;

use super::harness::{BASE, Harness, keys, options};

const LONG_AGO: &str = "2026-01-01T06:00:00.000Z";

/// A connection whose service was asked to tell, and its database.
struct Told {
    at: Harness,
    id: i64,
    store: Store,
}

impl Told {
    async fn new() -> Told {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
        let mut at = Harness::on(&url, Some(folder)).await;
        let options = options(&url, "airtable", at.simulator.url());
        let public_url = "http://127.0.0.1:1/".parse().ok();
        at.hub = Hub::open(HubOptions { public_url, ..options }).await.unwrap();
        at.configure(ConfigUpdate::default()).await;
        at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
        let id = at.hub.account_id("airtable").await.unwrap().unwrap();
        at.hub.turn_on_hints(id, HintsUpdate::default(), Lang::Fr).await.unwrap();
        let store = Store::open(&url, keys()).await.unwrap();
        Told { at, id, store }
    }

    async fn row(&self) -> HintRow {
        self.store.hint("airtable").await.unwrap().unwrap()
    }

    async fn body(&self) -> HintsBody {
        self.at.hub.hints(self.id, Lang::Fr).await.unwrap()
    }

    /// Makes it due to be looked after since long, lets the program look for as long as the set is kept, and
    /// waits until it did.
    async fn looked_after(&self) -> (HintRow, JoinSet<()>) {
        let mut batch = self.store.begin().await.unwrap();
        assert!(batch.claim_look(&self.row().await, LONG_AGO).await.unwrap());
        batch.commit().await.unwrap();
        let before = self.row().await;
        let mut following = JoinSet::new();
        let hub = Hub::clone(&self.at.hub);
        following.spawn(async move { hub.follow_hints().await });
        let waiting = async {
            loop {
                let row = self.row().await;
                // The hour it is taken for says nothing yet.
                let is_kept = row.expires_at != before.expires_at || row.problem != before.problem;
                if is_kept {
                    return row;
                }
                tokio::task::yield_now().await;
            }
        };
        (tokio::time::timeout(Duration::from_secs(60), waiting).await.unwrap(), following)
    }
}

#[tokio::test]
async fn a_subscription_is_renewed_long_before_it_ends() {
    let told = Told::new().await;
    let made = told.row().await;
    assert!(made.subscription.is_some() && made.has_secret, "{made:?}");
    let end = told.body().await.expires_at;
    assert!(end > Some(instant(Utc::now())), "{end:?}");
    let (renewed, _) = told.looked_after().await;
    assert_eq!((&renewed.subscription, &renewed.word), (&made.subscription, &made.word));
    assert!(renewed.expires_at > made.expires_at, "{renewed:?}");
    assert!(
        renewed.look_at < renewed.expires_at && renewed.look_at > Some(instant(Utc::now())),
        "{renewed:?}"
    );
    assert_eq!(told.at.simulator.base(BASE, "CRM").unwrap().webhooks(), 1);
}

#[tokio::test]
async fn one_that_the_service_dropped_is_made_anew_and_everything_read() {
    let told = Told::new().await;
    let made = told.row().await;
    let base = told.at.simulator.base(BASE, "CRM").unwrap();
    base.stop_notifications();
    let (anew, _following) = told.looked_after().await;
    assert_eq!(anew.heard_at, made.heard_at, "nothing was said");
    assert_ne!(anew.subscription, made.subscription);
    assert_eq!((anew.word, base.webhooks()), (made.word, 1));
    let reading = async {
        loop {
            let runs = told.store.runs(Some("airtable"), None, 9, 0).await.unwrap();
            if let [run] = &runs[..]
                && run.status != RunStatus::Running
            {
                return (run.cause, run.counts.created);
            }
            tokio::task::yield_now().await;
        }
    };
    let read = tokio::time::timeout(Duration::from_secs(60), reading).await.unwrap();
    assert_eq!(read, (Cause::Service, 1), "what was not told meanwhile is read");
}

#[tokio::test]
async fn one_that_cannot_be_looked_after_says_why_and_is_tried_again() {
    let told = Told::new().await;
    let made = told.row().await;
    told.at.simulator.fault(Rule::new(Kind::Subscribe, Fault::Unauthorized).times(1));
    let (failing, _) = told.looked_after().await;
    assert_eq!(failing.subscription, made.subscription);
    assert!(failing.look_at > Some(instant(Utc::now())), "{failing:?}");
    let body = told.body().await;
    assert_eq!(body.state, "failing");
    assert!(
        body.problem.as_deref().is_some_and(|why| why.contains("toutes les heures")),
        "{:?}",
        body.problem
    );
    let (mended, _) = told.looked_after().await;
    assert_eq!((mended.problem, told.body().await.state.as_str()), (None, "on"));
}

#[tokio::test]
async fn a_deleted_connection_leaves_no_subscription() {
    let told = Told::new().await;
    let base = told.at.simulator.base(BASE, "CRM").unwrap();
    assert_eq!(base.webhooks(), 1);
    told.at.hub.delete_account(told.id).await.unwrap();
    assert_eq!((base.webhooks(), told.store.hint("airtable").await.unwrap()), (0, None));
}

#[tokio::test]
async fn one_that_cannot_be_followed_keeps_no_other_waiting() {
    let told = Told::new().await;
    let said = [String::new()];
    // The first in line has no connection any more.
    let gone = HintRow { provider: "gone".into(), word: "gone".into(), ..HintRow::default() };
    let mut batch = told.store.begin().await.unwrap();
    batch.put_hint(&gone).await.unwrap();
    for (provider, due_at) in [("gone", LONG_AGO), ("airtable", "2026-01-01T07:00:00.000Z")] {
        let heard = HeardHint { events: &[], records: &said, at: due_at, due_at };
        batch.hear_hint(provider, heard).await.unwrap();
    }
    batch.commit().await.unwrap();
    let mut following = JoinSet::new();
    let hub = Hub::clone(&told.at.hub);
    following.spawn(async move { hub.follow_hints().await });
    let read = async {
        while told.store.runs(Some("airtable"), None, 1, 0).await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), read).await.unwrap();
    let left = told.store.hint("gone").await.unwrap().unwrap();
    assert_eq!(left.due_at.as_deref(), Some(LONG_AGO), "it is tried again later");
}
