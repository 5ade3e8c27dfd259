//! Which of its resources a request is for.

use super::objects::STAGE;
use crate::Kind;
use crate::path::decoded;
use crate::service::Asked;

/// The newest version of the API.
pub(super) const NEWEST: u16 = 68;
/// Older versions were switched off (unverified which).
const OLDEST: u16 = 31;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// Something for tokens.
    Token,
    /// The page on which a person agrees.
    Authorize,
    /// A token is to be void.
    Revoke,
    /// Whose token it is.
    UserInfo,
    /// Which versions there are; anybody may ask.
    Versions,
    /// What is left of the organisation's limits.
    Limits,
    /// All objects.
    Objects,
    /// The fields of an object.
    Describe(String),
    /// A query; `true` where deleted records are listed too.
    Query(bool),
    /// The next page of a query.
    More(String),
    /// A new record of an object.
    Create(String),
    /// A record of an object, by its id.
    Record(Verb, String, String),
    /// A record of an object, by an external id and its value.
    ByKey(Verb, String, String, String),
    /// Up to 200 new records.
    CreateMany,
    /// Changes to up to 200 records.
    UpdateMany,
    /// Up to 200 records to delete.
    DeleteMany,
    /// Up to 2,000 records of an object by their ids.
    ReadMany(String),
    /// Up to 200 records of an object, by an external id.
    UpsertMany(String, String),
    /// The resource is there, but not for this method.
    WrongMethod,
    /// No such resource.
    Nowhere,
}

/// What is done with one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Read,
    Write,
    Delete,
}

impl Call {
    pub(super) fn read(asked: &Asked) -> Self {
        let method = asked.parts.method.as_str();
        let path: Option<Vec<String>> = asked.path().trim_matches('/').split('/').map(decoded).collect();
        let path = path.unwrap_or_default();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["services", "oauth2", "token"] if method == "POST" => Self::Token,
            ["services", "oauth2", "authorize"] if method == "GET" => Self::Authorize,
            ["services", "oauth2", "revoke"] => Self::Revoke,
            ["services", "oauth2", "userinfo"] => Self::UserInfo,
            ["services", "data"] => Self::Versions,
            ["services", "data", version, rest @ ..] if is_version(version) => Self::resource(method, rest),
            _ => Self::Nowhere,
        }
    }

    fn resource(method: &str, path: &[&str]) -> Self {
        let own = |text: &&str| (*text).to_owned();
        let verb = match method {
            "GET" => Verb::Read,
            "DELETE" => Verb::Delete,
            _ => Verb::Write,
        };
        match (method, path) {
            ("GET", ["limits"]) => Self::Limits,
            ("GET", ["sobjects"]) => Self::Objects,
            ("GET", ["sobjects", object, "describe"]) => Self::Describe(own(object)),
            ("POST", ["sobjects", object]) => Self::Create(own(object)),
            ("GET" | "PATCH" | "DELETE", ["sobjects", object, id]) => {
                Self::Record(verb, own(object), own(id))
            }
            ("GET" | "PATCH" | "DELETE", ["sobjects", object, field, value]) => {
                Self::ByKey(verb, own(object), own(field), own(value))
            }
            ("GET", ["query"]) => Self::Query(false),
            ("GET", ["queryAll"]) => Self::Query(true),
            ("GET", ["query" | "queryAll", cursor]) => Self::More(own(cursor)),
            ("POST", ["composite", "sobjects"]) => Self::CreateMany,
            ("PATCH", ["composite", "sobjects"]) => Self::UpdateMany,
            ("DELETE", ["composite", "sobjects"]) => Self::DeleteMany,
            ("POST", ["composite", "sobjects", object]) => Self::ReadMany(own(object)),
            ("PATCH", ["composite", "sobjects", object, field]) => Self::UpsertMany(own(object), own(field)),
            (_, ["limits" | "sobjects" | "query" | "queryAll" | "composite", ..]) => Self::WrongMethod,
            _ => Self::Nowhere,
        }
    }

    /// The stages of opportunities are a part of their fields.
    pub(super) fn kind(&self, asked: &Asked) -> Kind {
        match self {
            Self::Token | Self::Authorize | Self::Revoke | Self::UserInfo | Self::Versions | Self::Limits => {
                Kind::Account
            }
            Self::Objects | Self::Describe(_) => Kind::Schema,
            Self::Query(_) if asked.query().contains(STAGE) => Kind::Schema,
            Self::Query(_) | Self::More(_) => Kind::List,
            Self::Record(Verb::Read, ..) | Self::ByKey(Verb::Read, ..) | Self::ReadMany(_) => Kind::Get,
            Self::Create(_) | Self::CreateMany => Kind::Create,
            Self::Record(Verb::Write, ..) | Self::UpdateMany => Kind::Update,
            Self::ByKey(Verb::Write, ..) | Self::UpsertMany(..) => Kind::Upsert,
            Self::Record(Verb::Delete, ..) | Self::ByKey(Verb::Delete, ..) | Self::DeleteMany => Kind::Delete,
            Self::WrongMethod | Self::Nowhere => Kind::Unknown,
        }
    }

    /// Whether anybody may ask, without a token, and nothing is counted.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Token | Self::Authorize | Self::Revoke | Self::Versions)
    }
}

fn is_version(text: &str) -> bool {
    let number = text.strip_prefix('v').and_then(|text| text.strip_suffix(".0"));
    number.and_then(|text| text.parse().ok()).is_some_and(|number: u16| (OLDEST..=NEWEST).contains(&number))
}
