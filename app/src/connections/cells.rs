//! Rows as a service sends them, in a table: a column per key, in the order the keys are met.

use leptos::prelude::*;
use serde_json::Value;

/// How much of a value is shown, in characters.
const LONGEST: usize = 200;

/// The rows in a table as wide as it must be, within a frame that scrolls.
#[component]
pub(super) fn Cells(
    /// What the table is called.
    label: &'static str,
    /// JSON objects; anything else is a row of one nameless column.
    rows: Vec<Value>,
) -> impl IntoView {
    let columns = columns(&rows);
    let head = columns.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }.into_any());
    let head = head.collect_view();
    let lines = rows.iter().map(|row| {
        let cells = columns.iter().map(|name| view! { <td>{cell(row, name)}</td> }.into_any());
        view! { <tr>{cells.collect_view()}</tr> }.into_any()
    });
    let lines = lines.collect_view();
    view! {
        // Reached by the keyboard, so that it can be scrolled by it.
        <div class="sheet__frame" role="region" aria-label=label tabindex="0">
            <table class="sheet">
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The keys of all rows.
fn columns(rows: &[Value]) -> Vec<String> {
    let mut columns = Vec::new();
    for row in rows {
        match row {
            Value::Object(fields) => {
                for key in fields.keys() {
                    if !columns.contains(key) {
                        columns.push(key.clone());
                    }
                }
            }
            _ if columns.iter().all(|name| !name.is_empty()) => columns.push(String::new()),
            _ => {}
        }
    }
    columns
}

/// What stands in a cell: texts as they are, nothing for what is not there, everything else as JSON.
fn cell(row: &Value, column: &str) -> String {
    let value = match row {
        Value::Object(fields) => fields.get(column),
        other if column.is_empty() => Some(other),
        _ => None,
    };
    let text = match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_key_is_a_column() {
        let rows = [json!({"id": 1, "name": "Dupont"}), json!({"id": 2, "tags": ["a"]}), json!("seul")];
        let columns = columns(&rows);
        assert_eq!(columns, ["id", "name", "tags", ""]);
        let cells = |row: &Value| columns.iter().map(|name| cell(row, name)).collect::<Vec<_>>();
        assert_eq!(cells(&rows[0]), ["1", "Dupont", "", ""]);
        assert_eq!(cells(&rows[1]), ["2", "", "[\"a\"]", ""]);
        assert_eq!(cells(&rows[2]), ["", "", "", "seul"]);
        assert_eq!(cell(&json!("é".repeat(201)), "").chars().count(), 201);
    }
}
