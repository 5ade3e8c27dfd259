//! Recipes of deals, tried on the service's first records.

use std::collections::BTreeMap;

use futures_util::StreamExt;
use model::api::{TriedBody, TriedRowBody};
use model::crossing::from_service;
use model::recipe::{Recipe, Recipes, Target};
use model::{DealField, Lang, Record, StatusWords, StreamSchema, Text, Value};

use super::{SHOWN, check};
use crate::sync::prepare::find_stream;
use crate::{Hub, Result};

impl Hub {
    /// What recipes make of the first records of a connection's table.
    ///
    /// # Errors
    /// As [`Hub::try_recipes`].
    pub(super) async fn try_deal_recipes(
        &self,
        provider: &str,
        recipes: &Recipes,
        lang: Lang,
    ) -> Result<TriedBody> {
        let row = self.config_row(provider).await?;
        let account = self.connect(&row).await?;
        let stream = find_stream(account.connection.as_ref(), &row).await?;
        let columns: Vec<String> = stream.fields.iter().map(|field| field.name.clone()).collect();
        check(Target::Deals, recipes, &columns)?;
        // A word nobody knows is a status all the same here: it is asked for when the run ends.
        let words = StatusWords::parse(&row.status_words).unwrap_or_default();
        let mut pages = account.connection.read(&stream, &stream.fields, None);
        let first = pages.next().await.transpose()?;
        let records = first.map(|page| page.records).unwrap_or_default();
        let rows =
            records.iter().take(SHOWN).map(|record| tried(record, &stream, recipes, &words, lang)).collect();
        Ok(TriedBody { columns, rows })
    }
}

fn tried(
    record: &Record,
    stream: &StreamSchema,
    recipes: &Recipes,
    words: &StatusWords,
    lang: Lang,
) -> TriedRowBody {
    let column = |name: &str| record.fields.get(stream.find(name)?.id.as_str());
    let before: BTreeMap<String, Option<String>> = stream
        .fields
        .iter()
        .filter_map(|field| Some((field.name.clone(), record.fields.get(field.id.as_str())?.to_text())))
        .collect();
    let mut row = TriedRowBody { before, ..TriedRowBody::default() };
    for (key, recipe) in recipes {
        match made(key, recipe, column, words) {
            Ok(Some(text)) => drop(row.after.insert(key.clone(), text)),
            Ok(None) => {}
            Err(why) => drop(row.faults.insert(key.clone(), why.get(lang).to_owned())),
        }
    }
    row
}

/// What a field holds, read as a deal reads it where it is one of its fields; `None` where nothing is known.
fn made<'a>(
    key: &str,
    recipe: &Recipe,
    column: impl Fn(&str) -> Option<&'a Value>,
    words: &StatusWords,
) -> std::result::Result<Option<Option<String>>, Text> {
    let Some(value) = recipe.apply(column)? else { return Ok(None) };
    let Some(field) = DealField::from_key(key) else { return Ok(Some(value.to_text())) };
    let slot = from_service(field, &value, words)?;
    Ok((!slot.is_absent()).then(|| slot.value().map(model::deal::FieldValue::to_text)))
}
