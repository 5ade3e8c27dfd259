//! What a value becomes when it is written: as it is, or as if a person had typed it.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;

use super::cell::{Cell, Content, Format};

/// The longest text of a cell, in characters.
pub(super) const LONGEST_TEXT: usize = 50_000;

/// `valueInputOption`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entering {
    Raw,
    UserEntered,
}

/// Puts a value of `values` into a cell, whose format stays; `None` leaves it as it is.
///
/// # Errors
/// For what is no plain value.
pub(super) fn enter(value: &Value, how: Entering, locale: &str, cell: &Cell) -> Result<Option<Cell>, ()> {
    let keep = |content| Cell { content, format: cell.format.clone(), ..Cell::default() };
    Ok(Some(match value {
        Value::Null => return Ok(None),
        Value::Bool(yes) => keep(Content::Bool(*yes)),
        Value::Number(number) => keep(Content::Number(number.as_f64().unwrap_or_default())),
        Value::String(text) if text.is_empty() => keep(Content::Empty),
        Value::String(text) if how == Entering::Raw => keep(Content::Text(text.clone())),
        Value::String(text) => {
            let typed = typed(text, locale);
            let format = typed.format.clone().or_else(|| cell.format.clone());
            Cell { format, ..typed }
        }
        Value::Array(_) | Value::Object(_) => return Err(()),
    }))
}

/// What the interface makes of a typed text.
fn typed(text: &str, locale: &str) -> Cell {
    let is_french = locale.starts_with("fr");
    if let Some(text) = text.strip_prefix('\'') {
        return Cell::text(text);
    }
    if text.len() > 1 && text.starts_with('=') {
        return formula(text);
    }
    if let Some(yes) = boolean(text) {
        return Cell::yes(yes);
    }
    let plain =
        if is_french { text.replace([' ', '\u{202f}'], "").replace(',', ".") } else { text.replace(',', "") };
    // A plus or a minus before a word begins a formula too.
    if let Ok(number) = plain.parse::<f64>()
        && plain.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b))
    {
        return Cell::number(number);
    }
    if text.starts_with(['+', '-']) {
        return formula(&format!("={text}"));
    }
    let day = if is_french { "%d/%m/%Y" } else { "%m/%d/%Y" };
    for format in ["%Y-%m-%d", day] {
        if let Ok(day) = NaiveDate::parse_from_str(text, format) {
            return Cell::date(day);
        }
        if let Ok(moment) = NaiveDateTime::parse_from_str(text, &format!("{format} %H:%M:%S")) {
            return Cell::date_time(moment);
        }
    }
    Cell::text(text)
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_uppercase().as_str() {
        "TRUE" | "VRAI" => Some(true),
        "FALSE" | "FAUX" => Some(false),
        _ => None,
    }
}

/// A formula. Only sums of numbers are computed: no client here relies on more.
pub(super) fn formula(text: &str) -> Cell {
    let sum: Option<f64> =
        text.trim_start_matches('=').split('+').map(|part| part.trim().parse::<f64>().ok()).sum();
    match sum {
        Some(sum) => Cell::formula(text, Cell::number(sum)),
        None => Cell::error(text, "#NAME?"),
    }
}

/// The format that goes with a text in the API's words.
pub(super) fn format(kind: &str, pattern: Option<&str>) -> Format {
    Format { kind: kind.to_owned(), pattern: pattern.unwrap_or_default().to_owned() }
}
