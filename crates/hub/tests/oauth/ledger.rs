//! A kind of service that is reached through an authorization server and keeps nothing.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use connectors::http::oauth2::{self, Client, Grant};
use connectors::http::{Channel, Credential, Given, Limits, Refusal, Request, Target, for_status};
use connectors::{
    Account, Checkpoint, Connection, Connector, Context, Count, Outcome, Page, Result, Settings, Write,
};
use futures_util::stream::{self, BoxStream, StreamExt};
use model::spec::{FieldGroup, FieldKind, FormField};
use model::{ConnectorSpec, StreamField, StreamSchema, Text};
use url::Url;

/// The id of its kind.
pub(crate) const LEDGER: &str = "ledger";

pub(crate) struct Ledger;

impl Connector for Ledger {
    fn spec(&self) -> ConnectorSpec {
        let field = |key: &str, kind| FormField {
            key: key.to_owned(),
            label: Text::same(key),
            help: Text::same("."),
            example: String::new(),
            kind,
            required: false,
            shown_when: None,
        };
        let plain =
            ["token_url", "authorize_url", "client_id", "scope", "auth_type", "oauth_grant", "username"]
                .map(|key| field(key, FieldKind::Text));
        let secret = field("client_secret", FieldKind::Secret);
        let fields = plain.into_iter().chain([secret]).collect();
        ConnectorSpec {
            id: LEDGER.to_owned(),
            name: "Ledger".to_owned(),
            summary: Text::same("."),
            groups: vec![FieldGroup { title: Text::same("."), fields }],
            capabilities: Default::default(),
        }
    }

    fn guide(&self) -> &'static str {
        ""
    }

    fn connect(&self, context: &Context, settings: Settings) -> Result<Arc<dyn Connection>> {
        let client = Client::of_form(&settings).expect("a form with an address")?;
        let me = client.token_url.join("/api/me").expect("an address");
        let tokens = oauth2::session(context, client, Grant::AuthorizationCode);
        let channel = context.http.channel(Target {
            service: "Ledger",
            key: me.to_string(),
            address: Given::ByUser,
            limits: Limits { per_second: 1e6, burst: NonZeroU32::MIN, penalty: Duration::ZERO },
            credential: Credential::Granted(tokens),
            headers: &[],
            read_refusal: |reply| Refusal {
                code: String::new(),
                said: String::new(),
                committed: None,
                error: for_status("Ledger", reply.status),
            },
            read_budgets: connectors::http::no_budgets,
        })?;
        Ok(Arc::new(Books { channel, me }))
    }
}

struct Books {
    channel: Channel,
    me: Url,
}

#[async_trait]
impl Connection for Books {
    async fn check(&self) -> Result<Account> {
        let read = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body);
        let me = self.channel.call(&Request::get(self.me.clone()), read).await?;
        Ok(Account { name: me["client_id"].to_string() })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        Ok(vec![StreamSchema { id: "books".to_owned(), name: "books".to_owned(), fields: Vec::new() }])
    }

    async fn count(&self, _stream: &StreamSchema, _limit: u64) -> Result<Count> {
        Ok(Count::Exactly(0))
    }

    fn read<'a>(
        &'a self,
        _stream: &'a StreamSchema,
        _fields: &'a [StreamField],
        _since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        stream::empty().boxed()
    }

    async fn write(&self, _stream: &StreamSchema, _batch: &[Write]) -> Result<Vec<Outcome>> {
        Ok(Vec::new())
    }
}
