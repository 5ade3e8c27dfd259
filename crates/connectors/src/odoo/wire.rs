//! The two ways to reach the same methods: what a call looks like on each, and its answer.

use secrecy::ExposeSecret;
use serde::Deserialize;
use serde::de::{Error as _, IgnoredAny};
use serde_json::{Map, Value as Json, json};
use url::Url;

use super::spec::OdooSettings;
use crate::http::{Effect, Request};

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire {
    /// One path a method, the key as bearer token.
    Json2,
    /// One path for all, the key in the body, refusals in HTTP 200.
    JsonRpc {
        /// The user the key belongs to.
        uid: i64,
    },
}

/// A method of a model with its arguments.
pub(super) struct Method<'a> {
    pub(super) model: &'a str,
    pub(super) name: &'static str,
    /// The records it runs on; none for methods of the model itself.
    pub(super) ids: Option<Vec<i64>>,
    /// The argument that JSON-RPC takes by its place: older servers know it in no other way.
    pub(super) first: Option<(&'static str, Json)>,
    /// The other arguments.
    pub(super) named: Map<String, Json>,
    pub(super) effect: Effect,
}

impl<'a> Method<'a> {
    /// A method of the model itself that reads.
    pub(super) fn reads(model: &'a str, name: &'static str, named: Json) -> Method<'a> {
        let named = match named {
            Json::Object(named) => named,
            _ => Map::new(),
        };
        Method { model, name, ids: None, first: None, named, effect: Effect::Nothing }
    }

    /// With an argument that stands first.
    pub(super) fn first(mut self, name: &'static str, value: Json) -> Method<'a> {
        self.first = Some((name, value));
        self
    }

    /// On these records.
    pub(super) fn on(mut self, ids: Vec<i64>) -> Method<'a> {
        self.ids = Some(ids);
        self
    }
}

impl Wire {
    /// What this protocol is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Wire::Json2 => "JSON-2",
            Wire::JsonRpc { .. } => "JSON-RPC",
        }
    }

    /// The request for a method.
    pub(super) fn request(
        self,
        root: &Url,
        settings: &OdooSettings,
        method: Method,
        context: &Json,
    ) -> Request {
        let Method { model, name, ids, first, mut named, effect } = method;
        named.insert("context".to_owned(), context.clone());
        match self {
            Wire::Json2 => {
                if let Some(ids) = ids {
                    named.insert("ids".to_owned(), json!(ids));
                }
                named.extend(first.map(|(name, value)| (name.to_owned(), value)));
                let url = under(root, &["json", "2", model, name]);
                // What the method returns is the whole answer, a list as well as anything else.
                Request::post(url, &Json::Object(named), effect)
                    .header("X-Odoo-Database", &settings.database)
                    .may_answer_list()
            }
            Wire::JsonRpc { uid } => {
                let by_place: Vec<Json> =
                    ids.map(|ids| json!(ids)).into_iter().chain(first.map(|(_, value)| value)).collect();
                let key = settings.key.expose_secret();
                let args = json!([settings.database, uid, key, model, name, by_place, named]);
                rpc(root, "object", "execute_kw", &args, effect)
            }
        }
    }

    /// Reads what a method returned.
    pub(super) fn parse<'b, T: Deserialize<'b>>(self, body: &'b [u8]) -> serde_json::Result<T> {
        match self {
            Wire::Json2 => serde_json::from_slice(body),
            Wire::JsonRpc { .. } => parse_rpc(body),
        }
    }
}

/// A call of one of the services of JSON-RPC.
pub(super) fn rpc(root: &Url, service: &str, method: &str, args: &Json, effect: Effect) -> Request {
    let params = json!({ "service": service, "method": method, "args": args });
    let body = json!({ "jsonrpc": "2.0", "method": "call", "id": 1, "params": params });
    Request::post(under(root, &["jsonrpc"]), &body, effect).without_token().refused_when(holds_error)
}

#[derive(Deserialize)]
struct Envelope<T> {
    result: T,
}

/// Reads the result in an envelope of JSON-RPC.
pub(super) fn parse_rpc<'b, T: Deserialize<'b>>(body: &'b [u8]) -> serde_json::Result<T> {
    match body.trim_ascii_start().first() {
        None | Some(b'{') => serde_json::from_slice::<Envelope<T>>(body).map(|envelope| envelope.result),
        // A list would be taken for the envelope's members in order.
        Some(_) => Err(serde_json::Error::custom("an object is due")),
    }
}

/// Whether an answer of JSON-RPC is a refusal, which its status does not tell.
fn holds_error(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Refused {
        #[serde(rename = "error")]
        _error: IgnoredAny,
    }
    // The error stands before or instead of the result; a long result is not searched for one.
    let start = body.get(..200).unwrap_or(body);
    start.windows(7).any(|word| word == b"\"error\"") && serde_json::from_slice::<Refused>(body).is_ok()
}

/// An address under the site; the parts are percent-encoded.
pub(super) fn under(root: &Url, parts: &[&str]) -> Url {
    let mut url = root.clone();
    // Never fails: an http address always has a path.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(parts);
    }
    url
}
