//! Which letters the bytes of a file are.

use std::io::Read;

use crate::common::csv::lines::{Lines, Next};
use crate::common::encoding::Encoding;

/// How the bytes of a file stand for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// UTF-8, with its mark or without.
    Utf8,
    /// Windows-1252, and Latin-1 with it.
    Windows1252,
    /// UTF-16, whichever byte comes first.
    Utf16,
    /// UTF-8 in some lines, Windows-1252 in others: each is read as what it is.
    Mixed,
}

impl Letters {
    /// Every kind.
    pub const ALL: [Letters; 4] = [Letters::Utf8, Letters::Windows1252, Letters::Utf16, Letters::Mixed];

    /// The word in addresses and answers.
    pub fn word(self) -> &'static str {
        match self {
            Letters::Utf8 => "utf-8",
            Letters::Windows1252 => "windows-1252",
            Letters::Utf16 => "utf-16",
            Letters::Mixed => "mixed",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Letters> {
        Letters::ALL.into_iter().find(|letters| letters.word() == word)
    }

    /// How a line is read; what was UTF-16 is UTF-8 by then.
    pub(super) fn encoding(self) -> Encoding {
        match self {
            Letters::Utf8 | Letters::Utf16 => Encoding::Utf8,
            Letters::Windows1252 => Encoding::Windows1252,
            Letters::Mixed => Encoding::Automatic,
        }
    }
}

/// Where the two encodings were met first; lines count from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// A line with letters beyond ASCII in UTF-8.
    utf8: Option<u64>,
    /// A line that is no UTF-8.
    other: Option<u64>,
}

impl Survey {
    /// Looks at every line.
    pub(super) fn of(input: impl Read) -> std::io::Result<Survey> {
        let mut lines = Lines::new(input);
        let mut survey = Survey::default();
        loop {
            match lines.next()? {
                Next::Record(range, line) => survey.take(lines.bytes(&range), line),
                // Refused where they are read.
                Next::TooLong(_) | Next::OpenQuote(_) => {}
                Next::End => return Ok(survey),
            }
        }
    }

    fn take(&mut self, bytes: &[u8], line: u64) {
        if bytes.is_ascii() {
            return;
        }
        let is_utf8 = std::str::from_utf8(bytes).is_ok();
        let first = if is_utf8 { &mut self.utf8 } else { &mut self.other };
        first.get_or_insert(line);
    }

    /// What the whole file is. One that holds no letters beyond ASCII is UTF-8 as well.
    pub(super) fn letters(self) -> Letters {
        match (self.utf8, self.other) {
            (_, None) => Letters::Utf8,
            (None, Some(_)) => Letters::Windows1252,
            (Some(_), Some(_)) => Letters::Mixed,
        }
    }

    /// The first line that is written unlike those before it.
    pub(super) fn changes_at(self) -> Option<u64> {
        Some(self.utf8?.max(self.other?))
    }

    /// The first line that is no UTF-8.
    pub(super) fn no_utf8_at(self) -> Option<u64> {
        self.other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_file_says_what_it_is() {
        for (bytes, letters, changes_at) in [
            (&b"a;b\n1;2\n"[..], Letters::Utf8, None),
            ("a;é\n".as_bytes(), Letters::Utf8, None),
            (b"a;\xe9\n1;\x80\n", Letters::Windows1252, None),
            (b"a;\xc3\xa9\n1;2\nCh\xe2teau;3\n", Letters::Mixed, Some(3)),
            (b"a;\xe9\n1;\xc3\xa9\n", Letters::Mixed, Some(2)),
        ] {
            let survey = Survey::of(bytes).unwrap();
            assert_eq!((survey.letters(), survey.changes_at()), (letters, changes_at), "{bytes:?}");
        }
    }
}
