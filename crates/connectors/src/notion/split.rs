//! Long texts in pieces that Notion takes.

/// The longest piece, in UTF-16 units: Notion counts as JavaScript does
/// (developers.notion.com/reference/request-limits).
const LONGEST: usize = 2_000;
/// The most pieces one property takes.
const MOST: usize = 100;

/// The text in pieces, none empty, which together are the text; `None` when it takes too many.
pub(super) fn split(text: &str) -> Option<Vec<&str>> {
    let mut pieces = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (at, c) in text.char_indices() {
        // Never between the two units of one character.
        if units + c.len_utf16() > LONGEST {
            pieces.push(text.get(start..at)?);
            (start, units) = (at, 0);
        }
        units += c.len_utf16();
    }
    let last = text.get(start..)?;
    if !last.is_empty() {
        pieces.push(last);
    }
    (pieces.len() <= MOST).then_some(pieces)
}
