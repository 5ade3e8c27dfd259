//! The door of the service, and the way from a request to its answer.

use super::api;
use super::call::{Action, Call};
use super::dialect::HubspotDialect;
use super::grant::Grant;
use super::limiter::Left;
use super::refusal::Refusal;
use super::scopes;
use super::state::World;
use crate::faults::{Answer, Kind};
use crate::service::{self, Asked, Door, Job};

/// The longest address (unverified); beyond it, the proxy refuses.
const LONGEST_URL: usize = 8_000;

/// Who asks, and what is left of the windows.
pub(super) struct Caller {
    grant: Grant,
    left: Option<Left>,
}

impl service::World for World {
    type Call = Call;
    type Caller = Caller;
    type Words = HubspotDialect;
    const LARGEST_BODY: usize = 8 * 1024 * 1024;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::parse(asked.parts.method.as_str(), asked.path());
        let kind = call.kind();
        (call, kind)
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<Caller> {
        if matches!(call.action, Action::Authorize | Action::Token) {
            return Door::Open(Caller { grant: Grant::default(), left: None });
        }
        if asked.path().len() + asked.query().len() > LONGEST_URL {
            return Door::Refused(Answer::html(414, "<h1>414 Request-URI Too Large</h1>"));
        }
        let token = asked.bearer().unwrap_or_default();
        let Some(grant) = self.grants.get(token).cloned() else {
            return Door::Unknown(Refusal::unauthenticated().into());
        };
        if grant.until.is_some_and(|until| asked.at >= until) {
            return Door::Unknown(Refusal::expired().into());
        }
        let is_search = call.action == Action::Search;
        match self.limiter.admit(token, grant.is_oauth, is_search, asked.at) {
            Ok(left) => Door::Open(Caller { grant, left: Some(left).filter(|_| !is_search) }),
            Err(refusal) => Door::Refused(refusal.into()),
        }
    }

    fn words(asked: &Asked) -> HubspotDialect {
        let call = Call::parse(asked.parts.method.as_str(), asked.path());
        HubspotDialect { is_search: call.action == Action::Search }
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        match job.call.action {
            Action::Authorize => return self.authorize(job),
            Action::Token => return self.token(job),
            _ => {}
        }
        let object = job.call.object.as_deref().map(|word| self.resolve(word).unwrap_or(word));
        let answer = match scopes::needed(job.call, object) {
            Some(scope) if !job.caller.grant.scopes.contains(&scope) => Refusal::missing_scope(&scope).into(),
            _ => self.answer(job),
        };
        match job.caller.left {
            Some(left) => with_rest(answer, left),
            None => answer,
        }
    }
}

impl World {
    /// Does what is asked, and tells those who want to be told.
    fn answer(&mut self, job: &Job<'_, Self>) -> Answer {
        match api::handle(self, job) {
            Ok(answer) => {
                self.webhooks.tell("INTEGRATION", job.now);
                answer
            }
            Err(refusal) => {
                self.webhooks.forget();
                refusal.into()
            }
        }
    }
}

/// The answer with the headers that tell what is left.
fn with_rest(mut answer: Answer, left: Left) -> Answer {
    if let Some((most, rest)) = left.ten_seconds {
        answer = answer
            .header("x-hubspot-ratelimit-max", most.to_string())
            .header("x-hubspot-ratelimit-remaining", rest.to_string())
            .header("x-hubspot-ratelimit-interval-milliseconds", "10000");
    }
    if let Some((most, rest)) = left.daily {
        answer = answer
            .header("x-hubspot-ratelimit-daily", most.to_string())
            .header("x-hubspot-ratelimit-daily-remaining", rest.to_string());
    }
    answer
}
