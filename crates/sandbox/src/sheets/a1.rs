//! A1 notation: `'My tab'!B2:C5`, `Tab`, `A:C`, `3:7`.

use super::grid::Sheet;
use super::range::{Area, GridRange};

/// The range a text names among these tabs; `None` when it names none.
pub(super) fn parse(text: &str, sheets: &[Sheet]) -> Option<GridRange> {
    let by_title = |title: &str| sheets.iter().find(|sheet| sheet.title == title);
    let (title, cells) = split(text);
    match (title, cells) {
        (Some(title), Some(cells)) => on(by_title(&title)?, cells),
        (Some(title), None) => Some(whole(by_title(&title)?)),
        // A word without a tab is a tab's title or cells of the first tab.
        (None, Some(word)) => match by_title(word) {
            Some(sheet) => Some(whole(sheet)),
            None => on(sheets.first()?, word),
        },
        (None, None) => None,
    }
}

/// The title, without its quotation marks, and the cells.
fn split(text: &str) -> (Option<String>, Option<&str>) {
    if let Some(rest) = text.strip_prefix('\'') {
        let mut title = String::new();
        let mut letters = rest.char_indices().peekable();
        while let Some((place, letter)) = letters.next() {
            if letter != '\'' {
                title.push(letter);
            } else if letters.next_if(|(_, next)| *next == '\'').is_some() {
                title.push('\'');
            } else {
                return (Some(title), rest.get(place + 1..).and_then(|rest| rest.strip_prefix('!')));
            }
        }
        return (None, None);
    }
    match text.rsplit_once('!') {
        Some((title, cells)) => (Some(title.to_owned()), Some(cells)),
        None => (None, Some(text).filter(|text| !text.is_empty())),
    }
}

fn whole(sheet: &Sheet) -> GridRange {
    GridRange { sheet_id: sheet.id, ..GridRange::default() }
}

fn on(sheet: &Sheet, cells: &str) -> Option<GridRange> {
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    let ((left, top), (right, bottom)) = (corner(first)?, corner(last)?);
    // A single word must be a whole cell: a column or a row is written with a colon.
    if !cells.contains(':') && (left.is_none() || top.is_none()) {
        return None;
    }
    Some(GridRange {
        sheet_id: sheet.id,
        start_row_index: top,
        end_row_index: bottom.map(|row| row + 1),
        start_column_index: left,
        end_column_index: right.map(|column| column + 1),
    })
}

/// Column and row of `B2`, `B` or `2`, from 0.
fn corner(text: &str) -> Option<(Option<usize>, Option<usize>)> {
    let text = text.replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (letters, row) = text.split_at(digits);
    if text.is_empty() || !letters.bytes().all(|b| b.is_ascii_alphabetic()) || letters.len() > 3 {
        return None;
    }
    let column = letters
        .bytes()
        .try_fold(0_usize, |sum, byte| Some(sum * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1))?;
    let row: Option<usize> = if row.is_empty() { None } else { Some(row.parse().ok()?) };
    Some((column.checked_sub(1), row.map(|row| row.checked_sub(1)).unwrap_or(None)))
        .filter(|(_, start)| row.is_none() || start.is_some())
}

/// The letters of a column, from 0.
pub(super) fn column(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A rectangle as answers write it.
pub(super) fn write(title: &str, area: &Area) -> String {
    let plain = title.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !title.starts_with(|c: char| c.is_ascii_digit());
    let title = if plain { title.to_owned() } else { format!("'{}'", title.replace('\'', "''")) };
    let first = format!("{}{}", column(area.left), area.top + 1);
    let last = format!("{}{}", column(area.right.saturating_sub(1)), area.bottom);
    if first == last { format!("{title}!{first}") } else { format!("{title}!{first}:{last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tabs() -> Vec<Sheet> {
        vec![Sheet::new(0, "Deals"), Sheet::new(7, "Bob's tab"), Sheet::new(9, "D4")]
    }

    #[test]
    fn ranges_in_every_form() {
        let range = |sheet_id,
                     rows: (Option<usize>, Option<usize>),
                     columns: (Option<usize>, Option<usize>)| GridRange {
            sheet_id,
            start_row_index: rows.0,
            end_row_index: rows.1,
            start_column_index: columns.0,
            end_column_index: columns.1,
        };
        for (text, expected) in [
            ("Deals!B2:C5", Some(range(0, (Some(1), Some(5)), (Some(1), Some(3))))),
            ("'Bob''s tab'!A1:AA", Some(range(7, (Some(0), None), (Some(0), Some(27))))),
            ("'Bob''s tab'", Some(range(7, (None, None), (None, None)))),
            ("B2", Some(range(0, (Some(1), Some(2)), (Some(1), Some(2))))),
            ("D4", Some(range(9, (None, None), (None, None)))),
            ("Deals!3:7", Some(range(0, (Some(2), Some(7)), (None, None)))),
            ("Deals!$A:$C", Some(range(0, (None, None), (Some(0), Some(3))))),
            ("Nope!A1", None),
            ("Deals!A0", None),
            ("Deals!", None),
            ("B", None),
            ("", None),
        ] {
            assert_eq!(parse(text, &tabs()), expected, "{text}");
        }
    }

    #[test]
    fn answers_name_ranges_as_people_do() {
        let area = Area { top: 1, bottom: 5, left: 25, right: 28 };
        assert_eq!(write("Deals", &area), "Deals!Z2:AB5");
        assert_eq!(write("Bob's tab", &Area { bottom: 2, right: 26, ..area }), "'Bob''s tab'!Z2");
    }
}
