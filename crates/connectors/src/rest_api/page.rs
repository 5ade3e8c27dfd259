//! A page that came as one JSON document.

use encoding_rs::Encoding;
use serde_json::value::RawValue;
use xxhash_rust::xxh3::Xxh3;

use super::find;
use super::path::Path;
use super::refusal::SERVICE;
use super::settings::{Paging, RestSettings};
use super::texts;
use super::walk::Told;
use crate::error::{Result, Retry};
use crate::http::cut_short;

/// The rows of a page, and what it told.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Each a JSON object.
    pub(super) rows: Vec<String>,
    /// The size of the answer.
    pub(super) bytes: u64,
    pub(super) told: Told,
}

impl Page {
    /// # Errors
    /// `UnexpectedReply` when it is no JSON, or has no rows where they should be.
    pub(super) fn read(
        settings: &RestSettings,
        content_type: Option<&str>,
        body: &[u8],
        is_first: bool,
    ) -> Result<Page> {
        let bytes = body.len() as u64;
        let text = decoded(content_type, body)?;
        if text.trim().is_empty() {
            return Err(texts::empty_answer().retry(Retry::Backoff));
        }
        let document: &RawValue = serde_json::from_str(&text)
            .map_err(|error| if error.is_eof() { cut_short(SERVICE) } else { texts::no_json(&error) })?;
        let rows = find::rows(document, &settings.rows, !is_first)?;
        let plain = |path: &Path| find::at(document, path).ok().and_then(find::plain);
        let next = match &settings.paging {
            Paging::Cursor { path, .. } | Paging::NextUrl { path } => plain(path),
            _ => None,
        };
        let total = settings.total.as_ref().and_then(plain).and_then(|total| total.parse().ok());
        let told = Told { rows: rows.len() as u64, hash: hash(&rows), next, total, is_gone: false };
        Ok(Page { rows, bytes, told })
    }
}

/// What rows are recognised by.
fn hash(rows: &[String]) -> u64 {
    let mut hash = Xxh3::new();
    for row in rows {
        hash.update(row.as_bytes());
    }
    hash.digest()
}

/// The letters of an answer: UTF-8 unless a mark at its beginning or its type says otherwise.
fn decoded<'a>(content_type: Option<&str>, body: &'a [u8]) -> Result<std::borrow::Cow<'a, str>> {
    let marked = Encoding::for_bom(body).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| charset(content_type)).unwrap_or(encoding_rs::UTF_8);
    let (text, _, is_damaged) = encoding.decode(body);
    if is_damaged { Err(texts::wrong_letters(encoding.name())) } else { Ok(text) }
}

/// The encoding that a type names.
pub(super) fn charset(content_type: Option<&str>) -> Option<&'static Encoding> {
    let parameters = content_type?.split(';').skip(1);
    let name = parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })?;
    Encoding::for_label(name.as_bytes())
}
