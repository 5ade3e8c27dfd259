//! Who may enter, told to both engines: members, sessions, tokens, the audit log.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use model::access::{Action, Role, Scope};
use store::{AuditRow, Batch, Keys, Living, NewApiToken, NewSession, Store};

const BEFORE: &str = "2026-11-21T05:00:00.000Z";
const NOW: &str = "2026-11-21T08:00:00.000Z";
const LATER: &str = "2026-11-21T09:00:00.000Z";

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let keys = Keys::parse(&Keys::generate()).unwrap();
    let one = Store::open(url, keys.clone()).await.unwrap();
    let other = Store::open(url, keys).await.unwrap();
    let owner = first_owner(&one, &other).await;
    members(&one, owner).await;
    last_owner(&one, &other, owner).await;
    sessions(&one, owner).await;
    tokens(&one, owner).await;
    audit(&one).await;
    one.close().await;
    other.close().await;
}

/// Changes that are made at once.
async fn write<T>(store: &Store, change: impl AsyncFnOnce(&mut Batch) -> store::Result<T>) -> T {
    let mut batch = store.begin().await.unwrap();
    let done = change(&mut batch).await.unwrap();
    batch.commit().await.unwrap();
    done
}

async fn first_owner(one: &Store, other: &Store) -> i64 {
    assert!(!one.has_owner().await.unwrap());
    let claims = tokio::join!(
        write(one, async |batch| batch.add_owner("owner", "$argon2id$a", NOW).await),
        write(other, async |batch| batch.add_owner("owner", "$argon2id$b", NOW).await)
    );
    assert!(claims.0.is_some() != claims.1.is_some(), "{claims:?}");
    assert!(other.has_owner().await.unwrap());
    let owner = one.user_named("owner").await.unwrap().unwrap();
    assert_eq!((owner.role, owner.has_password, owner.invited_until.as_deref()), (Role::Owner, true, None));
    owner.id
}

async fn members(store: &Store, owner: i64) {
    let id = write(store, async |batch| batch.add_user("camille", Role::Viewer, NOW).await).await.unwrap();
    assert_eq!(write(store, async |batch| batch.add_user("camille", Role::Owner, NOW).await).await, None);
    write(store, async |batch| batch.put_invitation(id, "first", LATER).await).await;
    write(store, async |batch| batch.put_invitation(id, "second", LATER).await).await;
    assert_eq!(store.invited("first", NOW).await.unwrap(), None, "only the last one is good");
    assert_eq!(store.invited("second", LATER).await.unwrap(), None, "it is over");
    let invited = store.invited("second", NOW).await.unwrap().unwrap();
    assert_eq!(
        (invited.id, invited.has_password, invited.invited_until.as_deref()),
        (id, false, Some(LATER))
    );

    assert_eq!(write(store, async |batch| batch.take_invitation("second", NOW).await).await, Some(id));
    assert_eq!(write(store, async |batch| batch.take_invitation("second", NOW).await).await, None);
    write(store, async |batch| batch.put_password(id, "$argon2id$c").await).await;
    assert_eq!(store.password_of(id).await.unwrap().as_deref(), Some("$argon2id$c"));
    assert_eq!(store.password_of(0).await.unwrap(), None);
    assert!(write(store, async |batch| batch.put_role(id, Role::Editor).await).await);
    let users = store.users().await.unwrap();
    assert_eq!(
        users.iter().map(|user| (user.id, user.role)).collect::<Vec<_>>(),
        [(owner, Role::Owner), (id, Role::Editor)]
    );
    assert!(write(store, async |batch| batch.delete_user(id).await).await);
    assert_eq!(store.user(id).await.unwrap(), None);
}

async fn last_owner(one: &Store, other: &Store, owner: i64) {
    // One who was invited and has no password yet does not count.
    let second = write(one, async |batch| batch.add_user("dominique", Role::Owner, NOW).await).await.unwrap();
    assert!(!write(one, async |batch| batch.delete_user(owner).await).await);
    assert!(!write(one, async |batch| batch.put_role(owner, Role::Viewer).await).await);
    assert!(write(one, async |batch| batch.put_role(owner, Role::Owner).await).await);

    // Of two owners who remove each other at the same moment one stays.
    write(one, async |batch| batch.put_password(second, "$argon2id$d").await).await;
    let gone = tokio::join!(
        write(one, async |batch| batch.delete_user(second).await),
        write(other, async |batch| batch.put_role(owner, Role::Viewer).await)
    );
    assert!(gone.0 != gone.1, "{gone:?}");
    assert!(one.has_owner().await.unwrap());
    if gone.1 {
        assert!(write(one, async |batch| batch.put_role(owner, Role::Owner).await).await);
        assert!(write(one, async |batch| batch.delete_user(second).await).await);
    }
}

