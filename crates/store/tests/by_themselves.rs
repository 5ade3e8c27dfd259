//! What happens by itself, told to both engines: schedules and messages, each taken once by one of several
//! servers.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use chrono::DateTime;
use model::budget::Window;
use model::{Budget, Direction, Event, Frequency, Text};
use secrecy::{ExposeSecret, SecretString};
use store::{
    ConfigRow, DeliveryStatus, HeardHint, HintRow, Keys, NewDelivery, ScheduleRow, Sending, Store, WebhookRow,
};

const BEFORE: &str = "2026-11-21T05:00:00.000Z";
const DUE: &str = "2026-11-21T06:00:00.000Z";
const NOW: &str = "2026-11-21T08:00:00.000Z";
const SOON: &str = "2026-11-21T08:01:00.000Z";
const FAR: &str = "2026-12-21T08:00:00.000Z";
const LATER: &str = "2026-11-21T09:00:00.000Z";

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let keys = Keys::parse(&Keys::generate()).unwrap();
    let one = Store::open(url, keys.clone()).await.unwrap();
    let other = Store::open(url, keys).await.unwrap();
    schedules(&one, &other).await;
    budgets(&one, &other).await;
    hints(&one, &other).await;
    webhooks(&one, &other).await;
    one.close().await;
    other.close().await;
}

async fn put(store: &Store, row: &ScheduleRow) {
    let mut batch = store.begin().await.unwrap();
    batch.put_schedule(row).await.unwrap();
    batch.commit().await.unwrap();
}

async fn claim(store: &Store, row: &ScheduleRow, next: Option<&str>) -> bool {
    let mut batch = store.begin().await.unwrap();
    let claimed = batch.claim_schedule(row, next).await.unwrap();
    batch.commit().await.unwrap();
    claimed
}

async fn schedules(one: &Store, other: &Store) {
    assert_eq!(one.schedule("airtable").await.unwrap(), None);
    assert_eq!(one.next_due().await.unwrap(), None);
    let row = ScheduleRow {
        provider: "airtable".into(),
        direction: Direction::Import,
        frequency: Frequency::parse("daily").unwrap(),
        time_zone: "Europe/Paris".into(),
        next_at: Some(DUE.into()),
        failures: 1,
        unauthorized: 1,
        paused: None,
        skipped: Some((Text::fixed("occupé", "busy"), BEFORE.into())),
        updated_at: BEFORE.into(),
    };
    put(one, &row).await;
    let manual = ScheduleRow { provider: "notion".into(), next_at: None, ..row.clone() };
    put(one, &manual).await;
    assert_eq!(one.schedules().await.unwrap(), [row.clone(), manual]);
    assert!(one.due_schedules(BEFORE).await.unwrap().is_empty());
    assert_eq!(one.next_due().await.unwrap().as_deref(), Some(DUE));

    // Both see that it is due; one of them takes it.
    let (seen, also) = (one.due_schedules(NOW).await.unwrap(), other.due_schedules(NOW).await.unwrap());
    assert_eq!((seen.as_slice(), &also), ([row.clone()].as_slice(), &seen));
    let claims = tokio::join!(claim(one, &seen[0], Some(LATER)), claim(other, &also[0], Some(LATER)));
    assert!(claims.0 != claims.1, "{claims:?}");
    assert!(one.due_schedules(NOW).await.unwrap().is_empty());

    // Paused by its failures, nothing is due; saved in the meantime, it is not paused.
    let paused = ScheduleRow {
        failures: 5,
        paused: Some((Text::fixed("trop", "too many"), NOW.into())),
        next_at: Some(LATER.into()),
        ..row.clone()
    };
    let mut batch = one.begin().await.unwrap();
    batch.count_failures(&ScheduleRow { updated_at: "another".into(), ..paused.clone() }).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(one.schedule("airtable").await.unwrap().unwrap().failures, 1);
    let mut batch = one.begin().await.unwrap();
    batch.count_failures(&paused).await.unwrap();
    batch.note_skipped("airtable", None).await.unwrap();
    batch.commit().await.unwrap();
    let stored = one.schedule("airtable").await.unwrap().unwrap();
    assert_eq!(stored, ScheduleRow { next_at: None, skipped: None, ..paused });

    // It goes with its connection.
    let mut batch = one.begin().await.unwrap();
    let config = ConfigRow { provider: "airtable".into(), updated_at: NOW.into(), ..ConfigRow::default() };
    batch.put_config(&config).await.unwrap();
    batch.delete_config("airtable").await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(one.schedule("airtable").await.unwrap(), None);
}

