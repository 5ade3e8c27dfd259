//! Which call a method and a path are.

use serde_json::Value;

use crate::service::Asked;
use crate::{Kind, path};

/// A call. Ids are as the path names them.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::notion) struct Call {
    pub(in crate::notion) action: Action,
}

#[derive(Clone, Debug, PartialEq)]
pub(in crate::notion) enum Action {
    Me,
    Users,
    User(String),
    Search,
    Database(String),
    Source(String),
    /// Change a data source.
    Define(String),
    Query(String),
    Create,
    Get(String),
    Update(String),
    Item {
        page: String,
        property: String,
    },
    /// No such route.
    None,
}

impl Call {
    /// Reads method and (still encoded) path.
    pub(in crate::notion) fn parse(method: &str, path: &str) -> Self {
        let parts: Option<Vec<String>> = path.trim_matches('/').split('/').map(path::decoded).collect();
        let parts = parts.unwrap_or_default();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let action = match (method, parts.as_slice()) {
            ("GET", ["v1", "users", "me"]) => Action::Me,
            ("GET", ["v1", "users"]) => Action::Users,
            ("GET", ["v1", "users", id]) => Action::User((*id).into()),
            ("POST", ["v1", "search"]) => Action::Search,
            ("GET", ["v1", "databases", id]) => Action::Database((*id).into()),
            ("GET", ["v1", "data_sources", id]) => Action::Source((*id).into()),
            ("PATCH", ["v1", "data_sources", id]) => Action::Define((*id).into()),
            ("POST", ["v1", "data_sources", id, "query"]) => Action::Query((*id).into()),
            ("POST", ["v1", "pages"]) => Action::Create,
            ("GET", ["v1", "pages", id]) => Action::Get((*id).into()),
            ("PATCH", ["v1", "pages", id]) => Action::Update((*id).into()),
            ("GET", ["v1", "pages", page, "properties", property]) => {
                Action::Item { page: (*page).into(), property: (*property).into() }
            }
            _ => Action::None,
        };
        Self { action }
    }

    /// The kind of the call. Putting a page into the trash is how pages are deleted.
    pub(in crate::notion) fn kind(&self, asked: &Asked) -> Kind {
        use Action as A;
        match &self.action {
            A::Me | A::Users | A::User(_) => Kind::Account,
            A::Search | A::Database(_) | A::Source(_) => Kind::Schema,
            A::Define(_) => Kind::Define,
            A::Query(_) => Kind::List,
            A::Get(_) | A::Item { .. } => Kind::Get,
            A::Create => Kind::Create,
            A::Update(_) if trashes(asked) => Kind::Delete,
            A::Update(_) => Kind::Update,
            A::None => Kind::Unknown,
        }
    }
}

fn trashes(asked: &Asked) -> bool {
    let body: Option<Value> = asked.json_bytes().and_then(|body| serde_json::from_slice(body).ok());
    body.is_some_and(|body| body["in_trash"] == true || body["archived"] == true)
}
