//! The ways a list is answered.

use serde_json::{Value, json};

use super::customer::{Customer, HEADER};
use super::dialect::said;
use super::world::{Call, LARGEST_PAGE, Way};
use crate::faults::Answer;
use crate::faults::play::Paging;

/// What a client asks of a list, by name.
pub(super) struct Asked<'a> {
    pub(super) call: &'a Call,
    /// Address of the simulator.
    pub(super) url: &'a str,
    pub(super) paging: Paging,
}

/// A part of the list.
struct Part<'a> {
    rows: &'a [&'a Customer],
    start: usize,
    /// Where the next part begins, if there is one.
    next: Option<usize>,
    size: usize,
}

impl Asked<'_> {
    /// The answer with these customers.
    pub(super) fn answer(&self, rows: &[&Customer]) -> Answer {
        let none: &[&Customer] = &[];
        let rows = if self.paging == Paging::EmptyListing { none } else { rows };
        let total = rows.len();
        match self.call.way {
            Way::All => json_text(&list(rows)),
            Way::Lines => {
                Answer::text(200, "application/x-ndjson", lines(rows.iter().map(|row| row.json.as_str())))
            }
            Way::Csv => {
                let text: String = rows.iter().map(|row| row.csv.as_str()).collect();
                Answer::text(200, "text/csv; charset=utf-8", format!("{HEADER}{text}"))
            }
            Way::Scalar => Answer::json(200, &json!({"data": 42})),
            Way::Page => {
                let part = self.part(rows, self.start_of_page());
                json_text(&format!(r#"{{"data":{},"total":{total}}}"#, list(part.rows)))
            }
            Way::Offset => {
                let part = self.part(rows, self.number("offset").unwrap_or(0));
                json_text(&format!(r#"{{"results":{},"count":{total}}}"#, list(part.rows)))
            }
            Way::Cursor | Way::Orders => self.by_cursor(rows),
            Way::Link => {
                let part = self.part(rows, self.start_of_page());
                let answer = json_text(&list(part.rows));
                let url = self.url;
                match self.next_page(&part) {
                    Some(next) => answer.header(
                        "link",
                        format!("<{url}/link?page=1>; rel=\"first\", <{next}>; rel=\"next\""),
                    ),
                    None => answer,
                }
            }
            Way::Next => {
                let part = self.part(rows, self.start_of_page());
                let next = json!(self.next_page(&part));
                json_text(&format!(r#"{{"items":{},"next":{next}}}"#, list(part.rows)))
            }
            Way::Nowhere => said(404, "No such resource"),
        }
    }

    fn by_cursor(&self, rows: &[&Customer]) -> Answer {
        let Some(start) = self.cursor() else { return said(400, "Unknown cursor") };
        let part = self.part(rows, start);
        let next = json!(part.next.map(|place| format!("c{place}")));
        let (items, total) = (list(part.rows), rows.len());
        json_text(&if self.call.way == Way::Orders {
            format!(r#"{{"orders":{items},"next":{next}}}"#)
        } else {
            format!(r#"{{"data":{{"items":{items}}},"meta":{{"next_cursor":{next},"total":{total}}}}}"#)
        })
    }

    /// Where the cursor leads to; nothing for one that was never given.
    fn cursor(&self) -> Option<usize> {
        match self.call.value("cursor") {
            Value::Null => Some(0),
            cursor => cursor.as_str()?.strip_prefix('c')?.parse().ok(),
        }
    }

    fn part<'r>(&self, rows: &'r [&'r Customer], start: usize) -> Part<'r> {
        let size = self.size();
        // A client that numbers the pages itself gets the page before again.
        let is_numbered = matches!(self.call.way, Way::Page | Way::Offset);
        let again = self.paging == Paging::SamePageAgain;
        let start = if again && is_numbered { start.saturating_sub(size) } else { start }.min(rows.len());
        let end = (start + size).min(rows.len());
        let next = if again { Some(start) } else { Some(end).filter(|end| *end < rows.len()) };
        match self.paging {
            Paging::EmptyPage => Part { rows: &[], start, next: Some(start), size },
            _ => Part { rows: &rows[start..end], start, next, size },
        }
    }

    fn size(&self) -> usize {
        let asked = self.number("limit").or_else(|| self.number("per_page"));
        asked.unwrap_or(100).clamp(1, LARGEST_PAGE)
    }

    fn start_of_page(&self) -> usize {
        self.number("page").unwrap_or(1).saturating_sub(1) * self.size()
    }

    /// The address of the next page, with what else was asked.
    fn next_page(&self, part: &Part) -> Option<String> {
        debug_assert!(part.start.is_multiple_of(part.size));
        let page = part.next? / part.size + 1;
        let others = self.call.pairs.iter().filter(|(name, _)| name != "page");
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others)
            .append_pair("page", &page.to_string())
            .finish();
        Some(format!("{}/{}?{query}", self.url, self.call.path))
    }

    fn number(&self, name: &str) -> Option<usize> {
        match self.call.value(name) {
            Value::String(text) => text.parse().ok(),
            Value::Number(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
            _ => None,
        }
    }
}

fn list(rows: &[&Customer]) -> String {
    let rows: Vec<&str> = rows.iter().map(|row| row.json.as_str()).collect();
    format!("[{}]", rows.join(","))
}

fn lines<'a>(rows: impl Iterator<Item = &'a str>) -> String {
    rows.flat_map(|row| [row, "\n"]).collect()
}

fn json_text(text: &str) -> Answer {
    Answer::text(200, "application/json; charset=utf-8", text.to_owned())
}
