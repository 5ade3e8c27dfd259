//! The settings, read once into what the requests need.

use reqwest::Method;
use serde_json::{Map, Value as Json};
use url::Url;

use super::path::{DataPath, Path};
use super::texts;
use crate::common::form::Form;
use crate::error::Result;

/// The API as its owner described it.
#[derive(Debug)]
pub(super) struct RestSettings {
    pub(super) url: Url,
    pub(super) method: Method,
    pub(super) headers: Vec<(String, String)>,
    pub(super) params: Vec<(String, String)>,
    pub(super) body: Body,
    pub(super) rows: DataPath,
    /// The column that tells a row from the others; found out where nobody says.
    pub(super) id: Option<Path>,
    pub(super) paging: Paging,
    /// How many rows a page is expected to have.
    pub(super) page_size: Option<u64>,
    /// The parameter that asks for that many.
    pub(super) size_param: Option<String>,
    pub(super) total: Option<Path>,
    pub(super) max_pages: u64,
    pub(super) per_second: u64,
    pub(super) changes: Option<Changes>,
}

/// How one gets from one page to the next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Paging {
    /// Everything comes at once.
    None,
    /// Pages are numbered.
    Page { param: String, first: u64 },
    /// One says how many rows to pass over.
    Offset { param: String },
    /// The answer holds a cursor.
    Cursor { param: String, path: Path },
    /// `Link: <…>; rel="next"` (RFC 8288).
    LinkHeader,
    /// The answer holds the next page's address.
    NextUrl { path: Path },
}

/// What is sent with the question.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    /// Nothing.
    None,
    /// A text of that type.
    Text { content_type: String, text: String },
    /// A JSON object that the parameters of paging are put into.
    Object(Map<String, Json>),
}

/// How the service tells what has changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Changes {
    /// The parameter that asks for what came after.
    pub(super) param: String,
    /// The column that grows.
    pub(super) path: Path,
    /// What is sent while nothing is remembered.
    pub(super) start: Option<String>,
}

/// Headers that hold credentials, which are not sealed in a header.
const SECRET_HEADERS: [&str; 8] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "x-api-key",
    "api-key",
    "apikey",
    "x-auth-token",
    "x-access-token",
];
/// Headers that say how the bytes travel, which is not the owner's to decide.
const OWN_HEADERS: [&str; 6] =
    ["host", "content-length", "transfer-encoding", "connection", "accept-encoding", "upgrade"];

impl RestSettings {
    pub(super) fn parse(form: &Form) -> Result<RestSettings> {
        let url = texts::address(form, "url")?;
        let method = if form.text("method") == "POST" { Method::POST } else { Method::GET };
        let (headers, content_type) = headers(form)?;
        let path = |key| optional_path(form, key);
        let paging = paging(form)?;
        let size_param = match paging {
            Paging::Offset { .. } => Some(form.text_or("limit_param", "limit").to_owned()),
            _ => filled(form.text("size_param")),
        };
        Ok(RestSettings {
            url,
            method,
            headers,
            params: model::spec::pairs(form.text("params")).map_err(|why| form.wrong("params", &why))?,
            body: body(form, content_type)?,
            rows: DataPath::parse(form.text("data_path"))?,
            id: path("id_path")?,
            paging,
            page_size: form.number("page_size"),
            size_param,
            total: path("total_path")?,
            max_pages: form.number("max_pages").unwrap_or(1_000),
            per_second: form.number("requests_per_second").unwrap_or(5),
            changes: changes(form)?,
        })
    }
}

/// The headers to send, and what they say of the body.
type Headers = (Vec<(String, String)>, Option<String>);

fn headers(form: &Form) -> Result<Headers> {
    let all = model::spec::pairs(form.text("headers"));
    let all = all.map_err(|why| form.wrong("headers", &why))?;
    let mut content_type = None;
    let mut headers = Vec::new();
    for (name, value) in all {
        let lower = name.to_ascii_lowercase();
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
        if SECRET_HEADERS.contains(&lower.as_str()) {
            return Err(texts::secret_header(&name));
        }
        if OWN_HEADERS.contains(&lower.as_str()) {
            return Err(texts::own_header(&name));
        }
        if !is_name || value.chars().any(char::is_control) {
            return Err(texts::no_header(&name));
        }
        if lower == "content-type" {
            content_type = Some(value);
        } else {
            headers.push((name, value));
        }
    }
    Ok((headers, content_type))
}

fn body(form: &Form, content_type: Option<String>) -> Result<Body> {
    let text = form.text("body");
    if form.text("method") != "POST" {
        return Ok(Body::None);
    }
    if form.text("paging_in") == "body" {
        let object = if text.is_empty() { "{}" } else { text };
        return match serde_json::from_str(object) {
            Ok(object) => Ok(Body::Object(object)),
            Err(_) => Err(form.unusable(
                "body",
                "n'est pas un objet JSON, alors que les paramètres de pagination doivent y être mis",
                "is not a JSON object, although the parameters of paging are to be put into it",
            )),
        };
    }
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let usual = if is_json || text.is_empty() { "application/json" } else { "text/plain; charset=utf-8" };
    let content_type = content_type.unwrap_or_else(|| usual.to_owned());
    Ok(Body::Text { content_type, text: text.to_owned() })
}

fn paging(form: &Form) -> Result<Paging> {
    let needed_path = |key| optional_path(form, key).map(Option::unwrap_or_default);
    Ok(match form.text("paging") {
        "page" => Paging::Page {
            param: form.text_or("page_param", "page").to_owned(),
            first: form.number("first_page").unwrap_or(1),
        },
        "offset" => Paging::Offset { param: form.text_or("offset_param", "offset").to_owned() },
        "cursor" => {
            Paging::Cursor { param: form.text("cursor_param").to_owned(), path: needed_path("cursor_path")? }
        }
        "link_header" => Paging::LinkHeader,
        "next_url" => Paging::NextUrl { path: needed_path("next_path")? },
        _ => Paging::None,
    })
}

fn changes(form: &Form) -> Result<Option<Changes>> {
    let (param, path) = (form.text("since_param"), optional_path(form, "since_path")?);
    match (param, path) {
        ("", None) => Ok(None),
        ("", Some(_)) => Err(form.unusable("since_param", "est vide", "is empty")),
        (_, None) => Err(form.unusable("since_path", "est vide", "is empty")),
        (param, Some(path)) => {
            let start = filled(form.text("since_start"));
            Ok(Some(Changes { param: param.to_owned(), path, start }))
        }
    }
}

fn optional_path(form: &Form, key: &str) -> Result<Option<Path>> {
    let text = form.text(key);
    let wrong = || form.unusable(key, "n'est pas un chemin", "is not a path");
    filled(text).map(|text| Path::parse(&text).ok_or_else(wrong)).transpose()
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
