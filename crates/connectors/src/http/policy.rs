//! Every duration and bound of the kit, in one place.

use std::time::Duration;

use super::AllowedHost;

/// How long to wait, how often to try and how much to accept.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// For a connection to be made, TLS included.
    pub connect_timeout: Duration,
    /// Between two pieces of an answer, and before the first.
    pub idle_timeout: Duration,
    /// For one request as a whole, its answer included.
    pub call_timeout: Duration,
    /// The same where the answer is read piece by piece.
    pub stream_timeout: Duration,
    /// For a webhook to take a message, from the first connection to the end of its answer.
    pub tell_timeout: Duration,
    /// The largest answer accepted, in bytes after decompression.
    pub body_limit_bytes: usize,
    /// How often a request is sent at most, the first time included.
    pub attempts: u32,
    /// The pause before a request is repeated is drawn between zero and this, doubled each time…
    pub backoff_base: Duration,
    /// …and never longer than this.
    pub backoff_cap: Duration,
    /// The longest `Retry-After` that is waited for; above it the request fails and says when to come back.
    pub retry_after_cap: Duration,
    /// What the services' own intervals and penalties are multiplied with: 1 is what they document,
    /// 0 neither paces nor keeps silent. A `Retry-After` is never scaled.
    pub time_scale: f64,
    /// The hosts that users may type although they are not public, set by the operator.
    pub allow_private: Vec<AllowedHost>,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(30),
            call_timeout: Duration::from_secs(120),
            stream_timeout: Duration::from_secs(3_600),
            tell_timeout: Duration::from_secs(15),
            body_limit_bytes: 32 * 1024 * 1024,
            attempts: 5,
            backoff_base: Duration::from_millis(500),
            backoff_cap: Duration::from_secs(30),
            retry_after_cap: Duration::from_secs(60),
            time_scale: 1.0,
            allow_private: Vec::new(),
        }
    }
}

impl Policy {
    /// The same bounds without pacing and nearly without pauses, for simulators.
    pub fn without_waiting() -> Policy {
        Policy {
            backoff_base: Duration::from_millis(1),
            backoff_cap: Duration::from_millis(5),
            time_scale: 0.0,
            ..Policy::default()
        }
    }
}
