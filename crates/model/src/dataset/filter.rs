//! Which rows of a dataset are asked for.

use std::borrow::Cow;

use chrono::TimeDelta;

use super::cells::{Cell, Cells};
use super::column::{Column, ColumnType};
use super::order::{SortKey, sort_key};
use super::value::{iso_day, read};
use crate::fold::plain;
use crate::parse::shorten;
use crate::text::Text;

/// Which rows; all of them by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those with all of these words in their cells, whatever their case and accents.
    pub search: Option<String>,
    /// Only those that pass all of these.
    pub tests: Vec<ColumnTest>,
}

/// What one column must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnTest {
    /// Its name.
    pub column: String,
    /// What it must hold.
    pub test: Test,
}

/// What a cell must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// This value, in the column's type; texts whatever their case.
    Equals(String),
    /// This text, whatever its case and accents.
    Contains(String),
    /// This value or a larger one.
    Min(String),
    /// This value or a smaller one; a day includes all its instants.
    Max(String),
    /// Nothing (`true`) or something.
    Empty(bool),
}

/// A filter matched with a dataset's columns.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    words: Vec<String>,
    tests: Vec<(Column, Compiled)>,
}

#[derive(Clone, Debug)]
enum Compiled {
    Equals(SortKey),
    Contains(String),
    Min(SortKey),
    Max(SortKey),
    Empty(bool),
}

impl Filter {
    /// Whether it leaves no row out.
    pub fn is_all(&self) -> bool {
        self.tests.is_empty() && self.search.as_deref().is_none_or(|words| words.trim().is_empty())
    }

    /// Matches it with the columns there are.
    ///
    /// # Errors
    /// Every column that does not exist, and every value that the column's type cannot hold.
    pub fn compile(&self, columns: &[Column]) -> Result<Matcher, Vec<Text>> {
        let (mut tests, mut faults) = (Vec::new(), Vec::new());
        for ColumnTest { column: name, test } in &self.tests {
            let Some(column) = columns.iter().find(|column| column.name == *name) else {
                faults.push(unknown_column(name));
                continue;
            };
            match compiled(column, test) {
                Ok(test) => tests.push((column.clone(), test)),
                Err(fault) => faults.push(fault),
            }
        }
        let words = self.search.iter().flat_map(|words| words.split_whitespace()).map(plain).collect();
        if faults.is_empty() { Ok(Matcher { words, tests }) } else { Err(faults) }
    }
}

impl Matcher {
    /// Whether a row is asked for.
    pub fn matches(&self, cells: &Cells<'_>) -> bool {
        self.tests.iter().all(|(column, test)| test.passes(column, cells))
            && self
                .words
                .iter()
                .all(|word| cells.iter().any(|(_, cell)| plain(cell.as_text()).contains(word)))
    }
}

impl Compiled {
    fn passes(&self, column: &Column, cells: &Cells<'_>) -> bool {
        let cell = cells.get(&column.name).filter(|cell| !cell.is_empty());
        let key = || cell.and_then(|cell| sort_key(column, cell));
        match self {
            Compiled::Empty(empty) => cell.is_none() == *empty,
            Compiled::Contains(part) => cell.is_some_and(|cell| plain(cell.as_text()).contains(part)),
            Compiled::Equals(wanted) => key().is_some_and(|key| key == *wanted),
            Compiled::Min(least) => key().is_some_and(|key| key >= *least),
            Compiled::Max(most) => key().is_some_and(|key| key <= *most),
        }
    }
}

fn compiled(column: &Column, test: &Test) -> Result<Compiled, Text> {
    let has_size = !matches!(column.kind, ColumnType::Boolean | ColumnType::Json);
    let bound = |text: &str, last: bool| bound(column, text, last).ok_or_else(|| not_of_type(column, text));
    match test {
        Test::Empty(empty) => Ok(Compiled::Empty(*empty)),
        Test::Contains(part) => Ok(Compiled::Contains(plain(part))),
        Test::Equals(text) => bound(text, false).map(Compiled::Equals),
        Test::Min(_) | Test::Max(_) if !has_size => Err(without_size(column)),
        Test::Min(text) => bound(text, false).map(Compiled::Min),
        Test::Max(text) => bound(text, true).map(Compiled::Max),
    }
}

/// What was typed as a value of the column. A day stands for its first instant, or its last.
fn bound(column: &Column, text: &str, last: bool) -> Option<SortKey> {
    let text = text.trim();
    if let (ColumnType::DateTime, Some(day)) = (column.kind, iso_day(text)) {
        let first = day.and_time(chrono::NaiveTime::MIN).and_utc();
        let at = if last { first + TimeDelta::days(1) - TimeDelta::milliseconds(1) } else { first };
        return Some(SortKey::Instant(at));
    }
    let comma = column.comma && text.contains(',');
    let cell = match column.kind {
        ColumnType::Json => Cell::Json(text),
        _ => Cell::Text(Cow::Borrowed(text)),
    };
    read(column.kind, comma, &cell).map(SortKey::from)
}

