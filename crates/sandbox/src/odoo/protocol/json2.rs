//! JSON-2: one path a method, named arguments, bare results, real statuses.

use serde_json::{Map, Value, json};

use crate::faults::Answer;
use crate::odoo::call::{Call, Execute, Protocol, Target};
use crate::odoo::refusal::Refusal;
use crate::path;
use crate::service::Asked;

pub(in crate::odoo) fn read(asked: &Asked, model: &str, method: &str) -> Call {
    let body = asked.body.as_deref().unwrap_or_default();
    let target = match serde_json::from_slice::<Map<String, Value>>(body) {
        Err(error) => Target::Garbled(error.to_string()),
        Ok(named) => Target::Execute(Box::new(Execute {
            database: asked.header("x-odoo-database").map(str::to_owned),
            uid: None,
            key: bearer(asked),
            model: path::decoded(model).unwrap_or_default(),
            method: path::decoded(method).unwrap_or_default(),
            positional: Vec::new(),
            named,
        })),
    };
    Call { protocol: Protocol::Json2, target }
}

/// The key; the scheme is compared without case.
fn bearer(asked: &Asked) -> Option<String> {
    let (scheme, key) = asked.header("authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim().to_owned())
}

pub(in crate::odoo) fn refuse(refusal: &Refusal) -> Answer {
    let answer = Answer::json(refusal.status, &describe(refusal));
    if refusal.status == 401 { answer.header("www-authenticate", "bearer") } else { answer }
}

/// An exception as both JSON protocols tell it.
pub(super) fn describe(refusal: &Refusal) -> Value {
    let mut arguments = vec![json!(refusal.message)];
    if refusal.name.starts_with("werkzeug.") {
        arguments.push(json!(refusal.status));
    }
    let debug = format!("Traceback (most recent call last):\n{}: {}\n", refusal.name, refusal.message);
    json!({
        "name": refusal.name, "message": refusal.message, "arguments": arguments, "context": {}, "debug": debug,
    })
}