fn message(webhook_id: i64, id: &str) -> NewDelivery {
    NewDelivery { webhook_id, message_id: id.into(), event: "run.failed".into(), payload: "{}".into() }
}

async fn webhooks(one: &Store, other: &Store) {
    let row = WebhookRow {
        id: 0,
        reference: "abc".into(),
        title: "Équipe".into(),
        url: "https://example.com/x".into(),
        events: vec![Event::RunFailed, Event::TokenExpired],
        is_active: true,
        disabled: None,
        created_at: NOW.into(),
        updated_at: NOW.into(),
    };
    let secret = SecretString::from("whsec_CANARY".to_owned());
    let mut batch = one.begin().await.unwrap();
    let id = batch.add_webhook(one, &row, &secret).await.unwrap();
    let twin = WebhookRow { reference: "def".into(), ..row.clone() };
    let slow = batch.add_webhook(one, &twin, &secret).await.unwrap();
    let ids = batch
        .add_deliveries(&[message(id, "m1"), message(slow, "m2"), message(slow, "m3")], NOW)
        .await
        .unwrap();
    batch.commit().await.unwrap();
    let stored = one.webhook(id).await.unwrap().unwrap();
    assert_eq!(stored, WebhookRow { id, ..row });
    assert_eq!(other.webhook_secret(&stored).await.unwrap().expose_secret(), "whsec_CANARY");

    // Each is taken once, and one at a time for each webhook.
    let at_once = sending(NOW, SOON);
    let (a, b) = tokio::join!(one.claim_delivery(&at_once), other.claim_delivery(&at_once));
    let mut taken = vec![a.unwrap().unwrap(), b.unwrap().unwrap()];
    taken.sort_by_key(|delivery| delivery.id);
    assert_eq!(taken.iter().map(|d| d.id).collect::<Vec<_>>(), ids[..2]);
    assert_eq!(one.claim_delivery(&sending(NOW, SOON)).await.unwrap(), None);
    assert_eq!(one.next_delivery(NOW).await.unwrap(), None);

    // What is tried again later, what arrived; the webhook's next message may go.
    taken[0].attempts = 1;
    taken[0].next_at = Some(LATER.into());
    taken[0].response_status = Some(503);
    taken[0].error = Some(Text::fixed("en panne", "out of order"));
    taken[1].status = DeliveryStatus::Delivered;
    taken[1].next_at = None;
    taken[1].completed_at = Some(SOON.into());
    let mut batch = one.begin().await.unwrap();
    for delivery in &taken {
        batch.put_attempt(delivery).await.unwrap();
    }
    batch.commit().await.unwrap();
    assert_eq!(one.delivery(ids[0]).await.unwrap().as_ref(), Some(&taken[0]));
    assert_eq!(one.next_delivery(NOW).await.unwrap().as_deref(), Some(LATER));
    assert_eq!(one.claim_delivery(&sending(NOW, SOON)).await.unwrap().map(|d| d.id), Some(ids[2]));
    // Whoever took it died: after its time it is anybody's.
    assert_eq!(one.claim_delivery(&sending(SOON, LATER)).await.unwrap().map(|d| d.id), Some(ids[2]));

    // By a clock that has gone back, what was taken or put off would have to wait for as long.
    assert_eq!(one.claim_delivery(&sending(SOON, LATER)).await.unwrap(), None);
    let back = Sending { distant: SOON, ..sending(NOW, SOON) };
    assert_eq!(one.claim_delivery(&back).await.unwrap().map(|d| d.id), Some(ids[2]));
    let back = Sending { distant_next: SOON, ..sending(NOW, SOON) };
    assert_eq!(one.claim_delivery(&back).await.unwrap().map(|d| d.id), Some(ids[0]));

    // A webhook that is switched off is sent nothing.
    let mut batch = one.begin().await.unwrap();
    batch.disable_webhook(id, &Text::fixed("fini", "gone")).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(
        one.claim_delivery(&sending(LATER, LATER)).await.unwrap().map(|d| d.message.webhook_id),
        Some(slow)
    );
    let listed = one.deliveries(slow, 1, 1).await.unwrap();
    assert_eq!(listed.iter().map(|d| d.id).collect::<Vec<_>>(), ids[1..2]);

    let mut batch = one.begin().await.unwrap();
    batch.delete_webhook(slow).await.unwrap();
    assert_eq!(batch.forget_deliveries(NOW).await.unwrap(), 0);
    assert_eq!(batch.forget_deliveries(LATER).await.unwrap(), 1, "the others went with their webhook");
    batch.commit().await.unwrap();
    assert_eq!(one.webhooks().await.unwrap().len(), 1);
}

