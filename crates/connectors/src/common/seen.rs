//! How far somebody got in a list that a service sends whole every time: it may differ the next time, and what
//! comes first is recognised before the reading goes on after it.

use xxhash_rust::xxh3::Xxh3;

/// The rows from the beginning of a list up to a place in it.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    rows: u64,
    hash: Xxh3,
}

/// What is known of them later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// How many there were.
    pub(crate) rows: u64,
    /// What they are recognised by.
    hash: u64,
}

impl Seen {
    /// Takes the next row, as it came.
    pub(crate) fn add(&mut self, row: &[u8]) {
        self.rows += 1;
        self.hash.update(row);
        // Two rows are not the same as one of both.
        self.hash.update(b"\0");
    }

    /// How many rows there were.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// What to remember.
    pub(crate) fn mark(&self) -> Mark {
        Mark { rows: self.rows, hash: self.hash.digest() }
    }
}

impl Mark {
    /// As it is kept.
    pub(crate) fn write(self) -> String {
        format!("{}:{:016x}", self.rows, self.hash)
    }

    /// What was kept; `None` where it cannot be read.
    pub(crate) fn read(text: &str) -> Option<Mark> {
        let (rows, hash) = text.split_once(':')?;
        Some(Mark { rows: rows.parse().ok()?, hash: u64::from_str_radix(hash, 16).ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(rows: &[&str]) -> Mark {
        let mut seen = Seen::default();
        rows.iter().for_each(|row| seen.add(row.as_bytes()));
        seen.mark()
    }

    #[test]
    fn the_same_rows_and_no_others_are_recognised() {
        let seen = mark(&["a", "bc"]);
        assert_eq!(Mark::read(&seen.write()), Some(seen));
        for other in [&["a"][..], &["a", "bd"], &["ab", "c"], &["bc", "a"], &["a", "bc", "d"]] {
            assert_ne!(mark(other), seen, "{other:?}");
        }
        assert_eq!(Mark::read("12"), None);
    }
}
