//! What a request asks for.

use super::Entity;
use crate::Kind;
use crate::service::Asked;

/// A request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// Who am I.
    Me,
    /// Everybody.
    Users,
    Pipelines,
    Stages,
    Fields(Entity),
    List(Entity),
    /// Some records by their ids.
    Some(Entity),
    Search(Entity),
    Get(Entity, i64),
    Create(Entity),
    Update(Entity, i64),
    Delete(Entity, i64),
    Webhooks,
    AddWebhook,
    RemoveWebhook(i64),
    /// The page on which a person agrees.
    Authorize,
    /// A code or a refresh token for tokens.
    Token,
    Nowhere,
}

impl Call {
    pub(super) fn read(asked: &Asked) -> Self {
        let parts: Vec<&str> = asked.path().trim_matches('/').split('/').collect();
        match (asked.parts.method.as_str(), parts.as_slice()) {
            ("GET", ["oauth", "authorize"]) => Self::Authorize,
            ("POST", ["oauth", "token"]) => Self::Token,
            ("GET", ["api", "v1", "users", "me"]) => Self::Me,
            ("GET", ["api", "v1", "users"]) => Self::Users,
            ("GET", ["api", "v2", "pipelines"]) => Self::Pipelines,
            ("GET", ["api", "v2", "stages"]) => Self::Stages,
            ("GET", ["api", "v1", "webhooks"]) => Self::Webhooks,
            ("POST", ["api", "v1", "webhooks"]) => Self::AddWebhook,
            ("DELETE", ["api", "v1", "webhooks", id]) => {
                id.parse().map_or(Self::Nowhere, Self::RemoveWebhook)
            }
            (method, ["api", "v2", path]) => {
                let fields = Entity::ALL.into_iter().find(|entity| entity.fields_path() == *path);
                let records = Entity::ALL.into_iter().find(|entity| entity.path() == *path);
                match (method, fields, records) {
                    ("GET", Some(entity), _) => Self::Fields(entity),
                    ("GET", _, Some(entity)) if asked.pairs().iter().any(|(name, _)| name == "ids") => {
                        Self::Some(entity)
                    }
                    ("GET", _, Some(entity)) => Self::List(entity),
                    ("POST", _, Some(entity)) => Self::Create(entity),
                    _ => Self::Nowhere,
                }
            }
            (method, ["api", "v2", path, last]) => {
                let Some(entity) = Entity::ALL.into_iter().find(|entity| entity.path() == *path) else {
                    return Self::Nowhere;
                };
                match (method, *last, last.parse()) {
                    ("GET", "search", _) => Self::Search(entity),
                    ("GET", _, Ok(id)) => Self::Get(entity, id),
                    ("PATCH", _, Ok(id)) => Self::Update(entity, id),
                    ("DELETE", _, Ok(id)) => Self::Delete(entity, id),
                    _ => Self::Nowhere,
                }
            }
            _ => Self::Nowhere,
        }
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Me | Self::Users | Self::Authorize | Self::Token => Kind::Account,
            Self::Pipelines | Self::Stages | Self::Fields(_) => Kind::Schema,
            Self::List(_) | Self::Search(_) => Kind::List,
            Self::Some(_) | Self::Get(..) => Kind::Get,
            Self::Create(_) => Kind::Create,
            Self::Update(..) => Kind::Update,
            Self::Delete(..) => Kind::Delete,
            Self::Webhooks | Self::AddWebhook | Self::RemoveWebhook(_) => Kind::Subscribe,
            Self::Nowhere => Kind::Unknown,
        }
    }

    /// What it costs of the day's budget (pipedrive.readme.io, “Rate limiting”).
    pub(super) fn cost(self) -> u64 {
        match self {
            Self::Authorize | Self::Token | Self::Nowhere => 0,
            Self::Get(..) => 1,
            // Version 1 costs twice as much.
            Self::Me => 2,
            Self::Users | Self::Webhooks => 20,
            Self::AddWebhook => 10,
            Self::RemoveWebhook(_) => 6,
            Self::Pipelines | Self::Stages | Self::Fields(_) | Self::List(_) | Self::Some(_) => 10,
            Self::Search(_) => 20,
            Self::Create(_) | Self::Update(..) => 5,
            Self::Delete(..) => 3,
        }
    }
}
