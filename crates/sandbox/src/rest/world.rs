//! What is behind the door: the customers, and which call a request is.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::customer::Customer;
use super::dialect::{RestDialect, said};
use super::listing;
use super::options::Options;
use crate::Kind;
use crate::faults::{Answer, Dialect, RetryAfter};
use crate::limiter::Limiter;
use crate::service::{Asked, Door, Job};

/// The most rows a page has, whatever is asked for.
pub const LARGEST_PAGE: usize = 1_000;

/// How a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    All,
    Page,
    Offset,
    Cursor,
    Link,
    Next,
    Orders,
    Lines,
    Csv,
    Scalar,
    Nowhere,
}

/// A request.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) way: Way,
    pub(super) path: String,
    pub(super) pairs: Vec<(String, String)>,
    body: Map<String, Value>,
}

impl Call {
    /// A parameter, out of the body where the request has one.
    pub(super) fn value(&self, name: &str) -> Value {
        let pair =
            self.pairs.iter().find(|(held, _)| held == name).map(|(_, value)| Value::from(value.as_str()));
        self.body.get(name).cloned().or(pair).unwrap_or_default()
    }
}

/// The service's state.
pub(super) struct World {
    pub(super) options: Options,
    pub(super) customers: Vec<Customer>,
    pub(super) next_id: u64,
    pub(super) is_revoked: bool,
    limiter: Limiter,
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        Self { options, customers: Vec::new(), next_id: 1, is_revoked: false, limiter: Limiter::default() }
    }
}

impl crate::service::World for World {
    type Call = Call;
    type Caller = ();
    type Words = RestDialect;
    const LARGEST_BODY: usize = 1 << 20;

    fn read(asked: &Asked) -> (Call, Kind) {
        let path = asked.path().trim_matches('/').to_owned();
        let way = match (asked.parts.method.as_str(), path.as_str()) {
            ("GET", "all") => Way::All,
            ("GET", "page") => Way::Page,
            ("GET", "offset") => Way::Offset,
            ("GET", "cursor") => Way::Cursor,
            ("GET", "link") => Way::Link,
            ("GET", "next") => Way::Next,
            ("POST", "orders") => Way::Orders,
            ("GET", "ndjson") => Way::Lines,
            ("GET", "csv") => Way::Csv,
            ("GET", "scalar") => Way::Scalar,
            _ => Way::Nowhere,
        };
        let body = asked.json_bytes().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
        let kind = if way == Way::Nowhere { Kind::Unknown } else { Kind::List };
        (Call { way, path, pairs: asked.pairs(), body }, kind)
    }

    fn door(&mut self, asked: &Asked, _call: &Call) -> Door<()> {
        if self.is_revoked || !self.options.access.lets_in(asked) {
            return Door::Unknown(RestDialect.unauthorized());
        }
        if self.limiter.admits(asked.at, self.options.service.limits.per_second) {
            Door::Open(())
        } else {
            Door::Refused(RestDialect.rate_limited().retry_after(&RetryAfter::Seconds(1)))
        }
    }

    fn words(_asked: &Asked) -> RestDialect {
        RestDialect
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        let since = job.call.value("updated_since");
        let since = since.as_str().map(DateTime::parse_from_rfc3339);
        let since: Option<DateTime<Utc>> = match since {
            Some(Ok(moment)) => Some(moment.to_utc()),
            Some(Err(_)) => return said(400, "updated_since is no date"),
            None => None,
        };
        let is_asked_for = |row: &&Customer| since.is_none_or(|since| row.updated_at > since);
        let rows: Vec<&Customer> = self.customers.iter().filter(is_asked_for).collect();
        listing::Asked { call: job.call, url: job.url, paging: job.paging }.answer(&rows)
    }
}
