//! XML-RPC: the same services with typed values and numbered faults.

use serde_json::Value;

use super::xml;
use crate::faults::Answer;
use crate::odoo::call::{Call, Protocol, Target, of_service};
use crate::odoo::refusal::Refusal;
use crate::service::Asked;

pub(in crate::odoo) fn read(asked: &Asked, service: &str) -> Call {
    let body = asked.body.as_deref().and_then(|body| str::from_utf8(body).ok()).unwrap_or_default();
    let target = match xml::parse(body) {
        Some((method, args)) => of_service(service, &method, args),
        None => Target::Garbled("syntax error".into()),
    };
    Call { protocol: Protocol::XmlRpc, target }
}

pub(super) fn answer(result: Result<Value, Refusal>) -> Answer {
    let body = match result.map(|value| xml::write(&value)) {
        Ok(Some(value)) => format!("<params><param>{value}</param></params>"),
        Ok(None) => fault(1, "TypeError: cannot marshal None unless allow_none is enabled"),
        Err(refusal) => {
            let code = match refusal.name.rsplit('.').next().unwrap_or_default() {
                "UserError" | "ValidationError" | "MissingError" => 2,
                "AccessDenied" | "Unauthorized" => 3,
                "AccessError" => 4,
                _ => 1,
            };
            fault(code, &refusal.message)
        }
    };
    let body = format!("<?xml version='1.0'?>\n<methodResponse>{body}</methodResponse>\n");
    Answer::text(200, "text/xml", body)
}

fn fault(code: u8, message: &str) -> String {
    let fault = serde_json::json!({"faultCode": code, "faultString": message});
    format!("<fault>{}</fault>", xml::write(&fault).unwrap_or_default())
}
