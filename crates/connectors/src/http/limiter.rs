//! One account's share of a service: spaced requests, and silence when the service asks for it.
//!
//! It does not know what a request is, nor how many are in flight: it only says when the next may leave.

use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::time::{Instant, sleep_until};

/// Requests leave this much further apart than the service's figure says: its window is strict, and
/// two requests may travel at different speeds.
const MARGIN: f64 = 1.02;

/// What a service documents about its limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Requests allowed in any second, or in each on average where the service counts longer.
    pub per_second: f64,
    /// Requests that may leave at once after a rest; one spaces them evenly. They come on top of
    /// [`Limits::per_second`] in whatever window the service counts.
    pub burst: NonZeroU32,
    /// How long the service refuses everything after it has refused one request for its rate.
    pub penalty: Duration,
}

/// The limiter of one account, shared by all its runs.
#[derive(Debug)]
pub(super) struct Limiter {
    /// Held by the request whose turn is next; the others queue in order of arrival.
    turn: tokio::sync::Mutex<()>,
    pace: Option<DefaultDirectRateLimiter>,
    silent_until: Mutex<Option<Instant>>,
    penalty: Duration,
}

impl Limiter {
    pub(super) fn new(limits: Limits, time_scale: f64) -> Limiter {
        let scaled = |seconds: f64| Duration::try_from_secs_f64(seconds * time_scale).unwrap_or_default();
        let interval = scaled(MARGIN / limits.per_second);
        Limiter {
            turn: tokio::sync::Mutex::default(),
            // No interval, no quota: pacing is off.
            pace: Quota::with_period(interval)
                .map(|quota| RateLimiter::direct(quota.allow_burst(limits.burst))),
            silent_until: Mutex::default(),
            penalty: scaled(limits.penalty.as_secs_f64()),
        }
    }

    /// Waits until a request may leave. Dropping the future gives the place in the queue back.
    pub(super) async fn turn(&self) {
        let _mine = self.turn.lock().await;
        loop {
            while let Some(until) = self.silence() {
                sleep_until(until).await;
            }
            if let Some(pace) = &self.pace {
                pace.until_ready().await;
            }
            // Another request may have been refused in the meantime.
            if self.silence().is_none() {
                return;
            }
        }
    }

    /// Lets nothing leave for this long, whoever asks. A longer silence is not shortened.
    pub(super) fn keep_silent(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut silent_until = self.lock();
        *silent_until = Some(silent_until.map_or(until, |earlier| earlier.max(until)));
    }

    /// How long the service is known to refuse everything after a refusal.
    pub(super) fn penalty(&self) -> Duration {
        self.penalty
    }

    fn silence(&self) -> Option<Instant> {
        self.lock().filter(|until| *until > Instant::now())
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.silent_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn limits() -> Limits {
        Limits { per_second: 50.0, burst: NonZeroU32::MIN, penalty: Duration::from_secs(30) }
    }

    #[tokio::test]
    async fn turns_are_evenly_spaced_whoever_asks() {
        let limiter = Limiter::new(limits(), 1.0);
        let start = Instant::now();
        futures_util::future::join_all((0..6).map(|_| limiter.turn())).await;
        assert!(start.elapsed() >= Duration::from_millis(102), "{:?}", start.elapsed());
    }

    #[tokio::test]
    async fn a_burst_leaves_at_once_and_the_next_waits() {
        let burst = NonZeroU32::new(4).expect("not zero");
        // A turn an hour: what leaves at all leaves at once.
        let limiter = Limiter::new(Limits { per_second: 1.0 / 3_600.0, burst, ..limits() }, 1.0);
        futures_util::future::join_all((0..4).map(|_| limiter.turn())).await;
        assert_eq!(limiter.turn().now_or_never(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_leaves_during_a_silence() {
        let limiter = Limiter::new(limits(), 0.0);
        let start = Instant::now();
        limiter.keep_silent(Duration::from_secs(30));
        limiter.keep_silent(Duration::from_secs(1));
        futures_util::future::join_all((0..3).map(|_| limiter.turn())).await;
        assert!(start.elapsed() >= Duration::from_secs(30), "{:?}", start.elapsed());
    }

    #[tokio::test]
    async fn without_a_time_scale_nothing_waits() {
        let limiter = Limiter::new(limits(), 0.0);
        assert_eq!(limiter.penalty(), Duration::ZERO);
        // Fewer than a task may do before tokio lets others have their turn.
        for _ in 0..100 {
            assert_eq!(limiter.turn().now_or_never(), Some(()));
        }
    }
}
