//! The header: what its cells call the columns below.

use std::collections::HashMap;

use model::record::FieldKey;

/// The header of the column that holds the ids of rows which this connector has added.
pub(super) const ID_COLUMN: &str = "Passerelle ID";

/// What a nameless column's id begins with; its letters follow.
const NAMELESS: &str = "column:";

/// A column and where it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    /// The header's text, made different from others; for a nameless column, its letters.
    pub(super) id: FieldKey,
    pub(super) name: String,
    /// From 0.
    pub(super) index: usize,
}

/// The columns of a header.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Header {
    pub(super) columns: Vec<Named>,
    /// Where the ids of rows are.
    pub(super) id_column: Option<usize>,
}

impl Header {
    /// Names the columns of these cells, and those without a name that `is_used` knows to hold something.
    pub(super) fn read(
        cells: &[String],
        is_used: impl Fn(usize) -> bool,
        width: usize,
        is_french: bool,
    ) -> Header {
        let mut header = Header::default();
        let mut met: HashMap<String, usize> = HashMap::new();
        for index in 0..width.max(cells.len()) {
            let text = cells.get(index).map(|cell| plain(cell)).unwrap_or_default();
            if text.to_lowercase() == ID_COLUMN.to_lowercase() && header.id_column.is_none() {
                header.id_column = Some(index);
            } else if !text.is_empty() {
                let name = different(text, &mut met);
                header.columns.push(Named { id: name.as_str().into(), name, index });
            } else if is_used(index) {
                let letters = letters(index);
                let name = if is_french { format!("Colonne {letters}") } else { format!("Column {letters}") };
                header.columns.push(Named { id: format!("{NAMELESS}{letters}").into(), name, index });
            }
        }
        header
    }

    /// Where a column is by now; a nameless one stays where it was as long as nobody names it.
    pub(super) fn position(&self, id: &str, was: usize) -> Option<usize> {
        match self.columns.iter().find(|column| &*column.id == id) {
            Some(column) => Some(column.index),
            None if id.starts_with(NAMELESS) => {
                self.columns.iter().all(|column| column.index != was).then_some(was)
            }
            None => None,
        }
    }
}

/// A text on one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name, with a number where it was there before.
fn different(name: String, met: &mut HashMap<String, usize>) -> String {
    let count = met.entry(name.clone()).or_default();
    *count += 1;
    if *count == 1 {
        return name;
    }
    let numbered = format!("{name} ({count})");
    different(numbered, met)
}

/// The letters of a column: A, B, … Z, AA.
pub(super) fn letters(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
