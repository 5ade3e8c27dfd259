//! Which call a method and a path are.

use crate::{Kind, path};

/// A call and the type of object it is about, as the path names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) action: Action,
    pub(super) object: Option<String>,
}

/// What a call does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Account,
    Owners,
    Schemas,
    Properties,
    Pipelines,
    List,
    /// With the id of the record.
    Get(String),
    BatchRead,
    Search,
    /// To which other type.
    Associations(String),
    Create,
    Update(String),
    Archive(String),
    BatchCreate,
    BatchUpdate,
    BatchUpsert,
    BatchArchive,
    /// The page on which a person agrees.
    Authorize,
    Token,
    /// No such path.
    Nowhere,
}

impl Call {
    /// Reads method and (still encoded) path.
    pub(super) fn parse(method: &str, path: &str) -> Self {
        let parts: Option<Vec<String>> = path.trim_matches('/').split('/').map(path::decoded).collect();
        let parts = parts.unwrap_or_default();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (action, object) = match (method, parts.as_slice()) {
            ("GET", ["account-info", "v3", "details"]) => (Action::Account, None),
            ("GET", ["crm", "v3", "owners"]) => (Action::Owners, None),
            ("GET", ["crm-object-schemas" | "crm", "v3", "schemas"]) => (Action::Schemas, None),
            ("GET", ["crm", "v3", "properties", object]) => (Action::Properties, Some(*object)),
            ("GET", ["crm", "v3", "pipelines", object]) => (Action::Pipelines, Some(*object)),
            ("POST", ["crm", "v4", "associations", from, to, "batch", "read"]) => {
                (Action::Associations((*to).to_owned()), Some(*from))
            }
            (_, ["crm", "v3", "objects", object, rest @ ..]) => (records(method, rest), Some(*object)),
            ("GET", ["oauth", "authorize"]) => (Action::Authorize, None),
            ("POST", ["oauth", "v1", "token"]) => (Action::Token, None),
            _ => (Action::Nowhere, None),
        };
        Self { action, object: object.map(str::to_owned) }
    }

    pub(super) fn kind(&self) -> Kind {
        match &self.action {
            Action::Account | Action::Authorize | Action::Token => Kind::Account,
            Action::Owners | Action::Schemas | Action::Properties | Action::Pipelines => Kind::Schema,
            Action::List | Action::Search => Kind::List,
            Action::Get(_) | Action::BatchRead | Action::Associations(_) => Kind::Get,
            Action::Create | Action::BatchCreate => Kind::Create,
            Action::Update(_) | Action::BatchUpdate => Kind::Update,
            Action::BatchUpsert => Kind::Upsert,
            Action::Archive(_) | Action::BatchArchive => Kind::Delete,
            Action::Nowhere => Kind::Unknown,
        }
    }
}

fn records(method: &str, rest: &[&str]) -> Action {
    match (method, rest) {
        ("GET", []) => Action::List,
        ("POST", []) => Action::Create,
        ("POST", ["search"]) => Action::Search,
        ("POST", ["batch", "read"]) => Action::BatchRead,
        ("POST", ["batch", "create"]) => Action::BatchCreate,
        ("POST", ["batch", "update"]) => Action::BatchUpdate,
        ("POST", ["batch", "upsert"]) => Action::BatchUpsert,
        ("POST", ["batch", "archive"]) => Action::BatchArchive,
        ("GET", [id]) => Action::Get((*id).to_owned()),
        ("PATCH", [id]) => Action::Update((*id).to_owned()),
        ("DELETE", [id]) => Action::Archive((*id).to_owned()),
        _ => Action::Nowhere,
    }
}
