//! What is behind the door: one tenant's workers and report.

use std::collections::HashMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};

use super::call::{Call, What};
use super::dialect::{WorkdayDialect, fault, refused};
use super::options::Options;
use super::worker::Worker;
use crate::Kind;
use crate::faults::{Answer, Dialect, RetryAfter};
use crate::limiter::Limiter;
use crate::service::{Asked, Door, Job};

/// The tenant there is.
pub const TENANT: &str = "cave_preview";
/// Who the report belongs to.
pub const OWNER: &str = "lmcneil";
/// The report there is at the start.
pub const REPORT: &str = "Passerelle_Workers";
/// The integration user.
pub const USER: &str = "ISU_Passerelle";
/// Its password.
pub const PASSWORD: &str = "c0rrect-h0rse-battery-st4ple-77";
/// The client that gets tokens.
pub const CLIENT: &str = "ZmZiYzQ2M2EtY2xpZW50";
/// Its secret.
pub const SECRET: &str = "s3cr3t0123456789abcdefghij";
/// Its refresh token.
pub const REFRESH_TOKEN: &str = "r3fr3sh9876543210zyxwvutsr";

/// The service's state.
pub(super) struct World {
    pub(super) options: Options,
    /// Neither the user nor the refresh token nor any access token is good any more.
    pub(super) is_revoked: bool,
    /// Whether report and workers may be seen.
    pub(super) may_see: bool,
    pub(super) report: String,
    /// A prompt without which the report does not run.
    pub(super) prompt: Option<String>,
    /// Columns that were added to the report.
    pub(super) columns: Vec<String>,
    pub(super) workers: Vec<Worker>,
    pub(super) next_id: u64,
    /// Access tokens, and until when they are good.
    pub(super) tokens: HashMap<String, DateTime<Utc>>,
    limiter: Limiter,
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        Self {
            options,
            is_revoked: false,
            may_see: true,
            report: REPORT.to_owned(),
            prompt: None,
            columns: Vec::new(),
            workers: Vec::new(),
            next_id: 21_001,
            tokens: HashMap::new(),
            limiter: Limiter::default(),
        }
    }

    /// Reports take the user too, the other services tokens only.
    fn knows(&self, asked: &Asked, call: &Call) -> bool {
        let by_token =
            asked.bearer().and_then(|token| self.tokens.get(token)).is_some_and(|until| asked.at < *until);
        let is_report = matches!(call.what, What::Report { .. } | What::Schema { .. });
        !self.is_revoked && (by_token || is_report && is_the_user(asked))
    }
}

/// With the tenant after its name, or without.
fn is_the_user(asked: &Asked) -> bool {
    let pair = || {
        let pair = BASE64_STANDARD.decode(asked.header("authorization")?.strip_prefix("Basic ")?).ok()?;
        String::from_utf8(pair).ok()
    };
    let Some(pair) = pair() else { return false };
    let (user, password) = pair.split_once(':').unwrap_or_default();
    user.strip_suffix(TENANT).map_or(user, |user| user.trim_end_matches('@')) == USER && password == PASSWORD
}

impl crate::service::World for World {
    type Call = Call;
    type Caller = ();
    type Words = WorkdayDialect;
    const LARGEST_BODY: usize = 1 << 20;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::read(asked);
        let kind = call.kind();
        (call, kind)
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<()> {
        let words = Self::words(asked);
        if call.tenant != TENANT {
            return Door::Unknown(words.status(404));
        }
        if call.what == What::Token {
            return Door::Open(());
        }
        if !self.knows(asked, call) {
            return Door::Unknown(words.unauthorized());
        }
        if self.limiter.admits(asked.at, self.options.service.limits.per_second) {
            Door::Open(())
        } else {
            Door::Refused(words.rate_limited().retry_after(&RetryAfter::Seconds(1)))
        }
    }

    fn words(asked: &Asked) -> WorkdayDialect {
        WorkdayDialect { is_report: asked.path().starts_with("/ccx/service/") }
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        match &job.call.what {
            What::Token => self.token(job),
            What::Report { owner, name } => self.rows(owner, name, job.call, job.paging),
            What::Schema { owner, name } => self.schema(owner, name),
            What::Workers { version } => self.page(version, job.call, job.paging),
            What::Nowhere if Self::words(job.asked).is_report => fault(404, "Processing error occurred."),
            What::Nowhere => refused(404, "not found"),
        }
    }
}
