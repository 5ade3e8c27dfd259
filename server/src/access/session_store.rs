//! Keeps the sessions of tower-sessions in our own table.
//!
//! A session holds one thing, whose it is, and never changes: who may do what is read from the members at every
//! request. Its times are the hub's, too.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;

use async_trait::async_trait;
use hub::{Caller, Hub, Member, Origin};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Session, SessionStore, session};

/// The one entry of a session.
const VISIT: &str = "visit";

/// Whose session it is, and where it began.
#[derive(Serialize, Deserialize)]
struct Visit {
    user_id: i64,
    address: Option<IpAddr>,
    browser: String,
}

/// Begins a member's session under a new id; whatever the browser brought along is no longer good.
///
/// # Errors
/// The database could not write.
pub(super) async fn begin(
    session: &Session,
    member: &Member,
    origin: &Origin,
) -> std::result::Result<(), session::Error> {
    session.cycle_id().await?;
    let visit = Visit { user_id: member.id, address: origin.address, browser: origin.browser.clone() };
    session.insert(VISIT, visit).await
}

/// The table of sessions.
#[derive(Clone)]
pub(crate) struct Sessions {
    hub: Hub,
}

impl Sessions {
    pub(super) fn new(hub: Hub) -> Sessions {
        Sessions { hub }
    }

    /// `false` when the id is taken.
    async fn add(&self, record: &Record) -> Result<bool> {
        let visit = record.data.get(VISIT).cloned().unwrap_or_default();
        let Visit { user_id, address, browser } =
            serde_json::from_value(visit).map_err(|error| Error::Encode(error.to_string()))?;
        let origin = Origin::new(address, &browser);
        self.hub.begin_session(&record.id.to_string(), user_id, &origin).await.map_err(failed)
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.add(record).await? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        // What is there already is what is to be saved.
        self.add(record).await.map(drop)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let caller = self.hub.caller_of_session(&id.to_string(), None).await.map_err(failed)?;
        let Some(Caller::Session { member, .. }) = caller else { return Ok(None) };
        let visit = Visit { user_id: member.id, address: None, browser: String::new() };
        let visit = serde_json::to_value(visit).map_err(|error| Error::Decode(error.to_string()))?;
        let data = HashMap::from([(VISIT.to_owned(), visit)]);
        Ok(Some(Record { id: *id, data, expiry_date: OffsetDateTime::now_utc() }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.hub.end_session(&id.to_string()).await.map_err(failed)
    }
}

fn failed(error: hub::Error) -> Error {
    Error::Backend(error.to_string())
}
