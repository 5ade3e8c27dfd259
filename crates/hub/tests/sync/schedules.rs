//! Connections that run by themselves: once when they are due, until failures pause them.

use std::time::Duration;

use hub::{AccountDraft, Hub};
use model::api::{ConfigUpdate, ScheduleBody, ScheduleUpdate};
use model::budget::Window;
use model::{Budget, Cause, Direction, Frequency, Lang, RunStatus};
use sandbox::{Fault, Kind, Rule};
use serde_json::json;
use store::testing::TempPostgres;
use store::{RunRow, ScheduleRow, Store};

use super::harness::{BASE, Harness, keys, open};

const LONG_AGO: &str = "2026-01-01T06:00:00.000Z";

/// A configured connection that runs every day, and its database.
struct Scheduled {
    at: Harness,
    url: String,
    store: Store,
}

impl Scheduled {
    async fn on(url: &str, folder: Option<tempfile::TempDir>) -> Scheduled {
        let at = Harness::on(url, folder).await;
        at.configure(ConfigUpdate::default()).await;
        at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
        at.hub.save_schedule("airtable", every_day(), Lang::Fr).await.unwrap();
        let store = Store::open(url, keys()).await.unwrap();
        Scheduled { at, url: url.to_owned(), store }
    }

    async fn new() -> Scheduled {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
        Scheduled::on(&url, Some(folder)).await
    }

    async fn row(&self) -> ScheduleRow {
        self.store.schedule("airtable").await.unwrap().unwrap()
    }

    async fn runs(&self) -> Vec<RunRow> {
        self.store.runs(Some("airtable"), None, 50, 0).await.unwrap()
    }

    async fn body(&self) -> ScheduleBody {
        self.at.hub.schedule("airtable", Lang::Fr).await.unwrap()
    }

    /// Makes it due since long, lets these programs look, and waits until one took it and its run ended.
    async fn come_due(&self, hubs: &[&Hub]) {
        let mut batch = self.store.begin().await.unwrap();
        let row = ScheduleRow { next_at: Some(LONG_AGO.to_owned()), ..self.row().await };
        batch.put_schedule(&row).await.unwrap();
        batch.commit().await.unwrap();
        let mut loops = tokio::task::JoinSet::new();
        for hub in hubs {
            let hub = Hub::clone(hub);
            loops.spawn(async move { hub.run_schedules().await });
        }
        let taken = async {
            while self.row().await.next_at.as_deref() == Some(LONG_AGO) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), taken).await.unwrap();
    }

    /// Waits until a fact is true of the schedule and its runs.
    async fn until(&self, fact: impl Fn(&ScheduleRow, &[RunRow]) -> bool) {
        let waiting = async {
            while !fact(&self.row().await, &self.runs().await) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), waiting).await.unwrap();
    }
}

fn every_day() -> ScheduleUpdate {
    ScheduleUpdate { frequency: Frequency::parse("daily").ok(), ..ScheduleUpdate::default() }
}

fn have_ended(runs: &[RunRow], count: usize) -> bool {
    runs.len() == count && runs.iter().all(|run| run.status != RunStatus::Running)
}

#[tokio::test]
async fn two_servers_start_a_due_run_once_on_sqlite() {
    start_once(&Scheduled::new().await).await;
}

#[tokio::test]
async fn two_servers_start_a_due_run_once_on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    start_once(&Scheduled::on(postgres.url(), None).await).await;
}

/// However long it has been due, it runs once, and then at its next moment.
async fn start_once(scheduled: &Scheduled) {
    let other = open(&scheduled.url, scheduled.at.simulator.url()).await;
    for round in 1..=4 {
        scheduled.come_due(&[&scheduled.at.hub, &other]).await;
        scheduled.until(|_, runs| have_ended(runs, round)).await;
        let row = scheduled.row().await;
        assert!(row.next_at > Some(model::api::instant(chrono::Utc::now())), "{row:?}");
        assert_eq!((row.skipped, row.failures), (None, 0));
    }
    let runs = scheduled.runs().await;
    assert!(
        runs.iter().all(|run| (run.cause, run.status) == (Cause::Schedule, RunStatus::Success)),
        "{runs:?}"
    );
}

