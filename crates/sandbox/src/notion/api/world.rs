//! The door of the service, and the way from a request to its answer.

use serde_json::Value;

use super::{Call, Caller, Request, handle};
use crate::faults::{Answer, Kind};
use crate::notion::refusal::NotionDialect;
use crate::notion::state::World;
use crate::notion::{Id, Refusal, Version};
use crate::service::{self, Asked, Door, Job};

/// Largest body that is accepted.
const LARGEST: usize = 500 * 1024;

impl service::World for World {
    type Call = Call;
    type Caller = Caller;
    type Words = NotionDialect;
    const LARGEST_BODY: usize = 16 * LARGEST;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::parse(asked.parts.method.as_str(), asked.path());
        let kind = call.kind(asked);
        (call, kind)
    }

    fn door(&mut self, asked: &Asked, _call: &Call) -> Door<Caller> {
        let say = |refusal: Refusal| refusal.answer(request_id(asked));
        let token = asked.bearer().and_then(|token| self.tokens.get_key_value(token));
        let Some((token, grant)) = token.map(|(token, grant)| (token.clone(), grant.clone())) else {
            return Door::Unknown(say(Refusal::unauthorized()));
        };
        if let Err(wait) = self.limiter.admit(&token, asked.at) {
            return Door::Refused(say(Refusal::rate_limited_for(wait)));
        }
        if asked.body.as_ref().is_none_or(|body| body.len() > LARGEST) {
            return Door::Refused(say(Refusal::too_large()));
        }
        match Version::read(asked.header("notion-version")) {
            Ok(version) => Door::Open(Caller { grant, version }),
            Err(refusal) => Door::Refused(say(refusal)),
        }
    }

    fn words(asked: &Asked) -> NotionDialect {
        let body: Option<Value> = asked.json_bytes().and_then(|body| serde_json::from_slice(body).ok());
        let cursor = body.and_then(|body| body["start_cursor"].as_str().map(str::to_owned));
        let creates = Self::read(asked).1 == Kind::Create;
        NotionDialect { request_id: request_id(asked), cursor: cursor.unwrap_or_default(), creates }
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        let request_id = request_id(job.asked);
        let Caller { grant, version } = job.caller;
        let request = Request { job, grant, version: *version, pairs: job.asked.pairs() };
        match handle(self, &request) {
            Ok(mut body) => {
                body["request_id"] = request_id.to_string().into();
                Answer::json(200, &body).header("x-notion-request-id", request_id.to_string())
            }
            Err(refusal) => refusal.answer(request_id),
        }
    }
}

/// Every request has an id of its own, the same in every run.
fn request_id(asked: &Asked) -> Id {
    Id::named(&format!("request/{}", asked.number))
}
