//! A clock that jumps, and clocks that are changed twice a year: each moment is run for once, none is waited for
//! for ever, and what was missed runs once.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use hub::{Clock, Hub, HubOptions};
use model::api::{ConfigUpdate, ScheduleUpdate};
use model::{Frequency, Lang, RunStatus};
use serde_json::json;
use store::{RunRow, Store};

use super::harness::{Harness, keys, options};

/// A connection that runs by itself, and the clock it goes by.
struct Played {
    at: Harness,
    store: Store,
    clock: Arc<Mutex<DateTime<Utc>>>,
}

impl Played {
    /// Saved at that moment, to run at these in Paris.
    async fn new(expression: &str, saved: &str) -> Played {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
        let mut at = Harness::on(&url, Some(folder)).await;
        let clock = Arc::new(Mutex::new(saved.parse().unwrap()));
        let shown = Arc::clone(&clock);
        at.hub = Hub::open(HubOptions {
            clock: Clock::of(move || *shown.lock().unwrap()),
            ..options(&url, "airtable", at.simulator.url())
        })
        .await
        .unwrap();
        at.configure(ConfigUpdate::default()).await;
        at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
        let update = ScheduleUpdate {
            frequency: Some(Frequency::Cron { expression: expression.to_owned() }),
            time_zone: Some("Europe/Paris".to_owned()),
            ..ScheduleUpdate::default()
        };
        at.hub.save_schedule("airtable", update, Lang::Fr).await.unwrap();
        let store = Store::open(&url, keys()).await.unwrap();
        Played { at, store, clock }
    }

    async fn runs(&self) -> Vec<RunRow> {
        self.store.runs(Some("airtable"), None, 50, 0).await.unwrap()
    }

    /// Whether a run begins when it is looked while the clock shows this; it is waited for.
    async fn begins_at(&self, shown: &str) -> bool {
        *self.clock.lock().unwrap() = shown.parse().unwrap();
        let before = self.runs().await.len();
        self.at.hub.look_at_schedules().await.unwrap();
        let began = self.runs().await.len() - before;
        assert!(began <= 1, "{began} runs at {shown}");
        for run in self.runs().await {
            self.at.hub.wait(run.id, Lang::Fr).await.unwrap();
        }
        assert!(self.runs().await.iter().all(|run| run.status == RunStatus::Success));
        began == 1
    }
}

/// When it is saved, what the clock shows each time somebody looks, and whether a run begins then.
type Story = (&'static str, &'static str, &'static [(&'static str, bool)]);

async fn play(stories: &[Story]) {
    for (expression, saved, looks) in stories {
        let played = Played::new(expression, saved).await;
        for (shown, begins) in *looks {
            assert_eq!(played.begins_at(shown).await, *begins, "{expression} saved {saved}: {shown}");
        }
    }
}

#[tokio::test]
async fn a_clock_that_goes_back_repeats_no_moment_and_loses_no_more_than_one() {
    play(&[
        // An hour: six o'clock comes twice.
        (
            "0 6 * * *",
            "2026-11-22T04:00:00Z",
            &[
                ("2026-11-22T05:00:01Z", true),
                ("2026-11-22T04:00:05Z", false),
                ("2026-11-22T05:00:01Z", false),
                ("2026-11-23T05:00:01Z", true),
                ("2026-11-23T05:00:02Z", false),
            ],
        ),
        // A day: the same morning comes twice.
        (
            "0 6 * * *",
            "2026-11-22T04:00:00Z",
            &[
                ("2026-11-22T05:00:01Z", true),
                ("2026-11-21T05:00:02Z", false),
                ("2026-11-22T05:00:01Z", false),
                ("2026-11-23T05:00:01Z", true),
            ],
        ),
        // It was a year ahead: nobody waits for a year.
        (
            "0 6 * * *",
            "2026-11-22T04:00:00Z",
            &[
                ("2027-11-22T05:00:01Z", true),
                ("2026-11-22T04:30:00Z", false),
                ("2026-11-22T05:00:01Z", false),
                ("2026-11-23T05:00:01Z", true),
                ("2026-11-24T05:00:01Z", true),
            ],
        ),
        // A day, where every hour counts.
        (
            "0 * * * *",
            "2026-11-22T10:30:00Z",
            &[
                ("2026-11-22T11:00:01Z", true),
                ("2026-11-21T11:00:02Z", false),
                ("2026-11-21T12:00:01Z", false),
                ("2026-11-21T13:00:01Z", true),
                ("2026-11-21T14:00:01Z", true),
            ],
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_makes_one_run_of_all_that_was_missed() {
    play(&[
        (
            "0 6 * * *",
            "2026-11-22T04:00:00Z",
            &[
                ("2026-11-23T04:00:00Z", true),
                ("2026-11-23T04:00:01Z", false),
                ("2026-11-23T05:00:01Z", true),
            ],
        ),
        // Asleep for three days, with a moment every quarter of an hour.
        (
            "*/15 * * * *",
            "2026-11-22T04:00:00Z",
            &[
                ("2026-11-25T04:05:00Z", true),
                ("2026-11-25T04:05:01Z", false),
                ("2026-11-25T04:15:01Z", true),
            ],
        ),
        // Over the end of a year, to a day that is not in every one.
        (
            "0 0 29 2 *",
            "2027-12-31T23:00:00Z",
            &[
                ("2028-02-28T22:59:59Z", false),
                ("2028-02-28T23:00:01Z", true),
                ("2028-03-01T00:00:00Z", false),
            ],
        ),
    ])
    .await;
}

#[tokio::test]
async fn when_paris_changes_its_clocks_each_day_is_run_for_once() {
    play(&[
        // From 02:00 to 03:00 on 2026-03-29: half past two is left out, and due at three.
        (
            "30 2 * * *",
            "2026-03-28T12:00:00Z",
            &[
                ("2026-03-29T00:59:59Z", false),
                ("2026-03-29T01:00:01Z", true),
                ("2026-03-29T01:30:01Z", false),
                ("2026-03-30T00:30:01Z", true),
            ],
        ),
        // From 03:00 back to 02:00 on 2026-10-25: half past two comes twice.
        (
            "30 2 * * *",
            "2026-10-24T12:00:00Z",
            &[
                ("2026-10-25T00:30:01Z", true),
                ("2026-10-25T01:30:01Z", false),
                ("2026-10-26T01:30:01Z", true),
            ],
        ),
        // Every hour that passes, the one that comes twice too.
        (
            "0 * * * *",
            "2026-10-24T23:30:00Z",
            &[("2026-10-25T00:00:01Z", true), ("2026-10-25T01:00:01Z", true), ("2026-10-25T02:00:01Z", true)],
        ),
    ])
    .await;
}
