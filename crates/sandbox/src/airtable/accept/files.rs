//! Attachments: new ones by address, kept ones by id. The array replaces what was there.

use serde_json::{Value, json};

use super::{Accepted, array};
use crate::airtable::{Id, Refusal};

pub(super) fn files(value: &Value, current: &Value, rng: &mut fastrand::Rng) -> Accepted {
    let items = value.as_array().ok_or(None)?;
    let kept = current.as_array().map(Vec::as_slice).unwrap_or_default();
    let files = items.iter().map(|item| file(item, kept, rng)).collect::<Result<Vec<_>, _>>()?;
    Ok(array(files))
}

fn file(item: &Value, kept: &[Value], rng: &mut fastrand::Rng) -> Accepted {
    if let Some(id) = item["id"].as_str() {
        return kept.iter().find(|file| file["id"] == *id).cloned().ok_or_else(|| Some(invalid()));
    }
    let url = item["url"].as_str().and_then(|url| url::Url::parse(url).ok());
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https")).ok_or_else(|| Some(invalid()))?;
    let last = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let filename = item["filename"].as_str().unwrap_or(last);
    let kind = match filename.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("pdf") => "application/pdf",
        Some("txt") => "text/plain",
        _ => "application/octet-stream",
    };
    // The simulator fetches nothing: the size of a file elsewhere is not known.
    Ok(
        json!({"id": Id::random(*b"att", rng), "url": url.as_str(), "filename": filename, "size": 0, "type": kind}),
    )
}

fn invalid() -> Refusal {
    Refusal::new(
        422,
        "INVALID_ATTACHMENT_OBJECT",
        "Invalid attachment object: each must have a valid url or the id of an attachment of this cell",
    )
}
