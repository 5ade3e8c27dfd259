//! Connections whose hints could not be dealt with, left alone for a while.
//!
//! A database that can be read but not written would otherwise be asked again and again for the same thing, and
//! one connection would keep the others waiting.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long one is left alone.
const REST: Duration = Duration::from_secs(15);

/// Until when which connections are left alone.
#[derive(Debug, Default)]
pub(super) struct Resting(HashMap<String, Instant>);

impl Resting {
    /// Leaves a connection alone from now on.
    pub(super) fn begin(&mut self, provider: &str, now: Instant) {
        self.0.insert(provider.to_owned(), now + REST);
    }

    /// Whether it is left alone still.
    pub(super) fn is_on(&self, provider: &str, now: Instant) -> bool {
        self.0.get(provider).is_some_and(|end| *end > now)
    }

    /// Forgets those that have rested; how long until the next of them has, `None` when there is none.
    pub(super) fn tidy(&mut self, now: Instant) -> Option<Duration> {
        self.0.retain(|_, end| *end > now);
        self.0.values().min().map(|end| *end - now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rests_for_itself_and_not_for_ever() {
        let (mut resting, start) = (Resting::default(), Instant::now());
        let at = |thirds| start + REST * thirds / 3;
        assert_eq!((resting.is_on("a", at(0)), resting.tidy(at(0))), (false, None));
        resting.begin("a", at(0));
        resting.begin("b", at(1));
        let on = |resting: &Resting, now| ["a", "b", "c"].map(|provider| resting.is_on(provider, now));
        assert_eq!((on(&resting, at(1)), resting.tidy(at(1))), ([true, true, false], Some(REST * 2 / 3)));
        assert_eq!((on(&resting, at(3)), resting.tidy(at(3))), ([false, true, false], Some(REST / 3)));
        assert_eq!((on(&resting, at(4)), resting.tidy(at(4))), ([false; 3], None));
    }
}
