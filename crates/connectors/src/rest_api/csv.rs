//! The rows of a CSV answer, as JSON objects of texts.

use model::table::TextRows;

use crate::common::csv::split;

/// The names of the columns: those of the first line, each once.
pub(super) struct Header {
    /// As JSON strings.
    names: Vec<String>,
}

impl Header {
    pub(super) fn read(line: &str, delimiter: u8) -> Header {
        let cells = cells(line, delimiter);
        let cells: Vec<&str> = cells.iter().flat_map(model::table::TextRow::cells).map(str::trim).collect();
        let mut names: Vec<String> = Vec::with_capacity(cells.len());
        for (place, cell) in cells.into_iter().enumerate() {
            let name = if cell.is_empty() { format!("column_{}", place + 1) } else { cell.to_owned() };
            let mut unique = name.clone();
            let mut number = 2;
            while names.contains(&unique) {
                unique = format!("{name}_{number}");
                number += 1;
            }
            names.push(unique);
        }
        Header { names: names.iter().map(|name| quoted(name)).collect() }
    }

    /// A line as an object. Cells without a column get a name of their own, columns without a cell are left
    /// out.
    pub(super) fn row(&self, line: &str, delimiter: u8) -> String {
        let rows = cells(line, delimiter);
        let mut object = String::with_capacity(line.len() * 2 + 2);
        object.push('{');
        for (place, cell) in rows.iter().flat_map(model::table::TextRow::cells).enumerate() {
            if place > 0 {
                object.push(',');
            }
            match self.names.get(place) {
                Some(name) => object.push_str(name),
                None => object.push_str(&quoted(&format!("column_{}", place + 1))),
            }
            object.push(':');
            object.push_str(&quoted(cell));
        }
        object.push('}');
        object
    }
}

fn cells(line: &str, delimiter: u8) -> TextRows {
    let mut rows = TextRows::default();
    split(line, delimiter, &mut rows);
    rows.end_row(0);
    rows
}

/// A text as JSON. Writing one to memory cannot fail.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