/// The moments by which a message is taken, by a clock that has always gone forward.
fn sending<'a>(now: &'a str, until: &'a str) -> Sending<'a> {
    Sending { now, until, distant: FAR, distant_next: FAR }
}

async fn hints(one: &Store, other: &Store) {
    let row = HintRow {
        provider: "airtable".into(),
        word: "a-word".into(),
        stream: "tbl1".into(),
        stream_name: "Deals".into(),
        created_at: BEFORE.into(),
        ..HintRow::default()
    };
    let secret = SecretString::from("CANARY");
    let mut batch = one.begin().await.unwrap();
    batch.put_hint(&row).await.unwrap();
    batch.put_hint_secret(one, "airtable", &secret).await.unwrap();
    batch.commit().await.unwrap();
    let stored = other.hint_at("a-word").await.unwrap();
    assert_eq!(stored, Some(HintRow { has_secret: true, ..row.clone() }));
    assert_eq!(other.hint("airtable").await.unwrap(), stored);
    assert_eq!(other.hint_at("another").await.unwrap(), None);
    let opened = other.hint_secret("airtable").await.unwrap().unwrap();
    assert_eq!(opened.expose_secret(), secret.expose_secret());
    assert!(one.hint_moments().await.unwrap().is_empty());

    // What is said is due once, however often it is said; what comes meanwhile waits with it.
    assert!(hear(one, &["e1"], &["r1"], BEFORE, DUE).await);
    assert!(!hear(other, &["e1"], &["r9"], NOW, LATER).await, "heard before");
    assert!(hear(other, &["e1", "e2"], &["r1", "r2"], NOW, LATER).await);
    assert!(hear(other, &["e3"], &[], NOW, LATER).await, "about another table");
    assert_eq!(one.hinted_records("airtable").await.unwrap(), ["r1", "r2"]);
    assert_eq!(one.hint_moments().await.unwrap(), [("airtable".to_owned(), DUE.to_owned())]);
    assert_eq!(one.due_hints(BEFORE, BEFORE).await.unwrap().len(), 1, "set by a clock that was ahead");
    assert!(one.due_hints(BEFORE, FAR).await.unwrap().is_empty());

    // Both see that it is due; one of them takes it.
    let (seen, also) = (one.due_hints(NOW, FAR).await.unwrap(), other.due_hints(NOW, FAR).await.unwrap());
    assert_eq!((seen.len(), &seen), (1, &also));
    let claims = tokio::join!(take(one, &seen[0]), take(other, &also[0]));
    assert!(claims.0 ^ claims.1, "{claims:?}");

    // What was read is done; what was said while it was read is due again.
    assert!(hear(one, &["e4"], &[""], SOON, LATER).await);
    follow(one, &["r1", "r2"]).await;
    let row = one.hint("airtable").await.unwrap().unwrap();
    assert_eq!((row.due_at.as_deref(), row.heard_at.as_deref()), (Some(LATER), Some(SOON)));
    assert!(hear(one, &["e1"], &[], SOON, LATER).await, "forgotten after days");
    follow(other, &[""]).await;
    assert_eq!(other.hint("airtable").await.unwrap().unwrap().due_at, None);

    // Noise is noted once in a while.
    for (at, unless_since, noted) in [(DUE, BEFORE, DUE), (NOW, DUE, DUE), (LATER, SOON, LATER)] {
        let mut batch = one.begin().await.unwrap();
        batch.refuse_hint("airtable", at, unless_since).await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(one.hint("airtable").await.unwrap().unwrap().refused_at.as_deref(), Some(noted));
    }

    // How a subscription stands is kept, unless it is another one by now.
    let looked = HintRow {
        stream: "tbl2".into(),
        subscription: Some("ach1".into()),
        expires_at: Some(LATER.into()),
        look_at: Some(DUE.into()),
        problem: Some(Text::fixed("perdu", "lost")),
        ..row
    };
    let mut batch = one.begin().await.unwrap();
    batch.put_subscription(&HintRow { word: "another".into(), ..HintRow::default() }).await.unwrap();
    batch.put_subscription(&looked).await.unwrap();
    batch.commit().await.unwrap();
    let due = other.hints_to_look_after(NOW, FAR).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((&due[0].subscription, &due[0].problem), (&looked.subscription, &looked.problem));
    assert_eq!((&due[0].stream, &due[0].heard_at), (&looked.stream, &looked.heard_at));
    let mut batch = one.begin().await.unwrap();
    assert!(batch.claim_look(&due[0], LATER).await.unwrap());
    assert!(!batch.claim_look(&due[0], LATER).await.unwrap());
    batch.delete_hint("airtable").await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(other.hint("airtable").await.unwrap(), None);
    assert!(other.hinted_records("airtable").await.unwrap().is_empty());
}

