//! One CSV file somebody handed in: how it is written, and its rows.
//!
//! A file is looked at once from end to end before anything is made of it, so that what is told of it holds for
//! all of it and not for its beginning: its letters, its columns, and how their numbers and days are written.
//! Then it is read as often as one likes. A portion is in memory, never the file.

mod letters;
mod look;
mod read;
mod texts;
mod utf16;

pub use letters::Letters;
pub use look::{Column, Look, look};
pub use read::read;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Its letters.
    pub letters: Letters,
    /// What parts its cells: `;`, `,`, a tab or `|`.
    pub delimiter: u8,
}

/// What a person says of a file instead of what it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its letters.
    pub letters: Option<Letters>,
    /// What parts its cells.
    pub delimiter: Option<u8>,
}
