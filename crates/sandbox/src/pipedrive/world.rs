//! The door of the service, and the way from a request to its answer.

use serde_json::{Map, Value, json};

use super::call::Call;
use super::dialect::PipedriveDialect;
use super::grant::Access;
use super::limits::{Counted, Full, Told};
use super::list::{self, Asked as List, Page};
use super::refusal::{Refusal, created, success};
use super::search;
use super::simulator::USER;
use super::state::World;
use super::write::{self, Hand};
use crate::faults::{Answer, Kind};
use crate::service::{self, Asked, Door, Job};

/// The company's number.
pub(super) const COMPANY: i64 = 67_890;

/// Who asks, and what they are told about the limits.
pub(super) struct Caller {
    /// Nobody at the authorization server's own addresses.
    access: Option<Access>,
    told: Told,
}

impl service::World for World {
    type Call = Call;
    type Caller = Caller;
    type Words = PipedriveDialect;
    const LARGEST_BODY: usize = 10 * 1024 * 1024;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::read(asked);
        (call, call.kind())
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<Caller> {
        if matches!(call, Call::Authorize | Call::Token) {
            return Door::Open(Caller { access: None, told: Told::default() });
        }
        // Each kind of token has a header of its own.
        let api_token = asked.header("x-api-token");
        let token = api_token.or_else(|| asked.bearer()).unwrap_or_default();
        let access = self.tokens.get(token).filter(|access| access.is_granted == api_token.is_none());
        let Some(access) = access.cloned() else { return Door::Unknown(Refusal::unauthorized()) };
        let counted = Counted {
            token,
            is_granted: access.is_granted,
            is_search: matches!(call, Call::Search(_)),
            cost: call.cost(),
        };
        match self.limiter.admit(&counted, asked.at) {
            Ok(told) => Door::Open(Caller { access: Some(access), told }),
            Err(Full::Burst(told) | Full::Day(told)) => Door::Refused(told.on(Refusal::too_fast().answer())),
        }
    }

    fn words(asked: &Asked) -> PipedriveDialect {
        PipedriveDialect { call: Call::read(asked) }
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        let Some(access) = &job.caller.access else {
            return match job.call {
                Call::Authorize => self.authorize(job.asked),
                _ => self.token(job.asked, job.url),
            };
        };
        let answer = match self.answer(job, access) {
            Ok(Page { data, next_cursor }) if is_list(*job.call) => {
                success(&data, &json!({ "next_cursor": next_cursor }))
            }
            Ok(page) if *job.call == Call::AddWebhook => created(&page.data),
            Ok(page) => success(&page.data, &Value::Null),
            Err(refusal) => refusal.answer(),
        };
        job.caller.told.clone().on(answer)
    }
}

fn is_list(call: Call) -> bool {
    use Call as C;
    matches!(call, C::Pipelines | C::Stages | C::Fields(_) | C::List(_) | C::Some(_) | C::Search(_))
}

impl World {
    fn answer(&mut self, job: &Job<'_, Self>, access: &Access) -> Result<Page, Refusal> {
        if self.is_unpaid {
            return Err(Refusal::unpaid());
        }
        if !allows(*job.call, access) {
            return Err(Refusal::scope());
        }
        let asked = List { pairs: job.asked.pairs(), paging: job.paging };
        let hand = Hand { user: USER, now: job.now, inside: false };
        let data = match *job.call {
            Call::Me => self.me(),
            Call::Users => self.users.iter().map(super::pipeline::User::json).collect(),
            Call::Pipelines => {
                let all = self.pipelines.iter().enumerate().map(|(place, one)| one.json(place)).collect();
                return list::others(all, &asked);
            }
            Call::Stages => {
                let all = self.stages.iter().enumerate().map(|(place, one)| one.json(place)).collect();
                return list::others(all, &asked);
            }
            Call::Fields(entity) => {
                let all = self.set(entity).fields.iter().map(super::field::Field::json).collect();
                return list::others(all, &asked);
            }
            Call::List(entity) | Call::Some(entity) => return list::records(self, entity, &asked),
            Call::Search(entity) => return search::search(self, entity, &asked),
            Call::Get(entity, id) => write::get(self, entity, id)?,
            Call::Create(entity) => {
                let id = write::create(self, entity, &body(job.asked)?, hand)?;
                write::get(self, entity, id)?
            }
            Call::Update(entity, id) => {
                write::update(self, entity, id, &body(job.asked)?, hand)?;
                write::get(self, entity, id)?
            }
            Call::Delete(entity, id) => write::delete(self, entity, id, hand)?,
            Call::Webhooks => self.webhooks.list(),
            Call::AddWebhook => self.webhooks.add(&body(job.asked)?, job.now)?,
            Call::RemoveWebhook(id) => self.webhooks.remove(id)?,
            Call::Authorize | Call::Token | Call::Nowhere => return Err(Refusal::unknown_path()),
        };
        Ok(Page { data, next_cursor: Value::Null })
    }

    fn me(&self) -> Value {
        let me = self.users.iter().find(|user| user.id == USER).map(super::pipeline::User::json);
        let mut me = me.unwrap_or_default();
        me["company_id"] = json!(COMPANY);
        me["company_name"] = json!("Cave du Port");
        me["company_domain"] = json!(self.domain);
        me
    }
}

fn allows(call: Call, access: &Access) -> bool {
    let rights = &access.rights;
    match call {
        Call::Me | Call::Authorize | Call::Token | Call::Nowhere => true,
        Call::Users => rights.sees_users(),
        Call::Webhooks => rights.sees_webhooks(),
        Call::AddWebhook | Call::RemoveWebhook(_) => rights.manages_webhooks(),
        Call::Pipelines | Call::Stages => rights.sees(super::Entity::Deals),
        Call::Fields(entity) | Call::List(entity) | Call::Some(entity) | Call::Get(entity, _) => {
            rights.sees(entity)
        }
        Call::Search(entity) => rights.sees(entity) || rights.searches(),
        Call::Create(entity) | Call::Update(entity, _) | Call::Delete(entity, _) => rights.changes(entity),
    }
}

fn body(asked: &Asked) -> Result<Map<String, Value>, Refusal> {
    let Some(bytes) = asked.json_bytes() else {
        return Err(Refusal::new(415, "Unsupported media type"));
    };
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(Refusal::new(400, "Bad request: the body is not a JSON object")),
    }
}
