//! The story of a grant, told to both engines: begun once, renewed in turn, lost and found, forgotten.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use model::Text;
use secrecy::{ExposeSecret, SecretString};
use store::{ConfigRow, ConsentRow, GrantTokens, Keys, Store};

const NOW: &str = "2026-11-21T08:00:00.000Z";
const SOON: &str = "2026-11-21T08:00:30.000Z";
const MINUTE: &str = "2026-11-21T08:01:00.000Z";
const FAR: &str = "2026-12-21T08:00:00.000Z";
const LATER: &str = "2026-11-21T09:00:00.000Z";

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let keys = Keys::parse(&Keys::generate()).unwrap();
    let store = Store::open(url, keys.clone()).await.unwrap();
    let other = Store::open(url, keys).await.unwrap();
    consents(&store, &other).await;
    let turn = turns(&store, &other).await;
    loss(&store, turn).await;
    nothing_in_plain(url).await;
    forgotten(&store).await;
    store.close().await;
    other.close().await;
}

fn consent(created_at: &str) -> ConsentRow {
    ConsentRow {
        provider: "vault".into(),
        verifier: SecretString::from("CANARY-verifier"),
        redirect_uri: "http://127.0.0.1:3000/oauth/callback".into(),
        session_hash: "s".into(),
        created_at: created_at.into(),
    }
}

async fn consents(store: &Store, other: &Store) {
    store.put_consent("one", &consent(NOW), NOW).await.unwrap();
    assert!(store.take_consent("two").await.unwrap().is_none());
    let taken = other.take_consent("one").await.unwrap().unwrap();
    assert_eq!((taken.verifier.expose_secret(), taken.created_at.as_str()), ("CANARY-verifier", NOW));
    assert!(store.take_consent("one").await.unwrap().is_none(), "found once");
    // Those that nobody came back for go when the next one begins.
    store.put_consent("old", &consent(NOW), NOW).await.unwrap();
    store.put_consent("new", &consent(LATER), SOON).await.unwrap();
    assert!(store.take_consent("old").await.unwrap().is_none());
}

fn tokens(access: &str, refresh: Option<&str>) -> GrantTokens {
    GrantTokens {
        access: SecretString::from(access),
        refresh: refresh.map(SecretString::from),
        obtained_at: NOW.into(),
        expires_at: Some(LATER.into()),
    }
}

async fn turns(store: &Store, other: &Store) -> i64 {
    assert!(store.grant("vault").await.unwrap().is_none());
    assert!(!store.put_grant_tokens("vault", 1, &tokens("CANARY-a", None), NOW).await.unwrap());
    let ours = store.claim_turn("vault", NOW, MINUTE, FAR).await.unwrap().unwrap();
    assert_eq!(other.claim_turn("vault", SOON, LATER, FAR).await.unwrap(), None, "it is the other server's");
    let elsewhere = other.claim_turn("bank", SOON, LATER, FAR).await.unwrap().unwrap();
    let row = store.grant("vault").await.unwrap().unwrap();
    assert!(!row.has_tokens && store.grant_tokens("vault").await.unwrap().is_none());

    assert!(!other.put_grant_tokens("vault", elsewhere, &tokens("CANARY-x", None), NOW).await.unwrap());
    assert!(store.put_grant_tokens("vault", ours, &tokens("CANARY-a", Some("CANARY-r")), NOW).await.unwrap());
    let kept = other.grant_tokens("vault").await.unwrap().unwrap();
    assert_eq!(
        (kept.access.expose_secret(), kept.refresh.unwrap().expose_secret()),
        ("CANARY-a", "CANARY-r")
    );
    assert_eq!((kept.obtained_at.as_str(), kept.expires_at.as_deref()), (NOW, Some(LATER)));

    other.release_turn("vault", elsewhere).await.unwrap();
    assert_eq!(other.claim_turn("vault", SOON, LATER, FAR).await.unwrap(), None, "not theirs to give back");
    // A holder that is heard of no more loses its turn with its minute, and writes nothing afterwards.
    let theirs = other.claim_turn("vault", MINUTE, LATER, FAR).await.unwrap().unwrap();
    assert!(!store.put_grant_tokens("vault", ours, &tokens("CANARY-late", None), NOW).await.unwrap());
    store.put_grant_loss("vault", ours, &Text::fixed("tard", "late"), NOW).await.unwrap();
    assert_eq!(store.grant("vault").await.unwrap().unwrap().lost, None);
    other.release_turn("vault", theirs).await.unwrap();
    // Taken by a clock that has gone back since, it would be nobody's for as long.
    let distant =
        store.claim_turn("vault", NOW, FAR, FAR).await.unwrap().expect("given back, it is free at once");
    assert_eq!(other.claim_turn("vault", SOON, LATER, FAR).await.unwrap(), None);
    let taken = other.claim_turn("vault", SOON, LATER, LATER).await.unwrap().unwrap();
    assert_ne!(taken, distant);
    taken
}

async fn loss(store: &Store, turn: i64) {
    let why = Text::fixed("révoquée", "revoked");
    store.put_grant_loss("vault", turn, &why, SOON).await.unwrap();
    let row = store.grant("vault").await.unwrap().unwrap();
    assert_eq!((row.lost, row.lost_at.as_deref(), row.has_tokens), (Some(why), Some(SOON), true));
    store.put_grant_tokens("vault", turn, &tokens("CANARY-b", None), LATER).await.unwrap();
    let row = store.grant("vault").await.unwrap().unwrap();
    assert_eq!((row.lost, row.lost_at), (None, None), "connected again");
    let grants = store.grants().await.unwrap();
    assert_eq!(grants.iter().map(|grant| grant.provider.as_str()).collect::<Vec<_>>(), ["bank", "vault"]);
}

async fn nothing_in_plain(url: &str) {
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    let sql = "select coalesce(max(tokens), '') || coalesce((select max(verifier) from oauth_states), '') \
               from oauth_grants";
    let sealed: String = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
    assert!(sealed.starts_with("gAAAA") && !sealed.contains("CANARY"), "{sealed}");
    pool.close().await;
}

async fn forgotten(store: &Store) {
    let config = ConfigRow { provider: "vault".into(), updated_at: NOW.into(), ..ConfigRow::default() };
    let mut batch = store.begin().await.unwrap();
    batch.put_config(&config).await.unwrap();
    batch.commit().await.unwrap();
    assert!(store.grant("vault").await.unwrap().is_some(), "settings alone leave it");

    let mut batch = store.begin().await.unwrap();
    batch.put_secret(store, "vault", Some(&"another".into())).await.unwrap();
    batch.commit().await.unwrap();
    assert!(store.grant("vault").await.unwrap().is_none(), "it was granted to another secret");
    assert!(store.take_consent("new").await.unwrap().is_none(), "and so were the ways to it");

    let turn = store.claim_turn("vault", NOW, LATER, FAR).await.unwrap().unwrap();
    let mut batch = store.begin().await.unwrap();
    batch.delete_config("vault").await.unwrap();
    batch.commit().await.unwrap();
    assert!(!store.put_grant_tokens("vault", turn, &tokens("CANARY-c", None), NOW).await.unwrap());
    assert!(store.grant("vault").await.unwrap().is_none(), "nothing comes back after the connection is gone");
    assert!(store.grant("bank").await.unwrap().is_some());
}