async fn hear(store: &Store, events: &[&str], records: &[&str], at: &str, due_at: &str) -> bool {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let (events, records) = (owned(events), owned(records));
    let heard = HeardHint { events: &events, records: &records, at, due_at };
    let mut batch = store.begin().await.unwrap();
    let is_new = batch.hear_hint("airtable", heard).await.unwrap();
    batch.commit().await.unwrap();
    is_new
}

async fn take(store: &Store, row: &HintRow) -> bool {
    let mut batch = store.begin().await.unwrap();
    let is_ours = batch.claim_hint(row, LATER).await.unwrap();
    batch.commit().await.unwrap();
    is_ours
}

async fn follow(store: &Store, records: &[&str]) {
    let records: Vec<String> = records.iter().map(|record| (*record).to_owned()).collect();
    let mut batch = store.begin().await.unwrap();
    batch.hint_followed("airtable", &records, LATER, DUE).await.unwrap();
    batch.commit().await.unwrap();
}

async fn budgets(one: &Store, other: &Store) {
    let said = |left| {
        let (limit, seen_at) = (Some(250_000), DateTime::UNIX_EPOCH);
        vec![Budget { window: Window::Day, limit, left, resets_at: Some(seen_at), seen_at }]
    };
    assert_eq!(one.budgets("hubspot").await.unwrap(), []);
    for left in [9, 8] {
        let mut batch = one.begin().await.unwrap();
        batch.put_budgets("hubspot", &said(left)).await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(other.budgets("hubspot").await.unwrap(), said(left));
    }
    let mut batch = other.begin().await.unwrap();
    batch.delete_config("hubspot").await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(one.budgets("hubspot").await.unwrap(), []);
}
