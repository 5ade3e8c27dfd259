//! Which call a request is.

use serde_json::Value;

use crate::Kind;
use crate::path::decoded;
use crate::service::Asked;

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Call {
    Token,
    Authorize,
    /// `POST /v4/spreadsheets`.
    NewSpreadsheet,
    /// One spreadsheet, and what is done with it.
    Spreadsheet(String, What),
    Nowhere,
}

/// What is done with a spreadsheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Get,
    GetByDataFilter,
    BatchUpdate,
    /// A range's values.
    Values(String),
    Update(String),
    Append(String),
    Clear(String),
    ValuesBatchGet,
    ValuesBatchGetByDataFilter,
    ValuesBatchUpdate,
    ValuesBatchClear,
}

impl Call {
    pub(super) fn read(asked: &Asked) -> Self {
        let path = asked.path();
        let method = asked.parts.method.as_str();
        match (method, path) {
            ("POST", "/token") => return Self::Token,
            ("GET", "/o/oauth2/v2/auth") => return Self::Authorize,
            ("POST", "/v4/spreadsheets") => return Self::NewSpreadsheet,
            _ => {}
        }
        let Some(rest) = path.strip_prefix("/v4/spreadsheets/") else { return Self::Nowhere };
        let (head, range) = match rest.split_once("/values/") {
            Some((id, range)) => (id, Some(range)),
            None => (rest, None),
        };
        let what = match range {
            Some(range) => Self::of_range(method, range),
            None => Self::of_whole(method, head),
        };
        let id = head.trim_end_matches("/values").split([':', '/']).next().and_then(decoded);
        match (id, what) {
            (Some(id), Some(what)) if !id.is_empty() => Self::Spreadsheet(id, what),
            _ => Self::Nowhere,
        }
    }

    fn of_whole(method: &str, head: &str) -> Option<What> {
        let (_, verb) = head.split_once([':', '/']).unwrap_or((head, ""));
        Some(match (method, verb) {
            ("GET", "") => What::Get,
            ("POST", "getByDataFilter") => What::GetByDataFilter,
            ("POST", "batchUpdate") => What::BatchUpdate,
            ("GET", "values:batchGet") => What::ValuesBatchGet,
            ("POST", "values:batchGetByDataFilter") => What::ValuesBatchGetByDataFilter,
            ("POST", "values:batchUpdate") => What::ValuesBatchUpdate,
            ("POST", "values:batchClear") => What::ValuesBatchClear,
            _ => return None,
        })
    }

    /// The verb comes after the last colon; a range has colons of its own.
    fn of_range(method: &str, range: &str) -> Option<What> {
        let verb = |name: &str| range.strip_suffix(name).and_then(decoded);
        match method {
            "GET" => decoded(range).map(What::Values),
            "PUT" => decoded(range).map(What::Update),
            "POST" => verb(":append").map(What::Append).or_else(|| verb(":clear").map(What::Clear)),
            _ => None,
        }
    }

    pub(super) fn kind(&self, asked: &Asked) -> Kind {
        match self {
            Self::Token | Self::Authorize => Kind::Account,
            Self::NewSpreadsheet => Kind::Define,
            Self::Nowhere => Kind::Unknown,
            Self::Spreadsheet(_, what) => match what {
                What::Get | What::GetByDataFilter => Kind::Schema,
                What::Values(_) | What::ValuesBatchGet | What::ValuesBatchGetByDataFilter => Kind::List,
                What::Append(_) => Kind::Create,
                What::Update(_) | What::ValuesBatchUpdate | What::Clear(_) | What::ValuesBatchClear => {
                    Kind::Update
                }
                What::BatchUpdate => kind_of_changes(asked),
            },
        }
    }

    /// Whether it counts as a write.
    pub(super) fn writes(&self) -> bool {
        match self {
            Self::NewSpreadsheet => true,
            Self::Spreadsheet(_, what) => !matches!(
                what,
                What::Get
                    | What::GetByDataFilter
                    | What::Values(_)
                    | What::ValuesBatchGet
                    | What::ValuesBatchGetByDataFilter
            ),
            Self::Token | Self::Authorize | Self::Nowhere => false,
        }
    }
}

/// New rows make it a creation, whatever else comes along.
fn kind_of_changes(asked: &Asked) -> Kind {
    let body: Value =
        asked.json_bytes().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    let names: Vec<&String> = body["requests"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .flat_map(|r| r.keys())
        .collect();
    let any = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    if any(&["insertDimension"]) {
        Kind::Create
    } else if any(&["addSheet", "deleteSheet", "updateSheetProperties", "appendDimension"]) {
        Kind::Define
    } else if any(&["deleteDimension"]) {
        Kind::Delete
    } else {
        Kind::Update
    }
}
