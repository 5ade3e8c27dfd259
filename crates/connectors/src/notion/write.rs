//! Writes pages, one a request.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::record::FieldKey;
use model::{Text, Value};
use serde_json::{Map, Value as Json};
use tokio::sync::OnceCell;

use super::answers::Written;
use super::api::Api;
use super::create::NewPage;
use super::directory::Directory;
use super::encode::{self, Known};
use super::schema::Source;
use super::{refusal, spans, texts};
use crate::common::lookout::Lookout;
use crate::connector::{Outcome, Write};
use crate::error::ErrorKind;
use crate::http::Failure;

/// Requests under way at once within one batch; the limiter spaces them.
pub(super) const IN_FLIGHT: usize = 8;
/// The largest request, in bytes, with room for what stands around the values
/// (developers.notion.com/reference/request-limits: 500 KB).
const LARGEST: usize = 490_000;

/// Writes to the data sources of one database.
pub(super) struct Writer {
    api: Arc<Api>,
    create_options: bool,
    lookout: Lookout,
    bot: OnceCell<String>,
    directory: Directory,
}

impl Writer {
    pub(super) fn new(api: Arc<Api>, create_options: bool) -> Writer {
        Writer {
            api,
            create_options,
            lookout: Lookout::default(),
            bot: OnceCell::new(),
            directory: Directory::default(),
        }
    }

    /// Writes one record.
    pub(super) async fn write(&self, source: &Source, write: &Write) -> Result<Outcome, Failure> {
        let (id, fields) = match write {
            Write::Create(fields) => (None, fields),
            Write::Update(id, fields) => (Some(id), fields),
        };
        let users = match self.directory.users(&self.api, source, fields).await {
            Ok(users) => users,
            Err(failure) if failure.error.kind == ErrorKind::Forbidden => {
                return Ok(Outcome::Rejected(texts::users_hidden()));
            }
            Err(failure) => return Err(failure),
        };
        let known = Known { users: &users, create_options: self.create_options };
        let properties = match properties(source, fields, known) {
            Ok(properties) => properties,
            Err(reason) => return Ok(Outcome::Rejected(reason)),
        };
        let written = match id {
            None => self.create(source, &properties).await,
            Some(id) => self.update(source, id, fields, properties).await,
        };
        match written {
            Err(failure)
                if failure.error.kind == ErrorKind::Rejected && !refusal::is_unknown_property(&failure) =>
            {
                Ok(Outcome::Rejected(refusal::page_rejected(&source.with_names(&failure.said))))
            }
            other => other,
        }
    }

    async fn create(&self, source: &Source, properties: &Map<String, Json>) -> Result<Outcome, Failure> {
        let page = NewPage { api: &self.api, source_id: &source.id, properties, bot: &self.bot };
        let sent = self.lookout.create(&page, 1).await;
        match (sent.ids.into_iter().flatten().next(), sent.failure) {
            (_, Some(failure)) => Err(failure),
            (Some(id), None) => Ok(Outcome::Written(id)),
            (None, None) => Ok(Outcome::Gone),
        }
    }

    async fn update(
        &self,
        source: &Source,
        id: &str,
        fields: &BTreeMap<FieldKey, Value>,
        mut properties: Map<String, Json>,
    ) -> Result<Outcome, Failure> {
        let updated = match spans::keep(&self.api, source, id, fields, &mut properties).await {
            Ok(()) => self.api.update(id, &Json::Object(properties)).await,
            Err(failure) => Err(failure),
        };
        match updated {
            Ok(Written { in_trash: true, .. }) => Ok(Outcome::Gone),
            Ok(Written { id, .. }) => Ok(Outcome::Written(id)),
            Err(failure) if refusal::is_in_trash(&failure) || refusal::is_not_found(&failure) => {
                // Without the data source no page can be seen: then none of them is known to be gone.
                match self.api.source(&source.id).await? {
                    Source { in_trash: true, name, .. } => Err(texts::source_gone(&name).into()),
                    _ => Ok(Outcome::Gone),
                }
            }
            Err(failure) => Err(failure),
        }
    }
}

/// The values of a page by property id. Computed properties are not among them.
fn properties(
    source: &Source,
    fields: &BTreeMap<FieldKey, Value>,
    known: Known,
) -> Result<Map<String, Json>, Text> {
    let mut properties = Map::new();
    for (key, value) in fields {
        let Some(property) = source.property(key) else {
            let name = &source.name;
            return Err(Text::new(
                format!("Une propriété à écrire n'existe plus dans « {name} ». Corrigez le mapping."),
                format!("A property to write is no longer in “{name}”. Correct the mapping."),
            ));
        };
        if property.is_writable() {
            properties.insert(key.to_string(), encode::encode(property, value, known)?);
        }
    }
    if properties.values().map(|value| value.to_string().len()).sum::<usize>() > LARGEST {
        return Err(Text::fixed(
            "Les textes de cet enregistrement sont trop longs pour Notion, qui accepte 500 Ko en tout. Raccourcissez-les.",
            "The texts of this record are too long for Notion, which takes 500 KB in all. Shorten them.",
        ));
    }
    Ok(properties)
}
