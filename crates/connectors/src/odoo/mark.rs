//! What is remembered of a reading, so that the next one reads only what changed since.

use chrono::{DateTime, Utc};
use xxhash_rust::xxh3::xxh3_64;

use super::moment;
use crate::source::Before;

/// When a reading began by the service's clock, and what it asked for. Whoever asks for something else,
/// such as one more field or another company, begins anew.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    began: DateTime<Utc>,
    asked: u64,
}

/// A reading to do.
pub(super) struct Span {
    /// Where it begins; the start when there is nothing.
    pub(super) since: Option<DateTime<Utc>>,
    /// What to remember once it is done.
    pub(super) mark: String,
}

impl Mark {
    pub(super) fn new(began: DateTime<Utc>, asked: &str) -> Mark {
        Mark { began, asked: xxh3_64(asked.as_bytes()) }
    }

    fn parse(text: &str) -> Option<Mark> {
        let (began, asked) = text.split_once('|')?;
        Some(Mark { began: moment::utc(began)?, asked: u64::from_str_radix(asked, 16).ok()? })
    }

    fn write(&self) -> String {
        format!("{}|{:x}", moment::write(self.began), self.asked)
    }

    /// What a reading that begins now has to read of a part.
    pub(super) fn span(&self, part: &str, before: &Before) -> Span {
        let text = before.known.get(part).map(String::as_str).unwrap_or_default();
        let known = Mark::parse(text).filter(|mark| mark.asked == self.asked).map(|mark| mark.began);
        // What was left out between the last reading and the moment asked for is still to be read.
        let gap = before.since.is_some_and(|since| known.is_none_or(|known| known < since));
        Span { since: before.since.or(known), mark: if gap { text.to_owned() } else { self.write() } }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_reading_goes_on_where_the_last_one_began() {
        let at = |hour| DateTime::from_timestamp(1_714_557_600, 0).expect("a time") + TimeDelta::hours(hour);
        let old = Mark::new(at(1), "a,b").write();
        let now = Mark::new(at(5), "a,b");
        let before = |mark: &str, since| Before { known: [("p".to_owned(), mark.to_owned())].into(), since };
        for (mark, since, begins, remembered) in [
            ("", None, None, now.write()),
            ("hier|x", None, None, now.write()),
            (&*old, None, Some(at(1)), now.write()),
            // Asked for with other columns.
            (&*Mark::new(at(1), "a").write(), None, None, now.write()),
            // Earlier than needed: nothing is left out.
            (&*old, Some(at(0)), Some(at(0)), now.write()),
            (&*old, Some(at(3)), Some(at(3)), old.clone()),
            ("", Some(at(3)), Some(at(3)), String::new()),
        ] {
            let span = now.span("p", &before(mark, since));
            assert_eq!((span.since, span.mark), (begins, remembered), "{mark} {since:?}");
        }
    }
}
