//! The door of the server, and the way from a request to its answer.

use serde_json::json;

use super::call::Call;
use super::dialect::OauthDialect;
use super::state::World;
use super::token::said;
use crate::faults::{Answer, Dialect, Kind};
use crate::service::{self, Asked, Door, Job};

/// Who asks for what is protected; nobody elsewhere.
pub(super) struct Caller(Option<String>);

impl service::World for World {
    type Call = Call;
    type Caller = Caller;
    type Words = OauthDialect;
    const LARGEST_BODY: usize = 64 * 1024;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::read(asked);
        (call, call.kind())
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<Caller> {
        if *call != Call::Me {
            return Door::Open(Caller(None));
        }
        match asked.bearer().and_then(|token| self.holder(token, asked.at)) {
            Some(client) => Door::Open(Caller(Some(client))),
            None => Door::Unknown(Self::words(asked).unauthorized()),
        }
    }

    fn words(asked: &Asked) -> OauthDialect {
        OauthDialect { call: Call::read(asked) }
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        match job.call {
            Call::Authorize => self.authorize(job),
            Call::Token => self.token(job),
            Call::Revoke => self.revocation(job),
            Call::Me => said(200, &json!({"client_id": job.caller.0})),
            Call::Nowhere => said(404, &json!({"error": "not_found"})),
        }
    }
}
