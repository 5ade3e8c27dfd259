//! Puts arguments in their places: by name in JSON-2, mostly by place in the other protocols.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::Request;
use crate::odoo::call::Execute;
use crate::odoo::refusal::Refusal;

/// Whether a method runs on records, and the names of its arguments.
fn signature(method: &str) -> Option<(bool, &'static [&'static str])> {
    Some(match method {
        "search" => (false, &["domain", "offset", "limit", "order"]),
        "search_count" => (false, &["domain", "limit"]),
        "search_read" => (false, &["domain", "fields", "offset", "limit", "order"]),
        "name_search" => (false, &["name", "domain", "operator", "limit"]),
        "fields_get" => (false, &["allfields", "attributes"]),
        "create" => (false, &["vals_list"]),
        "context_get" => (false, &[]),
        "check_access_rights" => (false, &["operation", "raise_exception"]),
        "has_access" => (true, &["operation"]),
        "read" => (true, &["fields", "load"]),
        "write" => (true, &["vals"]),
        "unlink" => (true, &[]),
        _ => return None,
    })
}

/// Arguments a method cannot do without.
fn required(method: &str) -> &'static [&'static str] {
    match method {
        "search" | "search_count" => &["domain"],
        "create" => &["vals_list"],
        "write" => &["vals"],
        "check_access_rights" | "has_access" => &["operation"],
        _ => &[],
    }
}

impl<'a> Request<'a> {
    /// # Errors
    /// The method does not exist or its arguments do not fit.
    pub(in crate::odoo) fn new(uid: i64, now: DateTime<Utc>, execute: &'a Execute) -> Result<Self, Refusal> {
        let (model, method) = (execute.model.as_str(), execute.method.as_str());
        if method.starts_with('_') {
            return Err(Refusal::private(method));
        }
        let (on_records, names) = signature(method).ok_or_else(|| Refusal::no_method(model, method))?;
        let mut named = execute.named.clone();
        let context = match named.remove("context") {
            Some(Value::Object(context)) => context,
            _ => Map::new(),
        };
        let mut positional = execute.positional.iter();
        let ids = match (on_records, execute.uid.is_some()) {
            (true, true) => positional.next().cloned().or_else(|| named.remove("ids")),
            (true, false) => named.remove("ids"),
            (false, false) if named.contains_key("ids") => {
                return Err(Refusal::arguments(format!("cannot call {model}.{method} with ids")));
            }
            (false, _) => None,
        };
        for (name, value) in names.iter().zip(positional) {
            named.insert((*name).to_owned(), value.clone());
        }
        // Until version 18 the domain of `name_search` was called otherwise.
        if let Some(domain) = named.remove("args") {
            named.insert("domain".to_owned(), domain);
        }
        if let Some(missing) = required(method).iter().find(|name| !named.contains_key(**name)) {
            return Err(Refusal::arguments(format!("missing a required argument: '{missing}'")));
        }
        // JSON-2 gives a list of ids for one record too.
        if let (None, Some(values @ Value::Object(_))) = (execute.uid, named.get_mut("vals_list")) {
            *values = Value::Array(vec![values.take()]);
        }
        let extra = ["load", "limit"];
        if let Some(name) =
            named.keys().find(|name| !names.contains(&name.as_str()) && !extra.contains(&name.as_str()))
        {
            return Err(Refusal::arguments(format!("got an unexpected keyword argument '{name}'")));
        }
        let ids = match ids {
            Some(Value::Array(ids)) => ids.iter().filter_map(Value::as_i64).collect(),
            Some(Value::Number(id)) => id.as_i64().into_iter().collect(),
            _ => Vec::new(),
        };
        Ok(Request { uid, now, model, method, ids, named, context })
    }
}
