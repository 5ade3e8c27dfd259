//! Values as answers give them: raw, as people see them, or as their formulas.

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use super::cell::{Cell, Content, moment};

/// `valueRenderOption`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Rendering {
    #[default]
    Formatted,
    Unformatted,
    Formula,
}

/// How values are shown in one answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown<'a> {
    pub(super) rendering: Rendering,
    /// `dateTimeRenderOption` is `FORMATTED_STRING`.
    pub(super) dates_as_text: bool,
    /// The spreadsheet's locale, such as `fr_FR`.
    pub(super) locale: &'a str,
}

impl Shown<'_> {
    /// A cell's value; an empty text where there is none.
    pub(super) fn value(&self, cell: Option<&Cell>) -> Value {
        let Some(cell) = cell else { return json!("") };
        if let (Rendering::Formula, Some(formula)) = (self.rendering, &cell.formula) {
            return json!(formula);
        }
        match &cell.content {
            Content::Empty => json!(""),
            Content::Text(text) | Content::Error(text) => json!(text),
            _ if self.rendering == Rendering::Formatted => json!(formatted(cell, self.locale)),
            Content::Bool(yes) => json!(yes),
            Content::Number(_) if self.dates_as_text && is_moment(cell) => {
                json!(formatted(cell, self.locale))
            }
            Content::Number(value) => number(*value),
        }
    }
}

/// A number as JSON writes it: whole ones without a point.
#[expect(clippy::cast_possible_truncation, reason = "whole, and within the exact range of a double")]
pub(super) fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}

/// A cell as people see it.
pub(super) fn formatted(cell: &Cell, locale: &str) -> String {
    let is_french = locale.starts_with("fr");
    match &cell.content {
        Content::Empty => String::new(),
        Content::Text(text) | Content::Error(text) => text.clone(),
        Content::Bool(yes) => match (yes, is_french) {
            (true, true) => "VRAI",
            (false, true) => "FAUX",
            (true, false) => "TRUE",
            (false, false) => "FALSE",
        }
        .to_owned(),
        Content::Number(value) => {
            let kind = cell.format.as_ref().map_or("", |format| format.kind.as_str());
            match (kind, moment(*value)) {
                ("DATE", Some(moment)) => day(moment, is_french),
                ("DATE_TIME", Some(moment)) => {
                    format!("{} {}", day(moment, is_french), moment.format("%H:%M:%S"))
                }
                ("TIME", Some(moment)) => moment.format("%H:%M:%S").to_string(),
                ("PERCENT", _) => format!("{}%", decimal(value * 100.0, is_french)),
                _ => decimal(*value, is_french),
            }
        }
    }
}

fn day(moment: NaiveDateTime, is_french: bool) -> String {
    moment.format(if is_french { "%d/%m/%Y" } else { "%-m/%-d/%Y" }).to_string()
}

fn decimal(value: f64, is_french: bool) -> String {
    let text = number(value).to_string();
    if is_french { text.replace('.', ",") } else { text }
}

fn is_moment(cell: &Cell) -> bool {
    cell.format.as_ref().is_some_and(|format| matches!(format.kind.as_str(), "DATE" | "DATE_TIME" | "TIME"))
}

/// Where a cell comes in an ascending order: numbers, texts, booleans, errors; `None` for an empty one.
pub(super) fn sort_key(cell: Option<&Cell>) -> Option<(u8, f64, String)> {
    match &cell?.content {
        Content::Number(value) => Some((0, *value, String::new())),
        Content::Text(text) => Some((1, 0.0, text.to_lowercase())),
        Content::Bool(yes) => Some((2, f64::from(u8::from(*yes)), String::new())),
        Content::Error(_) => Some((3, 0.0, String::new())),
        Content::Empty => None,
    }
}
