//! Any stream of any connector, seen as a source of one canonical table.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use model::canonical::{ColumnMapping, Entity};
use model::dataset::Row;
use model::decimal::Mark;
use model::table::TextRows;
use model::{ConnectorSpec, StreamSchema, Text};
use serde_json::{Map, Value};

use crate::connector::{Account, Connection, Connector, RowPage, Settings};
use crate::error::{Error, ErrorKind, Result};
use crate::source::{Before, Column, Event, Part, Source, SourceConnector, SourceContext, SourceTable};

/// How many different values of a column are shown.
const SAMPLES: usize = 5;

/// A connector whose rows go into one canonical table.
pub struct StreamSources {
    connector: Arc<dyn Connector>,
    entity: Entity,
    /// The stream's name or id; the only one there is when empty.
    stream: String,
}

impl StreamSources {
    /// The rows of that stream, as rows of that table.
    pub fn new(connector: Arc<dyn Connector>, entity: Entity, stream: String) -> StreamSources {
        StreamSources { connector, entity, stream }
    }
}

impl SourceConnector for StreamSources {
    fn spec(&self) -> ConnectorSpec {
        self.connector.spec()
    }

    fn guide(&self) -> &'static str {
        self.connector.guide()
    }

    fn columns(&self, _entity: Entity) -> ColumnMapping {
        ColumnMapping::new()
    }

    fn place(&self, part: &str, origin: u64) -> Text {
        Text::new(format!("{part}, enregistrement {origin}"), format!("{part}, record {origin}"))
    }

    fn connect(&self, context: &SourceContext, settings: Settings) -> Result<Arc<dyn Source>> {
        let connection = self.connector.connect(&context.service, settings)?;
        Ok(Arc::new(StreamSource { connection, entity: self.entity, stream: self.stream.clone() }))
    }
}

/// One stream of a configured account.
#[derive(Clone)]
struct StreamSource {
    connection: Arc<dyn Connection>,
    entity: Entity,
    stream: String,
}

impl StreamSource {
    async fn find(&self) -> Result<StreamSchema> {
        let mut streams = self.connection.discover().await?;
        let wanted = self.stream.trim().to_lowercase();
        let found = match wanted.is_empty() {
            true => (streams.len() == 1).then_some(0),
            false => {
                streams.iter().position(|s| s.id.to_lowercase() == wanted || s.name.to_lowercase() == wanted)
            }
        };
        if let Some(index) = found {
            return Ok(streams.swap_remove(index));
        }
        let names: Vec<&str> = streams.iter().map(|stream| stream.name.as_str()).take(20).collect();
        let names = names.join(", ");
        Err(Error::new(
            ErrorKind::InvalidSettings,
            Text::fixed(
                "La table à lire n'est pas indiquée, ou n'existe pas.",
                "The table to read is not named, or is not there.",
            ),
        )
        .hint(Text::new(format!("Tables présentes : {names}."), format!("Tables there: {names}."))))
    }
}

#[async_trait]
impl Source for StreamSource {
    async fn check(&self) -> Result<Account> {
        self.connection.check().await
    }

    async fn tables(&self) -> Result<Vec<SourceTable>> {
        let stream = self.find().await?;
        let mut columns: Vec<Column> =
            stream.fields.iter().map(|f| Column { name: f.name.clone(), samples: Vec::new() }).collect();
        let mut mark = None;
        // Only the first page: what its values look like is enough for a mapping.
        if let Some(page) = self.connection.rows(&stream, None).next().await {
            let page = page?;
            mark = mark_of(&page);
            for row in &page.rows {
                let Some(object) = object(row) else { continue };
                for column in &mut columns {
                    column.add_sample(&cell(&object, &column.name), SAMPLES);
                }
            }
        }
        let part = Part { name: stream.name, columns, mark, fault: None };
        Ok(vec![SourceTable { entity: self.entity, parts: vec![part] }])
    }

    fn read(&self, entity: Entity, _before: Before) -> BoxStream<'static, Result<Event>> {
        let source = self.clone();
        if entity != source.entity {
            return futures_util::stream::empty().boxed();
        }
        async_stream::stream! {
            let stream = match source.find().await {
                Ok(stream) => stream,
                Err(error) => {
                    yield Err(error);
                    return;
                }
            };
            let columns: Vec<String> = stream.fields.iter().map(|field| field.name.clone()).collect();
            let mut pages = source.connection.rows(&stream, None);
            let (mut origin, mut has_begun) = (0, false);
            while let Some(page) = pages.next().await {
                let page = match page {
                    Ok(page) => page,
                    Err(error) => {
                        yield Err(error);
                        return;
                    }
                };
                if !has_begun {
                    has_begun = true;
                    yield Ok(Event::Began { part: stream.name.clone(), columns: columns.clone(), mark: mark_of(&page) });
                }
                yield Ok(Event::Rows { rows: texts(&page.rows, &columns, &mut origin), refused: Vec::new() });
            }
        }
        .boxed()
    }
}

/// JSON writes its numbers with a point; people may write otherwise.
fn mark_of(page: &RowPage) -> Option<Mark> {
    (!page.are_texts).then_some(Mark::Point)
}

fn texts(rows: &[Row], columns: &[String], origin: &mut u64) -> TextRows {
    let mut texts = TextRows::default();
    for row in rows {
        *origin += 1;
        let object = object(row).unwrap_or_default();
        for column in columns {
            texts.cell(&cell(&object, column));
        }
        texts.end_row(*origin);
    }
    texts
}

fn object(row: &Row) -> Option<Map<String, Value>> {
    serde_json::from_str(&row.content).ok()
}

/// What stands under a name, or under the dotted names of objects within objects; empty when nothing does.
fn cell(object: &Map<String, Value>, name: &str) -> String {
    if let Some(value) = object.get(name) {
        return text(value);
    }
    let nested =
        name.split_once('.').and_then(|(outer, inner)| Some((object.get(outer)?.as_object()?, inner)));
    nested.map(|(inside, name)| cell(inside, name)).unwrap_or_default()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        let row = json!({
            "id": 7, "name": "Cave", "paid": true, "none": null, "tags": ["a", "b"],
            "address": {"city": "Beaune", "geo": {"lat": 47.02}}, "a.b": "whole name",
        });
        let row = Row { id: None, content: row.to_string() };
        let object = object(&row).expect("an object");
        for (name, expected) in [
            ("id", "7"),
            ("name", "Cave"),
            ("paid", "true"),
            ("none", ""),
            ("tags", "a, b"),
            ("address.city", "Beaune"),
            ("address.geo.lat", "47.02"),
            ("a.b", "whole name"),
            ("missing", ""),
            ("address.missing", ""),
        ] {
            assert_eq!(cell(&object, name), expected, "{name}");
        }
    }
}
