//! Recipes of a connection: tried on the service's first records, and saved.

use std::collections::BTreeMap;

use futures_util::StreamExt;
use model::api::{TriedBody, TriedRowBody};
use model::canonical::Entity;
use model::crossing::from_service;
use model::recipe::{Recipe, Recipes, faults};
use model::{DealField, Lang, Record, StatusWords, StreamSchema, Text, Value};
use store::ConfigRow;

use crate::sync::prepare::find_stream;
use crate::{Error, Hub, Result, now};

/// How many records are shown.
const SHOWN: usize = 20;

/// The recipes of a connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecipesView {
    /// How the fields are made that are not taken as they are.
    pub recipes: Recipes,
    /// The columns of the service's table by name, as they were last read; none before that.
    pub columns: Vec<String>,
}

impl Hub {
    /// The saved recipes of a connection.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn recipes(&self, provider: &str) -> Result<RecipesView> {
        let row = self.connection_row(provider).await?;
        Ok(RecipesView { columns: column_names(&row), recipes: row.recipes })
    }

    /// What recipes make of the first records of a connection's table; nothing is stored.
    ///
    /// # Errors
    /// `Invalid` with every fault of the recipes; `NotConfigured`; what the service answers.
    pub async fn try_recipes(&self, provider: &str, recipes: Recipes, lang: Lang) -> Result<TriedBody> {
        let row = self.config_row(provider).await?;
        let account = self.connect(&row).await?;
        let stream = find_stream(account.connection.as_ref(), &row).await?;
        let columns: Vec<String> = stream.fields.iter().map(|field| field.name.clone()).collect();
        self.check_recipes(&row, &recipes, &columns)?;
        // A word nobody knows is a status all the same here: it is asked for when the run ends.
        let words = StatusWords::parse(&row.status_words).unwrap_or_default();
        let mut pages = account.connection.read(&stream, &stream.fields, None);
        let first = pages.next().await.transpose()?;
        let records = first.map(|page| page.records).unwrap_or_default();
        let rows =
            records.iter().take(SHOWN).map(|record| tried(record, &stream, &recipes, &words, lang)).collect();
        Ok(TriedBody { columns, rows })
    }

    /// Saves the recipes of a connection; the next run of a source reads everything anew.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with every fault; `AlreadyRunning` for a source that is being read.
    pub async fn save_recipes(&self, provider: &str, recipes: Recipes) -> Result<()> {
        let mut row = self.connection_row(provider).await?;
        self.check_recipes(&row, &recipes, &column_names(&row))?;
        row.recipes = recipes;
        row.updated_at = now();
        if self.source_connector(&row).is_ok() {
            let scope = self.source_scope(provider).await?;
            let (_none_begins, mut batch) = self.idle_batch(provider).await?;
            for entity in Entity::ALL {
                batch.forget_marks(scope, entity).await?;
            }
            batch.put_config(&row).await?;
            batch.commit().await?;
        } else {
            let mut batch = self.store().begin().await?;
            batch.put_config(&row).await?;
            batch.commit().await?;
        }
        self.resume_schedule(provider).await
    }

    /// Whether each recipe makes a field that the connection has, of columns that are there.
    fn check_recipes(&self, row: &ConfigRow, recipes: &Recipes, columns: &[String]) -> Result<()> {
        let has_deals = self.connector(row).is_ok();
        let has_tables = self.source_connector(row).is_ok();
        let is_field = |key: &str| {
            (has_deals && DealField::from_key(key).is_some())
                || (has_tables && Entity::ALL.iter().any(|entity| entity.field(key).is_some()))
        };
        let unknown = recipes.keys().filter(|key| !is_field(key)).map(|key| {
            let shown = model::parse::shorten(key);
            Text::new(
                format!("« {shown} » n'est pas un champ que cette connexion remplit."),
                format!("“{shown}” is not a field that this connection fills."),
            )
        });
        // The columns of tables are not those of deals, and stand in the files only.
        let columns = if has_tables { &[] } else { columns };
        let all: Vec<Text> = unknown.chain(faults(recipes, columns)).collect();
        let join = |lang| all.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(" ");
        if all.is_empty() { Ok(()) } else { Err(Error::invalid(Text::new(join(Lang::Fr), join(Lang::En)))) }
    }
}

/// The columns of a connection's table, as they were last read.
fn column_names(row: &ConfigRow) -> Vec<String> {
    row.stream.iter().flat_map(|stream| &stream.fields).map(|field| field.name.clone()).collect()
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
