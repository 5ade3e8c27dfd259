//! What an answer is: by its type where that says something, by how it begins otherwise.

use serde::de::IgnoredAny;

use super::refusal::SERVICE;
use super::texts;
use crate::common::csv::delimiter;
use crate::error::Result;
use crate::http::{is_html, wrong_shape};

/// A form that rows come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// One document.
    Json,
    /// A JSON document a line.
    JsonLines,
    /// A line of names, then a line for each row.
    Csv,
}

impl Format {
    /// The form of an answer that begins like that.
    ///
    /// # Errors
    /// `UnexpectedReply` for a page for people, XML, or what is none of these forms.
    pub(super) fn of(content_type: Option<&str>, beginning: &[u8]) -> Result<Format> {
        let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
        if beginning.starts_with(b"<?xml") {
            return Err(texts::xml());
        }
        if is_html(beginning) {
            return Err(wrong_shape(SERVICE, beginning));
        }
        let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        let kind = kind.to_ascii_lowercase();
        match kind.as_str() {
            "text/csv" | "application/csv" | "text/tab-separated-values" => Ok(Format::Csv),
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/jsonlines"
            | "application/json-seq" => Ok(Format::JsonLines),
            _ if beginning.is_empty() => Ok(Format::Json),
            _ if has_json_lines(beginning) => Ok(Format::JsonLines),
            kind if kind == "application/json" || kind.ends_with("+json") || kind == "text/json" => {
                Ok(Format::Json)
            }
            _ if beginning.starts_with(b"{") || beginning.starts_with(b"[") => Ok(Format::Json),
            _ if has_cells(beginning) => Ok(Format::Csv),
            _ => Err(texts::no_rows_in(&kind)),
        }
    }
}

/// Whether the first line is a document and another one begins on the next: then it is no single one.
fn has_json_lines(beginning: &[u8]) -> bool {
    let mut lines = beginning.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    first.starts_with(b"{") && second.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(first).is_ok()
}

/// Whether the first two lines have the same number of cells, and more than one.
fn has_cells(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let lines: Vec<String> = text.lines().take(2).map(str::to_owned).collect();
    let mark = char::from(delimiter(&lines));
    let widths: Vec<usize> = lines.iter().map(|line| line.matches(mark).count()).collect();
    matches!(widths[..], [first, second] if first > 0 && first == second)
}
