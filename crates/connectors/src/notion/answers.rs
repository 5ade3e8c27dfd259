//! What the service answers, before anything is made of it.

use serde::Deserialize;

use super::page::RawPage;
use super::people::User;
use super::schema::Segment;

/// Reads an answer, which is always an object; a list would be taken for its members in order.
pub(super) fn object<'a, T: Deserialize<'a>>(body: &'a [u8]) -> serde_json::Result<T> {
    match body.trim_ascii_start().first() {
        None | Some(b'{') => serde_json::from_slice(body),
        Some(_) => Err(serde::de::Error::custom("an object is due")),
    }
}

/// A database: its name and its data sources.
pub(super) struct Database {
    pub(super) title: String,
    pub(super) in_trash: bool,
    /// Id and name.
    pub(super) sources: Vec<SourceName>,
}

/// A data source as its database names it.
#[derive(Deserialize)]
pub(super) struct SourceName {
    pub(super) id: String,
    #[serde(default)]
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct RawDatabase {
    #[serde(default)]
    pub(super) title: Vec<Segment>,
    #[serde(default)]
    pub(super) in_trash: bool,
    pub(super) data_sources: Vec<SourceName>,
}

/// The integration itself.
#[derive(Deserialize)]
pub(super) struct Bot {
    pub(super) id: String,
}

/// A page that was written.
#[derive(Deserialize)]
pub(super) struct Written {
    pub(super) id: String,
    /// It lies in the trash: nobody sees what was written.
    #[serde(default)]
    pub(super) in_trash: bool,
}

/// Some rows of a query.
pub(super) struct Rows<R> {
    pub(super) rows: Vec<R>,
    pub(super) cursor: Option<String>,
    /// The query reached the most rows it gives, and there are more.
    pub(super) cut: bool,
}

#[derive(Deserialize)]
pub(super) struct RawRows<'a> {
    #[serde(borrow)]
    results: Vec<RawPage<'a>>,
    next_cursor: Option<String>,
    #[serde(default)]
    request_status: Option<RequestStatus>,
}

#[derive(Deserialize)]
struct RequestStatus {
    r#type: String,
}

#[derive(Deserialize)]
pub(super) struct RawUsers {
    pub(super) results: Vec<User>,
    pub(super) next_cursor: Option<String>,
}

impl<'a> RawRows<'a> {
    /// The rows, each made into what is kept of it.
    pub(super) fn kept<R>(self, keep: impl Fn(RawPage<'a>) -> R) -> Rows<R> {
        let pages = self.results.into_iter().filter(|page| page.object == "page");
        Rows {
            rows: pages.map(keep).collect(),
            cursor: self.next_cursor,
            cut: self.request_status.is_some_and(|status| status.r#type == "incomplete"),
        }
    }
}
