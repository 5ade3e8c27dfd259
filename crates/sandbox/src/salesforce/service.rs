//! The door of the service, and the way from a request to its answer.

use serde_json::{Value, json};

use super::call::{Call, NEWEST};
use super::dialect::SalesforceDialect;
use super::refusal::Refusal;
use super::state::World;
use crate::faults::{Answer, Kind};
use crate::service::{self, Asked, Door, Job};

/// Longest address the service takes, in bytes.
const LONGEST_URI: usize = 16_384;

impl service::World for World {
    type Call = Call;
    /// Everybody is the technical user.
    type Caller = ();
    type Words = SalesforceDialect;
    /// 50 MB (unverified).
    const LARGEST_BODY: usize = 50 * 1024 * 1024;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::read(asked);
        let kind = call.kind(asked);
        (call, kind)
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<()> {
        if asked.path().len() + asked.query().len() > LONGEST_URI {
            return Door::Refused(Answer::html(
                414,
                "<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>",
            ));
        }
        if call.is_open() {
            return Door::Open(());
        }
        if !asked.bearer().is_some_and(|token| self.grants.is_good(token, asked.at)) {
            return Door::Unknown(Refusal::no_session().answer());
        }
        if !self.has_api {
            return Door::Refused(Refusal::no_api().answer());
        }
        match self.usage.admit(asked.at) {
            Ok(()) => Door::Open(()),
            Err(refusal) => Door::Refused(refusal.answer().header("sforce-limit-info", self.usage.header())),
        }
    }

    fn words(asked: &Asked) -> SalesforceDialect {
        SalesforceDialect { is_token: Call::read(asked) == Call::Token }
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        let call = job.call;
        match call {
            Call::Token => return self.token(job),
            Call::Authorize => return self.authorize(job),
            Call::Revoke => return self.revoke(job),
            Call::Versions => return versions(),
            _ => {}
        }
        let answer = self.data(job).unwrap_or_else(|refusal| refusal.answer());
        answer.header("sforce-limit-info", self.usage.header())
    }
}

impl World {
    fn data(&mut self, job: &Job<'_, Self>) -> Result<Answer, Refusal> {
        match job.call {
            Call::UserInfo => Ok(self.user_info()),
            Call::Limits => Ok(self.limits()),
            Call::Objects => Ok(self.list_objects()),
            Call::Describe(object) => self.describe(object),
            Call::Query(with_deleted) => self.query(job, *with_deleted),
            Call::More(cursor) => self.more(job, cursor),
            Call::WrongMethod => Err(Refusal::method(job.asked.parts.method.as_str())),
            Call::Nowhere => Err(Refusal::not_found()),
            _ => self.records(job),
        }
    }

    fn limits(&self) -> Answer {
        let most = self.usage.limits.daily_requests;
        let left = most.saturating_sub(self.usage.used());
        Answer::json(200, &json!({"DailyApiRequests": {"Max": most, "Remaining": left}}))
    }
}

fn versions() -> Answer {
    let version = |number: u16| {
        let text = format!("{number}.0");
        json!({"label": format!("Version {text}"), "url": format!("/services/data/v{text}"), "version": text})
    };
    Answer::json(200, &Value::from_iter((NEWEST - 2..=NEWEST).map(version)))
}
