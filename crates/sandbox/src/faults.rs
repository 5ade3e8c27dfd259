//! Faults on demand: what goes wrong, on which request, how often.
//!
//! A script is a list of [`Rule`]s. For each request the first rule that matches and is not used up
//! plays its [`Fault`]. Shared by all simulators: how a service words a refusal is its own affair.

mod answer;
mod kind;
pub(crate) mod play;
mod rule;
mod wire;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(crate) use answer::http_date;
pub use answer::{Answer, RetryAfter};
pub use kind::Kind;
pub use rule::Rule;

/// Something that goes wrong.
#[derive(Clone)]
pub enum Fault {
    /// 429 in the service's words; nothing is done.
    RateLimited(RetryAfter),
    /// The refusal the service gives when the plan's quota is used up; nothing is done.
    QuotaExceeded,
    /// 500, 502, 503, 504… as the service or the proxy before it words it; nothing is done.
    Status(u16),
    /// 503 that says it is safe to try again; nothing is done.
    Unavailable(RetryAfter),
    /// 401, as for a revoked token.
    Unauthorized,
    /// The paging token is said to be unknown or expired.
    ExpiredOffset,
    /// Exactly this answer; nothing is done.
    Answer(Answer),
    /// The answer begins, then the connection is closed: `Content-Length` promises more than came.
    ResetMidBody,
    /// The connection is closed without a single byte of answer. The request is *not* done.
    Dropped,
    /// Valid HTTP whose JSON ends in the middle.
    CutJson,
    /// 200 with an HTML page, as a captive portal or a login wall gives.
    HtmlPage,
    /// 200 with JSON of another shape: a list where an object is due.
    WrongType,
    /// 200 with no body at all.
    EmptyBody,
    /// The request is done and answered, this much later.
    Slow(Duration),
    /// No answer ever; ends when the client goes away. The request is *not* done.
    Hang,
    /// The answer begins and never ends.
    HangMidBody,
    /// The answer comes one byte at a time, with this pause between two bytes.
    Trickle(Duration),
    /// The answer comes again and again, without end.
    Endless,
    /// A few kilobytes that unpack to this many bytes.
    GzipBomb(usize),
    /// The request is done, but this status is answered instead.
    DoneThenStatus(u16),
    /// The request is done, but the connection is closed without an answer.
    DoneThenDropped,
    /// The page is answered, and the token given for the next page leads to the same page again.
    /// Repeated for ever, this is a listing that loops.
    DuplicatePage,
    /// A page without records, whose token leads to the page that was due.
    EmptyPage,
    /// No records and no next page, whatever the table holds.
    EmptyListing,
    /// Something else happens just before the request is handled, e.g. a column is renamed.
    Meanwhile(Arc<dyn Fn() + Send + Sync>),
}

impl Fault {
    /// Shorthand for [`Fault::Meanwhile`].
    pub fn meanwhile(what: impl Fn() + Send + Sync + 'static) -> Self {
        Self::Meanwhile(Arc::new(what))
    }

    /// The name noted in the log.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::RateLimited(_) => "rate_limited",
            Self::QuotaExceeded => "quota_exceeded",
            Self::Status(_) => "status",
            Self::Unavailable(_) => "unavailable",
            Self::Unauthorized => "unauthorized",
            Self::ExpiredOffset => "expired_offset",
            Self::Answer(_) => "answer",
            Self::ResetMidBody => "reset_mid_body",
            Self::Dropped => "dropped",
            Self::CutJson => "cut_json",
            Self::HtmlPage => "html_page",
            Self::WrongType => "wrong_type",
            Self::EmptyBody => "empty_body",
            Self::Slow(_) => "slow",
            Self::Hang => "hang",
            Self::HangMidBody => "hang_mid_body",
            Self::Trickle(_) => "trickle",
            Self::Endless => "endless",
            Self::GzipBomb(_) => "gzip_bomb",
            Self::DoneThenStatus(_) => "done_then_status",
            Self::DoneThenDropped => "done_then_dropped",
            Self::DuplicatePage => "duplicate_page",
            Self::EmptyPage => "empty_page",
            Self::EmptyListing => "empty_listing",
            Self::Meanwhile(_) => "meanwhile",
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a service words the refusals that a fault asks for.
pub(crate) trait Dialect {
    /// Too many requests.
    fn rate_limited(&self) -> Answer;
    /// The plan's quota is used up.
    fn quota_exceeded(&self) -> Answer;
    /// The token is not accepted.
    fn unauthorized(&self) -> Answer;
    /// The paging token is not accepted.
    fn expired_offset(&self) -> Answer;
    /// A passing outage that asks to try again.
    fn unavailable(&self) -> Answer;
    /// Any other server error.
    fn status(&self, status: u16) -> Answer;
    /// A server error although the request was done, with the answer it would have had.
    fn status_after(&self, status: u16, _done: &Answer) -> Answer {
        self.status(status)
    }
}

/// The script of a simulator; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Vec<Rule>>>);

impl Faults {
    /// Appends a rule; earlier rules come first.
    pub fn add(&self, rule: Rule) {
        self.lock().push(rule);
    }

    /// Drops all rules: the service is well again.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// How many rules still have something to play; zero means the script was played to its end.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.lock().iter().filter(|rule| !rule.is_used_up()).count()
    }

    /// What goes wrong with this request. Every rule counts every request it matches, so that "the
    /// third listing" means the same whatever else is in the script.
    pub(crate) fn next(&self, kind: Kind, path: &str) -> Option<Fault> {
        let mut chosen = None;
        for rule in self.lock().iter_mut().filter(|rule| rule.matches(kind, path)) {
            if rule.count(chosen.is_none()) {
                chosen = Some(rule.fault().clone());
            }
        }
        chosen
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
