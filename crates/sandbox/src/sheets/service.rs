//! The door of the service.

use super::access::Token;
use super::call::Call;
use super::dialect::SheetsDialect;
use super::refusal::Refusal;
use super::world::World;
use crate::faults::{Answer, Kind};
use crate::service::{self, Asked, Door, Job};

/// Whose token it is; nobody at the token endpoint.
pub(super) struct Caller(pub(super) Option<Token>);

impl service::World for World {
    type Call = Call;
    type Caller = Caller;
    type Words = SheetsDialect;
    /// The service documents no limit; this is one of the simulator.
    const LARGEST_BODY: usize = 64 * 1024 * 1024;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::read(asked);
        let kind = call.kind(asked);
        (call, kind)
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<Caller> {
        if matches!(call, Call::Token | Call::Authorize | Call::Nowhere) {
            return Door::Open(Caller(None));
        }
        let Some(word) = asked.bearer() else {
            return Door::Unknown(Refusal::unauthenticated(true).answer());
        };
        let Some(token) = self.access.tokens.get(word).filter(|token| asked.at < token.ends).cloned() else {
            return Door::Unknown(Refusal::unauthenticated(false).answer());
        };
        let refused = if self.is_disabled {
            Some(Refusal::disabled())
        } else if !(if call.writes() { token.may_write() } else { token.may_read() }) {
            Some(Refusal::scope())
        } else {
            self.limiter.admit(&token.user, call.writes(), asked.at).err()
        };
        match refused {
            Some(refusal) => Door::Refused(refusal.answer()),
            None => Door::Open(Caller(Some(token))),
        }
    }

    fn words(asked: &Asked) -> SheetsDialect {
        SheetsDialect::of(&Call::read(asked))
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        match job.call {
            Call::Token => self.token(job),
            Call::Authorize => self.authorize(job),
            Call::Nowhere => Answer::html(404, "<title>Error 404 (Not Found)!!1</title>"),
            Call::NewSpreadsheet | Call::Spreadsheet(..) => match self.answer(job) {
                Ok(body) => Answer::json(200, &body),
                Err(refusal) => refusal.answer(),
            },
        }
    }
}
