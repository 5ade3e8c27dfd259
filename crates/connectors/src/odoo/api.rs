//! The requests, one function each. It does not know what a value means.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};
use tokio::sync::OnceCell;
use url::Url;

use super::refusal::{SERVICE, read_refusal};
use super::session::{self, Session};
use super::spec::{OdooSettings, site};
use super::wire::Method;
use crate::common::cell::Cells;
use crate::connector::{Account, Context};
use crate::error;
use crate::http::{Channel, Credential, Effect, Failure, Given, Limits, Target, no_budgets};

/// No limit is documented. A small server of two workers answers about this many; Odoo Online is said to
/// slow down whoever asks for more.
const LIMITS: Limits = Limits {
    per_second: 25.0,
    burst: match NonZeroU32::new(8) {
        Some(eight) => eight,
        None => NonZeroU32::MIN,
    },
    penalty: Duration::from_secs(10),
};

/// One database, seen through its API.
pub(super) struct Api {
    channel: Channel,
    root: Url,
    settings: OdooSettings,
    session: OnceCell<Arc<Session>>,
}

/// Which records of a model are asked for, and what of them.
pub(super) struct Query<'a> {
    pub(super) domain: Json,
    pub(super) fields: &'a [String],
    pub(super) order: &'static str,
    pub(super) limit: usize,
}

impl Api {
    pub(super) fn new(context: &Context, settings: OdooSettings) -> error::Result<Api> {
        let operators = context.base_url.as_deref().and_then(|address| Url::parse(address).ok()).map(site);
        let (root, address) = match operators {
            Some(root) => (root, Given::ByOperator),
            None => (settings.url.clone(), Given::ByUser),
        };
        let channel = context.http.channel(Target {
            service: SERVICE,
            key: format!("odoo:{root}:{:x}", fingerprint(&settings)),
            address,
            limits: LIMITS,
            credential: Credential::Bearer(settings.key.clone()),
            headers: &[],
            read_refusal,
            read_budgets: no_budgets,
        })?;
        Ok(Api { channel, root, settings, session: OnceCell::new() })
    }

    /// The way to the service, for pauses between attempts and for its clock.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    /// How the server is spoken to; found out once.
    pub(super) async fn session(&self) -> Result<Arc<Session>, Failure> {
        let open = async || Session::open(&self.channel, &self.root, &self.settings).await.map(Arc::new);
        self.session.get_or_try_init(open).await.cloned()
    }

    /// Proves that the key still opens the database, and says what was found.
    pub(super) async fn account(&self) -> Result<Account, Failure> {
        let session = self.session().await?;
        session::who(&self.channel, &self.root, &self.settings, session.wire).await?;
        let (database, version) = (&self.settings.database, &session.version);
        Ok(Account { name: format!("{database} (Odoo {version}, {})", session.wire.name()) })
    }

    /// Which records are seen: the site, the database and the company, on one line.
    pub(super) fn place(&self) -> String {
        let OdooSettings { database, company, .. } = &self.settings;
        format!("{} {database} {company:?}", self.root)
    }

    /// The model's fields with these attributes, by name.
    pub(super) async fn fields(&self, model: &str) -> Result<Map<String, Json>, Failure> {
        let attributes = ["string", "type", "required", "readonly", "store", "relation", "selection"];
        let method = Method::reads(model, "fields_get", json!({ "attributes": attributes }));
        self.call(method, true).await
    }

    /// Whether the user has a right on a model.
    pub(super) async fn may(&self, model: &str, operation: &str) -> Result<bool, Failure> {
        let method = if self.session().await?.asks_has_access {
            Method::reads(model, "has_access", json!({})).on(Vec::new())
        } else {
            Method::reads(model, "check_access_rights", json!({ "raise_exception": false }))
        };
        self.call(method.first("operation", json!(operation)), true).await
    }

    /// How many records fulfil a domain, archived ones included.
    pub(super) async fn count(&self, model: &str, domain: Json) -> Result<u64, Failure> {
        self.call(Method::reads(model, "search_count", json!({ "domain": domain })), true).await
    }

    /// Some records, archived ones included; each is made into what the caller keeps of it.
    pub(super) async fn search<R>(
        &self,
        model: &str,
        query: Query<'_>,
        keep: impl Fn(Cells) -> R,
    ) -> Result<Vec<R>, Failure> {
        let Query { domain, fields, order, limit } = query;
        let named = json!({ "domain": domain, "fields": fields, "order": order, "limit": limit });
        let session = self.session().await?;
        let method = Method::reads(model, "search_read", named);
        let request = session.wire.request(&self.root, &self.settings, method, &session.context(true));
        let read = |body: &[u8]| {
            let rows: Vec<Cells> = session.wire.parse(body)?;
            Ok(rows.into_iter().map(&keep).collect())
        };
        self.channel.call(&request, read).await
    }

    /// Active records by name, with that operator.
    pub(super) async fn names(
        &self,
        model: &str,
        name: &str,
        operator: &str,
        limit: usize,
    ) -> Result<Vec<(i64, String)>, Failure> {
        let named = json!({ "operator": operator, "limit": limit });
        self.call(Method::reads(model, "name_search", named).first("name", json!(name)), false).await
    }

    /// Creates a record; its id. Done twice, it creates twice.
    pub(super) async fn create(&self, model: &str, values: &Map<String, Json>) -> Result<Vec<i64>, Failure> {
        let method = Method::reads(model, "create", json!({})).first("vals_list", json!([values]));
        self.call(Method { effect: Effect::OnceOnly, ..method }, false).await
    }

    /// Changes some fields of a record.
    pub(super) async fn update(
        &self,
        model: &str,
        id: i64,
        values: &Map<String, Json>,
    ) -> Result<(), Failure> {
        let method = Method::reads(model, "write", json!({})).on(vec![id]).first("vals", json!(values));
        let _done: Json = self.call(Method { effect: Effect::SameTwice, ..method }, true).await?;
        Ok(())
    }

    async fn call<T: DeserializeOwned>(&self, method: Method<'_>, archived: bool) -> Result<T, Failure> {
        let session = self.session().await?;
        let request = session.wire.request(&self.root, &self.settings, method, &session.context(archived));
        self.channel.call(&request, |body| session.wire.parse(body)).await
    }
}

/// Tells accounts apart without keeping their keys.
fn fingerprint(settings: &OdooSettings) -> u64 {
    let mut hasher = DefaultHasher::new();
    settings.database.hash(&mut hasher);
    settings.key.expose_secret().hash(&mut hasher);
    hasher.finish()
}
