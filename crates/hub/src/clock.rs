//! What time it is, and how long to wait for a moment that a table keeps.
//!
//! Everything that time decides asks the hub's clock: what is due, what has ended, what is old. A machine's clock
//! can be wrong and be put right, so no moment of a table is believed without limit: each kind has a longest time
//! it can lie ahead (`distant`), beyond which it was written by a clock that has since gone back.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use model::api::instant;

use crate::Hub;

/// Nobody waits for less: what is overdue is somebody else's turn, or could not be taken.
const SHORTEST: Duration = Duration::from_millis(50);
/// The clocks of several servers on one database differ by less.
const APART: TimeDelta = TimeDelta::hours(1);

/// Tells the time. Tests put another in the place of the system's.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The system's.
    pub fn system() -> Clock {
        Clock::of(Utc::now)
    }

    /// One that is asked.
    pub fn of(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// The present instant.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }

    /// The present instant as tables keep it.
    pub(crate) fn at(&self) -> String {
        instant(self.now())
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Hub {
    /// The present instant.
    pub fn time(&self) -> DateTime<Utc> {
        self.inner.clock.now()
    }

    /// The present instant as tables keep it.
    pub(crate) fn at(&self) -> String {
        self.inner.clock.at()
    }

    /// The instant that long ago, as tables keep it.
    pub(crate) fn ago(&self, time: TimeDelta) -> String {
        instant(self.time() - time)
    }
}

/// How long to wait for the next moment of a table: no longer than `longest`, for the clock may jump and another
/// server may write an earlier one.
pub(crate) fn until(next: Option<&str>, now: DateTime<Utc>, longest: Duration) -> Duration {
    let next = next.and_then(|at| at.parse::<DateTime<Utc>>().ok());
    let pause = next.map_or(longest, |at| (at - now).to_std().unwrap_or_default());
    pause.clamp(SHORTEST, longest)
}

/// What lies further ahead than this, as tables keep it, was written by a clock that has gone back since: nobody
/// sets a moment more than `longest` ahead.
pub(crate) fn distant(now: DateTime<Utc>, longest: TimeDelta) -> String {
    instant(now + longest + APART)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_nothing_or_for_too_long() {
        let now: DateTime<Utc> = "2026-11-22T08:00:00Z".parse().expect("an instant");
        let longest = Duration::from_secs(30);
        for (next, pause) in [
            (None, longest),
            (Some("no instant"), longest),
            (Some("2026-11-22T08:00:12.500Z"), Duration::from_millis(12_500)),
            (Some("2026-11-23T08:00:00.000Z"), longest),
            (Some("2026-11-22T08:00:00.000Z"), SHORTEST),
            (Some("2026-11-20T08:00:00.000Z"), SHORTEST),
        ] {
            assert_eq!(until(next, now, longest), pause, "{next:?}");
        }
    }
}
