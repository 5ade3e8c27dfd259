//! The door of the service, and the way from a request to its answer.

use serde_json::json;

use super::{answer, not_found};
use crate::faults::{Answer, Kind};
use crate::odoo::call::{Call, Protocol, Target};
use crate::odoo::dialect::OdooDialect;
use crate::odoo::orm::{self, Request};
use crate::odoo::refusal::Refusal;
use crate::odoo::state::World;
use crate::service::{self, Asked, Door, Job};

/// Who asks: nobody for what everybody may ask.
pub(in crate::odoo) struct Caller(Option<i64>);

impl service::World for World {
    type Call = Call;
    type Caller = Caller;
    type Words = OdooDialect;
    /// `web.max_file_upload_size`.
    const LARGEST_BODY: usize = 128 * 1024 * 1024;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::read(asked);
        let kind = call.kind();
        (call, kind)
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<Caller> {
        let protocols = self.options.protocols;
        let served = match call.protocol {
            Protocol::Json2 => protocols.json2,
            Protocol::JsonRpc(_) => protocols.jsonrpc || asked.path() != "/jsonrpc",
            Protocol::XmlRpc => protocols.xmlrpc,
            Protocol::Page => true,
        };
        if !served {
            return Door::Unknown(not_found());
        }
        if call.protocol == Protocol::Json2
            && !matches!(call.target, Target::Nowhere)
            && !asked.header("content-type").is_some_and(|kind| kind.starts_with("application/json"))
        {
            return Door::Unknown(Answer::html(415, "<h1>Unsupported Media Type</h1>"));
        }
        let refuse = |refusal: Refusal| answer(call, Err(refusal), self.options.version);
        let Target::Execute(execute) = &call.target else { return Door::Open(Caller(None)) };
        if execute.database.as_ref().is_some_and(|name| *name != self.options.database) {
            // JSON-2 has not found out that it is JSON-2 when it looks for the database.
            return Door::Unknown(match (&call.protocol, &execute.database) {
                (Protocol::Json2, _) | (_, None) => not_found(),
                (_, Some(name)) => refuse(Refusal::no_database(name)),
            });
        }
        let Some(key) = &execute.key else { return Door::Unknown(refuse(Refusal::no_key())) };
        match self.keys.get(key) {
            Some(uid) if execute.uid.is_none_or(|claimed| claimed == *uid) => Door::Open(Caller(Some(*uid))),
            _ => Door::Unknown(refuse(Refusal::invalid_key())),
        }
    }

    fn words(asked: &Asked) -> OdooDialect {
        OdooDialect { call: Call::read(asked) }
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        let version = self.options.version;
        let (number, text) = (version.0, version.text());
        let info = json!([number, 0, 0, "final", 0, ""]);
        let result = match &job.call.target {
            Target::Execute(execute) => {
                let uid = job.caller.0.unwrap_or_default();
                Request::new(uid, job.now, execute)
                    .and_then(|request| orm::handle(self, &request, job.paging))
            }
            Target::WebVersion if number < 19 => return not_found(),
            Target::WebVersion => Ok(json!({"version_info": info, "version": text})),
            Target::Version => Ok(json!({
                "server_version": text, "server_version_info": info, "server_serie": text, "protocol_version": 1,
            })),
            Target::Databases if self.options.lists_databases => Ok(json!([self.options.database])),
            Target::Databases => Err(Refusal::access_denied()),
            Target::Authenticate(database, login, key) => self.authenticate(database, login, key),
            Target::Garbled(why) if job.call.protocol == Protocol::Page => {
                return Answer::text(400, "text/plain; charset=utf-8", why.clone());
            }
            Target::Garbled(why) => Err(Refusal::not_json(why)),
            Target::Nowhere if job.call.protocol == Protocol::Json2 => Err(Refusal::no_path()),
            Target::Nowhere => return not_found(),
        };
        answer(job.call, result, version)
    }
}

impl World {
    fn authenticate(&self, database: &str, login: &str, key: &str) -> Result<serde_json::Value, Refusal> {
        if database != self.options.database {
            return Err(Refusal::no_database(database));
        }
        let uid = self.keys.get(key).copied();
        let known = uid.filter(|uid| {
            let user = self.row("res.users", *uid);
            user.is_some_and(|user| user.values.get("login").and_then(|name| name.as_str()) == Some(login))
        });
        Ok(known.map_or(json!(false), |uid| json!(uid)))
    }
}
