//! How the numbers of a CSV file are written.

use model::decimal::Mark;

/// The decimal mark of the numbers among these cells; `None` when they show none, or both.
pub(crate) fn decimal_mark<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Mark> {
    let (mut commas, mut points) = (0, 0);
    for cell in cells {
        match shown_mark(cell) {
            Some(Mark::Comma) => commas += 1,
            Some(Mark::Point) => points += 1,
            None => {}
        }
    }
    match (commas, points) {
        (1.., 0) => Some(Mark::Comma),
        (0, 1..) => Some(Mark::Point),
        _ => None,
    }
}

/// The decimal mark of a number that can be read in one way only.
pub(crate) fn shown_mark(cell: &str) -> Option<Mark> {
    let cell = cell.trim().trim_end_matches(['€', ' ', '\u{a0}', '\u{202f}']);
    let (place, mark) = match (cell.rfind(','), cell.rfind('.')) {
        (Some(comma), point) if point.is_none_or(|point| point < comma) => (comma, Mark::Comma),
        (_, Some(point)) => (point, Mark::Point),
        _ => return None,
    };
    let (whole, decimals) = (&cell[..place], &cell[place + 1..]);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let both = whole.contains([',', '.']);
    let three = decimals.len() == 3 && !both;
    let is_whole = whole
        .trim_start_matches('-')
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.'));
    // `21.11.2026` is a date: a mark that comes twice is no decimal mark.
    let once = cell.matches(if mark == Mark::Comma { ',' } else { '.' }).count() == 1;
    (digits(decimals) && is_whole && once && !three && !whole.is_empty()).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        for (cells, expected) in [
            (&["12,5", "1,234", "21.11.2026"][..], Some(Mark::Comma)),
            (&["1 234,50 €"], Some(Mark::Comma)),
            (&["1.234,50"], Some(Mark::Comma)),
            (&["12.50", "x"], Some(Mark::Point)),
            (&["12.50", "12,50"], None),
            (&["1,234", "1.234"], None),
            (&["v1.2", "a,b", ",5"], None),
        ] {
            assert_eq!(decimal_mark(cells.iter().copied()), expected, "{cells:?}");
        }
    }
}
