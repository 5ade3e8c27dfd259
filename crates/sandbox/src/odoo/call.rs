//! What a request asks for, whatever the protocol it came by.

use serde_json::{Map, Value};

use super::protocol::{json2, jsonrpc, xmlrpc};
use crate::Kind;
use crate::service::Asked;

/// The protocol a request came by.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Protocol {
    Json2,
    /// With the id of the request.
    JsonRpc(Value),
    XmlRpc,
    /// A plain page.
    Page,
}

/// A request.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) protocol: Protocol,
    pub(super) target: Target,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// `/web/version`.
    WebVersion,
    /// The version with its parts.
    Version,
    /// The names of the databases.
    Databases,
    /// Database, login and key: which user is it?
    Authenticate(String, String, String),
    /// A method of a model.
    Execute(Box<Execute>),
    /// The envelope cannot be read.
    Garbled(String),
    /// No such path.
    Nowhere,
}

/// A method of a model.
#[derive(Clone, Debug, Default)]
pub(super) struct Execute {
    /// The database it names; JSON-2 may leave it open.
    pub(super) database: Option<String>,
    /// The user it claims to be; JSON-2 has only a key.
    pub(super) uid: Option<i64>,
    pub(super) key: Option<String>,
    pub(super) model: String,
    pub(super) method: String,
    /// Arguments by place; JSON-2 has none.
    pub(super) positional: Vec<Value>,
    /// Arguments by name, `context` and for JSON-2 `ids` among them.
    pub(super) named: Map<String, Value>,
}

impl Call {
    pub(super) fn read(asked: &Asked) -> Self {
        let path = asked.path().trim_end_matches('/');
        let post = asked.parts.method == "POST";
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (post, parts.as_slice()) {
            (false, ["web", "version"]) => Self { protocol: Protocol::Page, target: Target::WebVersion },
            (true, ["json", "2", model, method]) => json2::read(asked, model, method),
            (_, ["json", "2", ..]) => Self { protocol: Protocol::Json2, target: Target::Nowhere },
            (true, ["jsonrpc"]) => jsonrpc::read(asked),
            (true, ["web", "webclient", "version_info"]) => jsonrpc::fixed(asked, Target::Version),
            (true, ["web", "database", "list"]) => jsonrpc::fixed(asked, Target::Databases),
            (true, ["xmlrpc", "2", service]) => xmlrpc::read(asked, service),
            _ => Self { protocol: Protocol::Page, target: Target::Nowhere },
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match &self.target {
            Target::WebVersion | Target::Version | Target::Databases | Target::Authenticate(..) => {
                Kind::Account
            }
            Target::Garbled(_) | Target::Nowhere => Kind::Unknown,
            Target::Execute(execute) => match execute.method.as_str() {
                "context_get" => Kind::Account,
                "fields_get" | "check_access_rights" | "has_access" => Kind::Schema,
                "search" | "search_count" | "search_read" | "name_search" => Kind::List,
                "read" => Kind::Get,
                "create" => Kind::Create,
                "write" => Kind::Update,
                "unlink" => Kind::Delete,
                _ => Kind::Unknown,
            },
        }
    }
}

/// A call of one of the three services that JSON-RPC and XML-RPC share.
pub(super) fn of_service(service: &str, method: &str, args: Vec<Value>) -> Target {
    let text = |place: usize| args.get(place).and_then(Value::as_str).unwrap_or_default().to_owned();
    match (service, method) {
        ("common", "version") => Target::Version,
        ("common", "authenticate" | "login") => Target::Authenticate(text(0), text(1), text(2)),
        ("db", "list") => Target::Databases,
        ("object", "execute_kw" | "execute") => {
            let positional = match (method, args.get(5)) {
                ("execute", _) => args.get(5..).unwrap_or_default().to_vec(),
                (_, Some(Value::Array(list))) => list.clone(),
                _ => Vec::new(),
            };
            let named = args.get(6).and_then(Value::as_object).filter(|_| method == "execute_kw");
            Target::Execute(Box::new(Execute {
                database: Some(text(0)),
                uid: args.get(1).and_then(Value::as_i64),
                key: Some(text(2)),
                model: text(3),
                method: text(4),
                positional,
                named: named.cloned().unwrap_or_default(),
            }))
        }
        _ => Target::Garbled(format!("Method not found: {service}.{method}")),
    }
}
