//! JSON-RPC: one path, positional arguments, refusals inside HTTP 200.

use serde_json::{Value, json};

use super::json2::describe;
use crate::faults::Answer;
use crate::odoo::call::{Call, Protocol, Target, of_service};
use crate::odoo::options::Version;
use crate::odoo::refusal::Refusal;
use crate::service::Asked;

pub(in crate::odoo) fn read(asked: &Asked) -> Call {
    let Some(body) = body(asked) else {
        let target = Target::Garbled("Invalid JSON data".into());
        return Call { protocol: Protocol::Page, target };
    };
    let params = &body["params"];
    let text = |key: &str| params[key].as_str().unwrap_or_default();
    let args = params["args"].as_array().cloned().unwrap_or_default();
    let target = of_service(text("service"), text("method"), args);
    Call { protocol: Protocol::JsonRpc(body["id"].clone()), target }
}

/// A path of its own that takes the same envelope.
pub(in crate::odoo) fn fixed(asked: &Asked, target: Target) -> Call {
    let id = body(asked).map(|body| body["id"].clone()).unwrap_or_default();
    Call { protocol: Protocol::JsonRpc(id), target }
}

fn body(asked: &Asked) -> Option<Value> {
    serde_json::from_slice(asked.body.as_deref()?).ok()
}

pub(super) fn answer(id: &Value, result: Result<Value, Refusal>, version: Version) -> Answer {
    let mut envelope = json!({"jsonrpc": "2.0", "id": id});
    match result {
        Ok(Value::Null) => {}
        Ok(value) => envelope["result"] = value,
        Err(refusal) => envelope["error"] = error(&refusal, version),
    }
    Answer::json(200, &envelope)
}

fn error(refusal: &Refusal, version: Version) -> Value {
    let code = if version >= Version(19) { 0 } else { 200 };
    json!({"code": code, "message": "Odoo Server Error", "data": describe(&spoken(refusal))})
}

/// What JSON-2 tells as a web server's error is the application's here.
fn spoken(refusal: &Refusal) -> Refusal {
    if refusal.status == 401 {
        return Refusal::access_denied();
    }
    if let Some(model) = refusal.message.strip_prefix("the model '") {
        let model = model.split('\'').next().unwrap_or_default();
        return Refusal::new(422, "odoo.exceptions.UserError", format!("Object {model} doesn't exist"));
    }
    if refusal.message.starts_with("The method '") {
        return Refusal::new(500, "builtins.AttributeError", refusal.message.clone());
    }
    refusal.clone()
}
