//! What can be done with every simulator, whatever service it plays.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::{Clock, Courier, Faults, Log, Rule};

/// The script of faults, the log, the clock and the latency of a simulator; clones are the same.
#[derive(Clone, Debug)]
pub struct Controls {
    clock: Clock,
    faults: Faults,
    log: Log,
    courier: Courier,
    latency: Arc<Mutex<Duration>>,
}

impl Controls {
    pub(crate) fn new(clock: Clock, latency: Duration) -> Self {
        Self {
            clock,
            faults: Faults::default(),
            log: Log::default(),
            courier: Courier::new(),
            latency: Arc::new(Mutex::new(latency)),
        }
    }

    /// Appends a rule to the script of faults.
    pub fn fault(&self, rule: Rule) {
        self.faults.add(rule);
    }

    /// The script of faults.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// What was asked so far.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The time the service lives in.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What the service sends by itself.
    #[must_use]
    pub fn courier(&self) -> &Courier {
        &self.courier
    }

    /// Delays every answer from now on.
    pub fn set_latency(&self, latency: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = latency;
    }

    pub(crate) fn latency(&self) -> Duration {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