#[tokio::test]
async fn refused_credentials_pause_it_until_they_are_saved_again() {
    let scheduled = Scheduled::new().await;
    let wrong = ConfigUpdate { api_token: Some("patWrong.123".to_owned()), ..ConfigUpdate::default() };
    scheduled.at.configure(wrong).await;
    for round in 1..=3 {
        assert_eq!(scheduled.body().await.paused, None);
        scheduled.come_due(&[&scheduled.at.hub]).await;
        scheduled.until(|row, runs| have_ended(runs, round) && row.failures as usize == round).await;
    }
    let body = scheduled.body().await;
    assert!(
        body.paused.as_deref().is_some_and(|why| why.contains("identifiants refusés 3 fois")),
        "{body:?}"
    );
    assert!(body.next.is_empty() && body.paused_at.is_some());
    assert_eq!(scheduled.row().await.next_at, None);

    // What a person runs says nothing of the schedule; that the token was typed again does.
    scheduled.at.import().await;
    assert!(scheduled.body().await.paused.is_some());
    scheduled.at.configure(ConfigUpdate::default()).await;
    let body = scheduled.body().await;
    assert_eq!((body.paused, body.failures, body.next.len()), (None, 0, 3));
}

#[tokio::test]
async fn a_run_that_goes_on_is_left_alone_and_noted() {
    let scheduled = Scheduled::new().await;
    let at = &scheduled.at;
    at.simulator.fault(Rule::new(Kind::List, Fault::Hang));
    let run_id = at.hub.start_sync("airtable", Direction::Import).await.unwrap();
    at.simulator.log().wait_for(Kind::List, 1).await;
    // The loop is stopped when this ends, so it is given until it has noted what it did.
    let hub = at.hub.clone();
    let mut batch = scheduled.store.begin().await.unwrap();
    let due = ScheduleRow { next_at: Some(LONG_AGO.to_owned()), ..scheduled.row().await };
    batch.put_schedule(&due).await.unwrap();
    batch.commit().await.unwrap();
    let looking = tokio::spawn(async move { hub.run_schedules().await });
    scheduled.until(|row, _| row.skipped.is_some()).await;
    looking.abort();
    let body = scheduled.body().await;
    assert!(body.skipped.is_some_and(|why| why.contains(&format!("déjà en cours (n° {run_id})"))));
    assert_eq!(scheduled.runs().await.len(), 1);
    at.hub.cancel(run_id).await.unwrap();
    at.hub.wait(run_id, Lang::Fr).await.unwrap();
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_what_was_stays() {
    let scheduled = Scheduled::new().await;
    let before = scheduled.body().await;
    assert_eq!((before.description.as_str(), before.next.len()), ("Tous les jours à 06:00", 3));
    assert!(before.next.iter().all(|at| at.contains("T06:00:00+0")), "{before:?}");
    let cron = |expression: &str| ScheduleUpdate {
        frequency: Some(Frequency::Cron { expression: expression.to_owned() }),
        ..ScheduleUpdate::default()
    };
    let zone = ScheduleUpdate { time_zone: Some("Europe/Atlantis".to_owned()), ..ScheduleUpdate::default() };
    for (update, says) in [
        (cron("0 0 30 2 *"), "ne se produit jamais"),
        (cron("* * * * *"), "trop rapprochée"),
        (cron("tous les jours"), "n'est pas une expression cron"),
        (zone, "n'est pas un fuseau horaire"),
    ] {
        let error = scheduled.at.hub.save_schedule("airtable", update, Lang::Fr).await.unwrap_err();
        assert!(error.message.fr.contains(says), "{error:?}");
    }
    assert_eq!(scheduled.body().await, before);
    assert_eq!(scheduled.at.hub.schedule("nobody", Lang::Fr).await.unwrap_err().kind, hub::Kind::NotFound);

    let tokyo = ScheduleUpdate { time_zone: Some("Asia/Tokyo".to_owned()), ..ScheduleUpdate::default() };
    let moved = scheduled.at.hub.save_schedule("airtable", tokyo, Lang::En).await.unwrap();
    assert!(moved.next.iter().all(|at| at.ends_with("T06:00:00+09:00")), "{moved:?}");
    let manual = ScheduleUpdate { frequency: Some(Frequency::Manual), ..ScheduleUpdate::default() };
    let manual = scheduled.at.hub.save_schedule("airtable", manual, Lang::En).await.unwrap();
    assert_eq!((manual.description.as_str(), manual.next.len()), ("On demand", 0));
    assert_eq!(scheduled.row().await.next_at, None);
}

/// So much is left of a day's 1,000 requests.
async fn left(store: &Store, provider: &str, left: u64) {
    let (limit, seen_at) = (Some(1_000), chrono::Utc::now());
    let said = [Budget { window: Window::Day, limit, left, resets_at: None, seen_at }];
    let mut batch = store.begin().await.unwrap();
    batch.put_budgets(provider, &said).await.unwrap();
    batch.commit().await.unwrap();
}

#[tokio::test]
async fn the_last_fifth_of_a_day_is_left_to_people() {
    let scheduled = Scheduled::new().await;
    left(&scheduled.store, "airtable", 199).await;
    scheduled.come_due(&[&scheduled.at.hub]).await;
    scheduled.until(|row, _| row.skipped.is_some()).await;
    let (why, _) = scheduled.row().await.skipped.unwrap();
    assert!(why.fr.contains("19 %"), "{why:?}");
    assert!(scheduled.runs().await.is_empty());
    // A person may, and above the reserve the schedule may again.
    scheduled.at.import().await;
    left(&scheduled.store, "airtable", 200).await;
    scheduled.come_due(&[&scheduled.at.hub]).await;
    scheduled.until(|row, runs| have_ended(runs, 2) && row.skipped.is_none()).await;
}

/// Another connection; its name.
async fn connected(at: &Harness, kind: &str, values: &[(&str, &str)]) -> String {
    let values = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let draft = AccountDraft {
        title: format!("Un autre {kind}"),
        kind: kind.to_owned(),
        values,
        destination: None,
        schedule: None,
    };
    let id = at.hub.create_account(draft).await.unwrap();
    at.hub.account(id, Lang::Fr).await.unwrap().provider
}

#[tokio::test]
async fn runs_that_share_an_allowance_go_one_after_the_other() {
    let scheduled = Scheduled::new().await;
    let at = &scheduled.at;
    let twin = connected(
        at,
        "airtable",
        &[("base_id", BASE), ("table_name", "Deals"), ("api_token", at.simulator.token())],
    )
    .await;
    // Its service says nothing of an allowance, and nobody is there.
    let other = connected(at, "rest_api", &[("url", "https://127.0.0.1:1/")]).await;
    at.simulator.fault(Rule::new(Kind::List, Fault::Hang));
    let (_, run_id) = at.hub.start_import(&twin).await.unwrap();
    at.simulator.log().wait_for(Kind::List, 1).await;
    left(&scheduled.store, "airtable", 1_000).await;
    at.hub.save_schedule(&other, every_day(), Lang::Fr).await.unwrap();
    let mut batch = scheduled.store.begin().await.unwrap();
    for (provider, next_at) in [("airtable", LONG_AGO), (&*other, "2026-01-01T07:00:00.000Z")] {
        let row = scheduled.store.schedule(provider).await.unwrap().unwrap();
        batch.put_schedule(&ScheduleRow { next_at: Some(next_at.to_owned()), ..row }).await.unwrap();
    }
    batch.commit().await.unwrap();
    let hub = at.hub.clone();
    let looking = tokio::spawn(async move { hub.run_schedules().await });
    // Once the later one was taken, the earlier one has been looked at and left waiting.
    let taken = async {
        while scheduled
            .store
            .schedule(&other)
            .await
            .unwrap()
            .unwrap()
            .next_at
            .unwrap()
            .starts_with("2026-01-01")
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), taken).await.unwrap();
    assert_eq!(scheduled.row().await.next_at.as_deref(), Some(LONG_AGO));
    at.hub.cancel(run_id).await.unwrap();
    scheduled.until(|_, runs| have_ended(runs, 1)).await;
    looking.abort();
}
