//! What the values of a column look like.

use crate::decimal;
use crate::parse;
use crate::text::Text;

/// The kind of a column's values, guessed from some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Whole numbers, decimals, amounts.
    Number,
    /// Days.
    Date,
    /// Yes and no, in words.
    YesNo,
    /// Anything else.
    Text,
}

impl ColumnKind {
    /// Every kind, the narrowest first.
    const ALL: [ColumnKind; 4] = [ColumnKind::Number, ColumnKind::Date, ColumnKind::YesNo, ColumnKind::Text];

    /// What all of these values can be read as; `None` when there is none.
    pub fn guess<'a>(samples: impl Iterator<Item = &'a str> + Clone) -> Option<ColumnKind> {
        let mut samples = samples.map(str::trim).filter(|sample| !sample.is_empty()).peekable();
        samples.peek()?;
        ColumnKind::ALL.into_iter().find(|kind| samples.clone().all(|sample| kind.reads(sample)))
    }

    fn reads(self, text: &str) -> bool {
        match self {
            // A number of which only its mark is in doubt is a number.
            ColumnKind::Number => decimal::read(text, Some(decimal::Mark::Comma)).is_ok(),
            ColumnKind::Date => parse::date(text).is_ok(),
            ColumnKind::YesNo => crate::canonical::yes_no(text).is_some(),
            ColumnKind::Text => true,
        }
    }

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            ColumnKind::Number => "number",
            ColumnKind::Date => "date",
            ColumnKind::YesNo => "yes_no",
            ColumnKind::Text => "text",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<ColumnKind> {
        ColumnKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> Text {
        match self {
            ColumnKind::Number => Text::fixed("nombre", "number"),
            ColumnKind::Date => Text::fixed("date", "date"),
            ColumnKind::YesNo => Text::fixed("oui ou non", "yes or no"),
            ColumnKind::Text => Text::fixed("texte", "text"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_their_values() {
        for (samples, kind) in [
            (&["12", "1 234,56 €", ""][..], Some(ColumnKind::Number)),
            (&["1,234"], Some(ColumnKind::Number)),
            (&["21/11/2026", "2026-11-22"], Some(ColumnKind::Date)),
            (&["oui", "non"], Some(ColumnKind::YesNo)),
            (&["12", "A12"], Some(ColumnKind::Text)),
            (&["", " "], None),
            (&[], None),
        ] {
            assert_eq!(ColumnKind::guess(samples.iter().copied()), kind, "{samples:?}");
            assert_eq!(kind.and_then(|kind| ColumnKind::from_word(kind.word())), kind);
        }
    }
}
