//! The time a simulator lives in.
//!
//! Limits, paging tokens and modification times all ask this clock, so a test moves hours forward
//! or back without waiting. Latency is the one thing it does not know: that is real waiting on the wire.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

/// A clock that can be shared and moved; clones show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    start: DateTime<Utc>,
    /// `None` for a clock that stands still between two moves.
    running_since: Option<Instant>,
    moved_nanos: AtomicI64,
}

impl Clock {
    /// Runs like the clock of the machine, but never backwards.
    #[must_use]
    pub fn system() -> Self {
        Self::from_parts(Utc::now(), Some(Instant::now()))
    }

    /// Stands still at `start` until it is moved.
    #[must_use]
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self::from_parts(start, None)
    }

    fn from_parts(start: DateTime<Utc>, running_since: Option<Instant>) -> Self {
        Self(Arc::new(Inner { start, running_since, moved_nanos: AtomicI64::new(0) }))
    }

    /// The present time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let ran = self.0.running_since.map_or(Duration::ZERO, |since| since.elapsed());
        let moved = TimeDelta::nanoseconds(self.0.moved_nanos.load(Ordering::Acquire));
        self.0.start + TimeDelta::from_std(ran).unwrap_or_default() + moved
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.0.moved_nanos.fetch_add(nanos(by), Ordering::AcqRel);
    }

    /// Sets the clock back, as that of a machine that was ahead.
    pub fn turn_back(&self, by: Duration) {
        self.0.moved_nanos.fetch_sub(nanos(by), Ordering::AcqRel);
    }
}

fn nanos(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}
