//! A table's score: the share of its rows that nothing is wrong with.
//!
//! A row that a grave check found counts as a bad row, one that a light check found as a quarter of one;
//! a row that several checks found counts for each of them. A field that was filled before and no longer
//! is takes five points. The score is what is left of 100, rounded down: 100 says that nothing was found.

/// How much a check's rows count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The row is wrong, or nobody can tell whom or what it speaks of.
    Grave,
    /// The row is unlikely; somebody should look.
    Light,
}

/// What one check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// How much each row counts.
    pub weight: Weight,
    /// The rows it found.
    pub rows: u64,
    /// The rows it looked at.
    pub checked: u64,
}

/// From 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(u8);

/// A score in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 98 and above.
    Good,
    /// 90 and above.
    Watch,
    /// Below.
    Mend,
}

/// Points a field takes that is no longer filled.
const FIELD: f64 = 5.0;

/// The share of rows, in points, that a field must lose to count as no longer filled.
const DROP: f64 = 20.0;

impl Score {
    /// The score of a table in which these checks found these rows, and of which so many fields are no
    /// longer filled. `None` when there is no row to speak of.
    pub fn of(found: &[Found], lost_fields: u64) -> Option<Score> {
        if found.iter().all(|found| found.checked == 0) {
            return None;
        }
        let share = |found: &Found| match found.weight {
            _ if found.checked == 0 => 0.0,
            Weight::Grave => found.rows as f64 / found.checked as f64,
            Weight::Light => found.rows as f64 / found.checked as f64 / 4.0,
        };
        let lost = found.iter().map(share).sum::<f64>() * 100.0 + lost_fields as f64 * FIELD;
        let is_perfect = lost_fields == 0 && found.iter().all(|found| found.rows == 0);
        // A million rows with one bad one are not perfect: rounding down says so.
        let left = (100.0 - lost).clamp(0.0, if is_perfect { 100.0 } else { 99.0 });
        Some(Score(left as u8))
    }

    /// The number.
    pub fn points(self) -> u8 {
        self.0
    }

    /// The word for it.
    pub fn verdict(self) -> Verdict {
        match self.0 {
            98.. => Verdict::Good,
            90.. => Verdict::Watch,
            _ => Verdict::Mend,
        }
    }
}

impl Verdict {
    /// The stable word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Good => "good",
            Verdict::Watch => "watch",
            Verdict::Mend => "mend",
        }
    }
}

/// The filled share in per cent with one decimal, rounded down: 100 says that nothing is missing.
pub fn percent(filled: u64, total: u64) -> f64 {
    if total == 0 { 0.0 } else { (filled as f64 / total as f64 * 1000.0).floor() / 10.0 }
}

/// Whether a field counts as no longer filled: it has lost twenty points or more. The shares are of all
/// rows, in per cent.
pub fn dropped(before: f64, now: f64) -> bool {
    before - now >= DROP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(weight: Weight, rows: u64, checked: u64) -> Found {
        Found { weight, rows, checked }
    }

    #[test]
    fn points_by_what_was_found() {
        use Weight::{Grave, Light};
        for (checks, fields, expected) in [
            (vec![], 0, None),
            (vec![found(Grave, 0, 0)], 0, None),
            (vec![found(Grave, 0, 10)], 0, Some(100)),
            (vec![found(Grave, 1, 10)], 0, Some(90)),
            (vec![found(Light, 1, 10)], 0, Some(97)),
            (vec![found(Grave, 1, 10), found(Light, 2, 10)], 0, Some(85)),
            (vec![found(Light, 1, 1_000_000)], 0, Some(99)),
            (vec![found(Grave, 10, 10), found(Grave, 10, 10)], 0, Some(0)),
            (vec![found(Light, 10, 10)], 0, Some(75)),
            (vec![found(Grave, 0, 10)], 2, Some(90)),
            (vec![found(Grave, 0, 10)], 40, Some(0)),
        ] {
            assert_eq!(Score::of(&checks, fields).map(Score::points), expected, "{checks:?} {fields}");
        }
    }

    #[test]
    fn a_word_for_each_score() {
        for (points, verdict) in [
            (100, Verdict::Good),
            (98, Verdict::Good),
            (97, Verdict::Watch),
            (90, Verdict::Watch),
            (89, Verdict::Mend),
        ] {
            assert_eq!(Score(points).verdict(), verdict, "{points}");
        }
    }

    #[test]
    fn a_field_is_lost_when_twenty_points_are() {
        for (before, now, lost) in
            [(90.0, 40.0, true), (90.0, 75.0, false), (20.0, 0.0, true), (0.0, 90.0, false)]
        {
            assert_eq!(dropped(before, now), lost, "{before} {now}");
        }
        assert_eq!((percent(2, 3), percent(999_999, 1_000_000), percent(0, 0)), (66.6, 99.9, 0.0));
    }
}
