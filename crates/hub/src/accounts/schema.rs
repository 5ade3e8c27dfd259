//! What the rows of a connection look like, as its service says it.

use model::api::{ConnectionSchemaBody, StreamBody, StreamFieldBody};
use model::{StreamField, StreamSchema};

use crate::connections::kind_of;
use crate::{Hub, Result};

impl Hub {
    /// The tables of a connection and their columns, asked of its service.
    ///
    /// # Errors
    /// `NotFound`, `NotConfigured`; the service does not answer or refuses.
    pub async fn account_schema(&self, id: i64) -> Result<ConnectionSchemaBody> {
        let row = self.account_row(id).await?;
        if !self.inner.connectors.contains_key(kind_of(&row)) {
            let source = self.open_source(&row).await?;
            let streams = source.tables().await?.into_iter().map(|table| StreamBody {
                id: table.entity.name().to_owned(),
                name: table.parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(", "),
                fields: table.parts.first().map(columns_of).unwrap_or_default(),
            });
            return Ok(ConnectionSchemaBody { streams: streams.collect() });
        }
        let account = self.connect(&row).await?;
        let streams = account.connection.discover().await?.into_iter().map(stream_body).collect();
        Ok(ConnectionSchemaBody { streams })
    }
}

fn columns_of(part: &connectors::source::Part) -> Vec<StreamFieldBody> {
    let body = |column: &connectors::source::Column| StreamFieldBody {
        name: column.name.clone(),
        kind: "text".to_owned(),
        writable: false,
    };
    part.columns.iter().map(body).collect()
}

fn stream_body(stream: StreamSchema) -> StreamBody {
    let fields = stream.fields.into_iter().map(field_body).collect();
    StreamBody { id: stream.id, name: stream.name, fields }
}

fn field_body(field: StreamField) -> StreamFieldBody {
    let kind = serde_json::to_value(field.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
    StreamFieldBody { name: field.name, kind: kind.unwrap_or_default(), writable: field.writable }
}