/// What is said of a column that does not exist.
pub fn unknown_column(name: &str) -> Text {
    let name = shorten(name);
    Text::new(
        format!("La colonne « {name} » n'existe pas dans ce jeu de données."),
        format!("There is no column “{name}” in this dataset."),
    )
}

fn not_of_type(column: &Column, text: &str) -> Text {
    let (name, shown, kind) = (&column.name, shorten(text), column.kind.label());
    Text::new(
        format!("« {name} » : « {shown} » n'est pas une valeur de type « {} ».", kind.fr),
        format!("“{name}”: “{shown}” is not a value of type “{}”.", kind.en),
    )
}

fn without_size(column: &Column) -> Text {
    let (name, kind) = (&column.name, column.kind.label());
    Text::new(
        format!("« {name} » est de type « {} » : il n'y a ni minimum ni maximum.", kind.fr),
        format!("“{name}” is of type “{}”: there is no minimum or maximum.", kind.en),
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Shape, cells};
    use super::*;

    const ROWS: [&str; 4] = [
        r#"{"id": 1, "name": "Élan", "price": 9.5, "day": "2026-01-31", "at": "2026-01-31T23:30:00Z"}"#,
        r#"{"id": 2, "name": "brun-clair", "price": 10, "day": "2026-02-01", "at": "2026-02-01T00:00:00Z"}"#,
        r#"{"id": 3, "name": "", "price": 100, "day": null, "at": null, "tags": ["vin"]}"#,
        r#"{"id": 10, "name": "Brun", "ok": true}"#,
    ];

    fn columns() -> Vec<Column> {
        let mut shape = Shape::default();
        for row in ROWS {
            shape.take(&cells(row).unwrap_or_default(), false);
        }
        shape.columns()
    }

    fn found(filter: &Filter) -> Result<Vec<usize>, Vec<Text>> {
        let matcher = filter.compile(&columns())?;
        let fits = |place: &usize| cells(ROWS[*place]).is_ok_and(|cells| matcher.matches(&cells));
        Ok((0..ROWS.len()).filter(fits).collect())
    }

    #[test]
    fn rows_by_column() {
        let text = str::to_owned;
        for (column, test, expected) in [
            ("price", Test::Min(text("10")), &[1, 2][..]),
            ("price", Test::Max(text("9.99")), &[0]),
            ("id", Test::Equals(text("10")), &[3]),
            ("name", Test::Equals(text("BRUN")), &[3]),
            ("name", Test::Contains(text("elan")), &[0]),
            ("name", Test::Contains(text("-")), &[1]),
            ("name", Test::Empty(true), &[2]),
            ("ok", Test::Empty(false), &[3]),
            ("ok", Test::Equals(text("oui")), &[3]),
            ("day", Test::Min(text("01/02/2026")), &[1]),
            ("at", Test::Max(text("2026-01-31")), &[0]),
            ("tags", Test::Contains(text("vin")), &[2]),
        ] {
            let shown = format!("{column} {test:?}");
            let filter = Filter { search: None, tests: vec![ColumnTest { column: text(column), test }] };
            assert_eq!(found(&filter), Ok(expected.to_vec()), "{shown}");
        }
    }

    #[test]
    fn rows_by_words() {
        for (words, expected) in [
            ("brun", &[1, 3][..]),
            ("BRUN clair", &[1]),
            ("2026 elan", &[0]),
            ("", &[0, 1, 2, 3]),
            ("price", &[]),
        ] {
            let filter = Filter { search: Some(words.to_owned()), tests: Vec::new() };
            assert_eq!(found(&filter), Ok(expected.to_vec()), "{words}");
        }
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        let test = |column: &str, test| ColumnTest { column: column.to_owned(), test };
        let tests = vec![
            test("nope", Test::Empty(true)),
            test("price", Test::Min("dix".to_owned())),
            test("ok", Test::Max("true".to_owned())),
        ];
        let faults = found(&Filter { search: None, tests }).err().unwrap_or_default();
        let told: Vec<&str> = faults.iter().map(|fault| fault.fr.as_ref()).collect();
        assert_eq!(
            told,
            [
                "La colonne « nope » n'existe pas dans ce jeu de données.",
                "« price » : « dix » n'est pas une valeur de type « nombre ».",
                "« ok » est de type « oui ou non » : il n'y a ni minimum ni maximum.",
            ]
        );
    }
}
