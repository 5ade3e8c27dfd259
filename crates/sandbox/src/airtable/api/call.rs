//! Which call a method and a path are.

use crate::airtable::Id;
use crate::{Kind, path};

/// A call and the base it goes to.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::airtable) struct Call {
    pub(in crate::airtable) action: Action,
    pub(in crate::airtable) base: Option<Id>,
}

/// What a call does. Tables, records and fields are as the path names them.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::airtable) enum Action {
    WhoAmI,
    Bases,
    Tables,
    CreateTable,
    CreateField {
        table: String,
    },
    UpdateField {
        table: String,
        field: String,
    },
    List {
        table: String,
        in_body: bool,
    },
    Get {
        table: String,
        record: String,
    },
    Create {
        table: String,
    },
    UpdateSome {
        table: String,
        replace: bool,
    },
    UpdateOne {
        table: String,
        record: String,
        replace: bool,
    },
    DeleteSome {
        table: String,
    },
    DeleteOne {
        table: String,
        record: String,
    },
    Upload {
        record: String,
        field: String,
    },
    Webhooks,
    CreateWebhook,
    RefreshWebhook {
        webhook: String,
    },
    DeleteWebhook {
        webhook: String,
    },
    /// No such route.
    None,
}

impl Call {
    /// Reads method and (still encoded) path.
    pub(in crate::airtable) fn parse(method: &str, path: &str) -> Self {
        let parts: Option<Vec<String>> = path.trim_matches('/').split('/').map(path::decoded).collect();
        let parts = parts.unwrap_or_default();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (action, base) = match parts.as_slice() {
            ["v0", "meta", "whoami"] if method == "GET" => (Action::WhoAmI, None),
            ["v0", "meta", "bases"] if method == "GET" => (Action::Bases, None),
            ["v0", "meta", "bases", base, rest @ ..] => (schema(method, rest), Some(*base)),
            ["v0", "bases", base, "webhooks", rest @ ..] => (webhooks(method, rest), Some(*base)),
            ["v0", base, rest @ ..] => (records(method, rest), Some(*base)),
            _ => (Action::None, None),
        };
        match base {
            // A word that cannot be a base is a route that does not exist.
            Some(base) if !base.starts_with("app") => Self { action: Action::None, base: None },
            base => Self { action, base: base.and_then(Id::parse) },
        }
    }

    /// The kind of the call. `upserts` is whether the body asks to merge.
    pub(in crate::airtable) fn kind(&self, upserts: bool) -> Kind {
        use Action as A;
        match &self.action {
            A::WhoAmI | A::Bases => Kind::Account,
            A::Tables => Kind::Schema,
            A::CreateTable | A::CreateField { .. } | A::UpdateField { .. } => Kind::Define,
            A::List { .. } => Kind::List,
            A::Get { .. } => Kind::Get,
            A::Create { .. } => Kind::Create,
            A::UpdateSome { .. } if upserts => Kind::Upsert,
            A::UpdateSome { .. } | A::UpdateOne { .. } => Kind::Update,
            A::DeleteSome { .. } | A::DeleteOne { .. } => Kind::Delete,
            A::Upload { .. } => Kind::Upload,
            A::Webhooks | A::CreateWebhook | A::RefreshWebhook { .. } | A::DeleteWebhook { .. } => {
                Kind::Subscribe
            }
            A::None => Kind::Unknown,
        }
    }
}

fn schema(method: &str, rest: &[&str]) -> Action {
    match (method, rest) {
        ("GET", ["tables"]) => Action::Tables,
        ("POST", ["tables"]) => Action::CreateTable,
        ("POST", ["tables", table, "fields"]) => Action::CreateField { table: (*table).into() },
        ("PATCH", ["tables", table, "fields", field]) => {
            Action::UpdateField { table: (*table).into(), field: (*field).into() }
        }
        _ => Action::None,
    }
}

fn webhooks(method: &str, rest: &[&str]) -> Action {
    match (method, rest) {
        ("GET", []) => Action::Webhooks,
        ("POST", []) => Action::CreateWebhook,
        ("POST", [webhook, "refresh"]) => Action::RefreshWebhook { webhook: (*webhook).into() },
        ("DELETE", [webhook]) => Action::DeleteWebhook { webhook: (*webhook).into() },
        _ => Action::None,
    }
}

fn records(method: &str, rest: &[&str]) -> Action {
    let replace = method == "PUT";
    match (method, rest) {
        ("GET", [table]) => Action::List { table: (*table).into(), in_body: false },
        ("POST", [table, "listRecords"]) => Action::List { table: (*table).into(), in_body: true },
        ("GET", [table, record]) => Action::Get { table: (*table).into(), record: (*record).into() },
        ("POST", [table]) => Action::Create { table: (*table).into() },
        ("POST", [record, field, "uploadAttachment"]) => {
            Action::Upload { record: (*record).into(), field: (*field).into() }
        }
        ("PATCH" | "PUT", [table]) => Action::UpdateSome { table: (*table).into(), replace },
        ("PATCH" | "PUT", [table, record]) => {
            Action::UpdateOne { table: (*table).into(), record: (*record).into(), replace }
        }
        ("DELETE", [table]) => Action::DeleteSome { table: (*table).into() },
        ("DELETE", [table, record]) => Action::DeleteOne { table: (*table).into(), record: (*record).into() },
        _ => Action::None,
    }
}
