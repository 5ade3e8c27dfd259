//! What happens by itself, told to both engines: schedules and messages, each taken once by one of several
//! servers.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use chrono::DateTime;
use model::budget::Window;
use model::{Budget, Direction, Event, Frequency, Text};
use secrecy::{ExposeSecret, SecretString};
use store::testing::TempPostgres;
use store::{ConfigRow, DeliveryStatus, Keys, NewDelivery, ScheduleRow, Store, WebhookRow};

const BEFORE: &str = "2026-11-21T05:00:00.000Z";
const DUE: &str = "2026-11-21T06:00:00.000Z";
const NOW: &str = "2026-11-21T08:00:00.000Z";
const SOON: &str = "2026-11-21T08:01:00.000Z";
const LATER: &str = "2026-11-21T09:00:00.000Z";

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    tell(&format!("sqlite://{}", folder.path().join("passerelle.db").display())).await;
}

#[tokio::test]
async fn on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    tell(postgres.url()).await;
}

async fn tell(url: &str) {
    let keys = Keys::parse(&Keys::generate()).unwrap();
    let one = Store::open(url, keys.clone()).await.unwrap();
    let other = Store::open(url, keys).await.unwrap();
    schedules(&one, &other).await;
    budgets(&one, &other).await;
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
    let (a, b) = tokio::join!(one.claim_delivery(NOW, SOON), other.claim_delivery(NOW, SOON));
    let mut taken = vec![a.unwrap().unwrap(), b.unwrap().unwrap()];
    taken.sort_by_key(|delivery| delivery.id);
    assert_eq!(taken.iter().map(|d| d.id).collect::<Vec<_>>(), ids[..2]);
    assert_eq!(one.claim_delivery(NOW, SOON).await.unwrap(), None);
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
    assert_eq!(one.claim_delivery(NOW, SOON).await.unwrap().map(|d| d.id), Some(ids[2]));
    // Whoever took it died: after its time it is anybody's.
    assert_eq!(one.claim_delivery(SOON, LATER).await.unwrap().map(|d| d.id), Some(ids[2]));

    // A webhook that is switched off is sent nothing.
    let mut batch = one.begin().await.unwrap();
    batch.disable_webhook(id, &Text::fixed("fini", "gone")).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(one.claim_delivery(LATER, LATER).await.unwrap().map(|d| d.message.webhook_id), Some(slow));
    let listed = one.deliveries(slow, 1, 1).await.unwrap();
    assert_eq!(listed.iter().map(|d| d.id).collect::<Vec<_>>(), ids[1..2]);

    let mut batch = one.begin().await.unwrap();
    batch.delete_webhook(slow).await.unwrap();
    assert_eq!(batch.forget_deliveries(NOW).await.unwrap(), 0);
    assert_eq!(batch.forget_deliveries(LATER).await.unwrap(), 1, "the others went with their webhook");
    batch.commit().await.unwrap();
    assert_eq!(one.webhooks().await.unwrap().len(), 1);
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
