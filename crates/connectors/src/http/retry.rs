//! When to ask again: what the service says, or growing pauses with full jitter.

use std::time::{Duration, SystemTime};

use super::{Effect, Policy};
use crate::error::{Error, Retry};

/// What a `Retry-After` header asks for: seconds, or the time until a date.
///
/// `None` for anything that does not name a moment to come (zero, negative, past, garbage): then the
/// pauses of the policy hold, so that a careless service is not hammered.
pub(super) fn retry_after(header: Option<&str>, now: SystemTime) -> Option<Duration> {
    let text = header?.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => httpdate::parse_http_date(text).ok()?.duration_since(now).ok()?,
    };
    (!wait.is_zero()).then_some(wait)
}

/// The pause before the request is sent again after `attempt` times; `None` to give up.
pub(super) fn pause(policy: &Policy, error: &Error, effect: Effect, attempt: u32) -> Option<Duration> {
    let unclear = error.maybe_applied && effect == Effect::OnceOnly;
    if unclear || attempt >= policy.attempts {
        return None;
    }
    match error.retry {
        Retry::Never => None,
        Retry::Backoff => Some(backoff(policy, attempt)),
        Retry::After(wait) => (wait <= policy.retry_after_cap).then_some(wait),
    }
}

/// A random pause between zero and the base doubled for each attempt made: full jitter keeps several
/// runs from coming back at the same moment.
pub(super) fn backoff(policy: &Policy, attempt: u32) -> Duration {
    let doubled = policy.backoff_base.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
    doubled.min(policy.backoff_cap).mul_f64(fastrand::f64())
}

#[cfg(test)]
mod tests {
    use model::Text;
    use proptest::prelude::*;

    use super::*;
    use crate::error::ErrorKind;

    proptest! {
        /// Whatever a service sends: a moment to come, or none; and never a pause above the cap.
        #[test]
        fn any_header_is_a_wait_or_none(header in ".{0,40}", number in any::<i128>(), ahead in 1_u64..10_000_000_000) {
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_792_567_680);
            let date = httpdate::fmt_http_date(now + Duration::from_secs(ahead));
            prop_assert_eq!(retry_after(Some(&date), now), Some(Duration::from_secs(ahead)));
            for header in [header, number.to_string()] {
                let wait = retry_after(Some(&header), now);
                prop_assert!(wait.is_none_or(|wait| !wait.is_zero()));
                let mut error = Error::new(ErrorKind::RateLimited, Text::fixed("x", "x"));
                error.retry = wait.map_or(Retry::Backoff, Retry::After);
                let policy = Policy::default();
                let pause = pause(&policy, &error, Effect::SameTwice, 1);
                prop_assert!(pause.is_none_or(|pause| pause <= policy.retry_after_cap.max(policy.backoff_cap)));
            }
        }
    }

    #[test]
    fn retry_after_in_every_form() {
        let now = httpdate::parse_http_date("Wed, 21 Oct 2026 07:28:00 GMT").expect("a date");
        for (header, seconds) in [
            (None, None),
            (Some("30"), Some(30)),
            (Some(" 5 "), Some(5)),
            (Some("1000000000"), Some(1_000_000_000)),
            (Some("Wed, 21 Oct 2026 07:28:10 GMT"), Some(10)),
            (Some("Wed, 21 Oct 2026 07:27:00 GMT"), None),
            (Some("0"), None),
            (Some("-5"), None),
            (Some("1.5"), None),
            (Some("99999999999999999999999"), None),
            (Some("soon, promised"), None),
            (Some(""), None),
        ] {
            assert_eq!(retry_after(header, now), seconds.map(Duration::from_secs), "{header:?}");
        }
    }

    #[test]
    fn pauses_grow_to_the_cap_and_are_drawn_below_it() {
        let policy = Policy::default();
        for attempt in 1..40 {
            let ceiling = Duration::from_millis(500) * 2_u32.saturating_pow(attempt - 1);
            for _ in 0..20 {
                assert!(backoff(&policy, attempt) <= ceiling.min(policy.backoff_cap));
            }
        }
    }

    #[test]
    fn what_may_be_repeated() {
        let policy = Policy::without_waiting();
        let fault = |retry, maybe_applied| Error {
            maybe_applied,
            ..Error::new(ErrorKind::Unavailable, Text::same("x")).retry(retry)
        };
        let minute = Duration::from_secs(60);
        for (error, effect, attempt, repeated) in [
            (fault(Retry::Backoff, false), Effect::Nothing, 1, true),
            (fault(Retry::Backoff, false), Effect::Nothing, 5, false),
            (fault(Retry::Never, false), Effect::Nothing, 1, false),
            (fault(Retry::Backoff, true), Effect::SameTwice, 1, true),
            (fault(Retry::Backoff, true), Effect::OnceOnly, 1, false),
            (fault(Retry::Backoff, false), Effect::OnceOnly, 1, true),
            (fault(Retry::After(minute), false), Effect::OnceOnly, 1, true),
            (fault(Retry::After(minute * 2), false), Effect::Nothing, 1, false),
        ] {
            assert_eq!(
                pause(&policy, &error, effect, attempt).is_some(),
                repeated,
                "{error:?} {effect:?} {attempt}"
            );
        }
    }
}