async fn sessions(store: &Store, owner: i64) {
    let new = |hash: &str| NewSession {
        key_hash: hash.into(),
        user_id: owner,
        browser: "Firefox".into(),
        address: "127.0.0.1".into(),
    };
    let living = |instant: &str| Living { begun_after: instant.into(), seen_after: instant.into() };
    let idle = |instant: &str| Living { begun_after: BEFORE.into(), seen_after: instant.into() };
    assert!(write(store, async |batch| batch.add_session(&new("a"), NOW).await).await);
    assert!(!write(store, async |batch| batch.add_session(&new("a"), NOW).await).await, "the id is taken");
    assert!(write(store, async |batch| batch.add_session(&new("b"), NOW).await).await);
    let a = store.session("a", &living(BEFORE)).await.unwrap().unwrap();
    assert_eq!((a.name.as_str(), a.role, a.browser.as_str()), ("owner", Role::Owner, "Firefox"));
    assert_eq!(store.session("a", &living(NOW)).await.unwrap(), None, "it is over");
    assert_eq!(store.session("c", &living(BEFORE)).await.unwrap(), None);

    write(store, async |batch| batch.touch_session(a.id, "10.0.0.1", LATER).await).await;
    let listed = store.sessions(owner, &living(BEFORE)).await.unwrap();
    assert_eq!(listed.iter().map(|s| s.address.as_str()).collect::<Vec<_>>(), ["10.0.0.1", "127.0.0.1"]);
    // The one that was seen lives on, the other was idle for too long.
    assert_eq!(store.sessions(owner, &idle(NOW)).await.unwrap().len(), 1);
    assert!(!write(store, async |batch| batch.revoke_session(owner + 1, a.id).await).await);
    assert!(write(store, async |batch| batch.revoke_session(owner, a.id).await).await);
    write(store, async |batch| batch.forget_sessions(&idle(NOW)).await).await;
    assert_eq!(store.sessions(owner, &living(BEFORE)).await.unwrap(), []);

    // Another password ends them all.
    write(store, async |batch| batch.add_session(&new("c"), NOW).await).await;
    write(store, async |batch| batch.add_session(&new("d"), NOW).await).await;
    write(store, async |batch| batch.end_session("d").await).await;
    assert_eq!(store.sessions(owner, &living(BEFORE)).await.unwrap().len(), 1);
    write(store, async |batch| batch.put_password(owner, "$argon2id$e").await).await;
    assert_eq!(store.sessions(owner, &living(BEFORE)).await.unwrap(), []);
}

async fn tokens(store: &Store, owner: i64) {
    let member = write(store, async |batch| batch.add_user("élodie", Role::Editor, NOW).await).await.unwrap();
    let new = |user_id, hash: &str| NewApiToken {
        user_id,
        name: "Tableau".into(),
        scope: Scope::Sync,
        hint: "psr_abc".into(),
        hash: hash.into(),
    };
    let one = write(store, async |batch| batch.add_api_token(&new(owner, "x"), NOW).await).await;
    let two = write(store, async |batch| batch.add_api_token(&new(member, "y"), NOW).await).await;
    write(store, async |batch| batch.touch_api_token(two, LATER).await).await;
    let found = store.api_token("y").await.unwrap().unwrap();
    assert_eq!((found.id, found.role, found.scope), (two, Role::Editor, Scope::Sync));
    assert_eq!((found.member.as_str(), found.used_at.as_deref()), ("élodie", Some(LATER)));
    assert_eq!(store.api_token("z").await.unwrap(), None);
    let ids = async |whose| store.api_tokens(whose).await.unwrap().iter().map(|t| t.id).collect::<Vec<_>>();
    assert_eq!((ids(None).await, ids(Some(owner)).await), (vec![two, one], vec![one]));
    // They go with their member.
    assert!(write(store, async |batch| batch.delete_user(member).await).await);
    assert_eq!(store.api_token("y").await.unwrap(), None);
    write(store, async |batch| batch.delete_api_token(one).await).await;
    assert_eq!(ids(None).await, [0; 0]);
}

async fn audit(store: &Store) {
    let row = |at: &str, action| AuditRow {
        id: 0,
        at: at.into(),
        actor: "owner".into(),
        address: "127.0.0.1".into(),
        action,
        subject: "POST /login".into(),
    };
    for (at, action) in [(BEFORE, Action::LoginFailed), (NOW, Action::LoggedIn), (LATER, Action::Exported)] {
        write(store, async |batch| batch.add_audit(&row(at, action)).await).await;
    }
    let page = store.audit_log(2, 1).await.unwrap();
    let told: Vec<_> = page.iter().map(|row| (row.action, row.at.as_str())).collect();
    assert_eq!(told, [(Action::LoggedIn, NOW), (Action::LoginFailed, BEFORE)]);
    write(store, async |batch| batch.forget_audit(NOW).await).await;
    assert_eq!(store.count_audit_log().await.unwrap(), 2);
}
