//! Recipes of a canonical table, tried on the first rows of a source.

use std::collections::BTreeMap;

use connectors::source::{Before, Event};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use model::Lang;
use model::api::{TriedBody, TriedRowBody};
use model::canonical::{Entity, Field};
use model::decimal::Mark;
use model::recipe::{Recipes, Target};
use model::table::{TextRow, TextRows};

use super::columns::Columns;
use super::recipes::Made;
use crate::recipes::{SHOWN, check};
use crate::{Hub, Result};

/// The first rows of a file or table.
#[derive(Default)]
struct Sample {
    columns: Vec<String>,
    mark: Option<Mark>,
    rows: TextRows,
}

impl Hub {
    /// What recipes make of the first rows that go into a table. The source is looked at anew.
    ///
    /// # Errors
    /// As [`Hub::try_recipes`].
    pub(crate) async fn try_table_recipes(
        &self,
        name: &str,
        entity: Entity,
        recipes: &Recipes,
        lang: Lang,
    ) -> Result<TriedBody> {
        let source = self.open_source(&self.source_row(name).await?).await?;
        let Sample { columns, mark, rows } = first_rows(source.read(entity, Before::default())).await?;
        check(Target::Table(entity), recipes, &columns)?;
        let places = Columns::of(columns.iter().map(String::as_str));
        let made: Vec<(&Field, Made)> = recipes
            .iter()
            .filter_map(|(key, recipe)| Some((entity.field(key)?, Made::of(recipe.clone(), &places))))
            .collect();
        let rows = rows.iter().take(SHOWN).map(|row| tried(row, &columns, &made, mark, lang)).collect();
        Ok(TriedBody { columns, rows })
    }
}

/// The rows that come first, with their columns; none where there are none. Nothing more is read.
///
/// # Errors
/// The source cannot be read, or nothing but parts that cannot.
async fn first_rows(mut events: BoxStream<'static, connectors::Result<Event>>) -> Result<Sample> {
    let (mut sample, mut failed) = (None, None);
    while let Some(event) = events.next().await {
        match event? {
            Event::Began { columns, mark, .. } => {
                let columns = columns.iter().map(|column| column.trim().to_owned()).collect();
                sample = Some(Sample { columns, mark, rows: TextRows::default() });
            }
            Event::Rows { rows, .. } if !rows.is_empty() => {
                return Ok(Sample { rows, ..sample.unwrap_or_default() });
            }
            Event::Failed { error, .. } => failed = Some(error),
            Event::Rows { .. } | Event::Ended { .. } | Event::Skipped { .. } => {}
        }
    }
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(sample.unwrap_or_default()),
    }
}

fn tried(
    row: TextRow<'_>,
    columns: &[String],
    made: &[(&Field, Made)],
    mark: Option<Mark>,
    lang: Lang,
) -> TriedRowBody {
    let cell = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let before: BTreeMap<String, Option<String>> =
        columns.iter().cloned().zip(row.cells().map(cell)).collect();
    let mut told = TriedRowBody { before, ..TriedRowBody::default() };
    for (field, made) in made {
        // Read as a load reads it: what is made may still be no amount, or no day.
        match made.cell(row).and_then(|text| field.kept(&text, mark)) {
            Ok(kept) => drop(told.after.insert(field.name.to_owned(), kept)),
            Err(why) => drop(told.faults.insert(field.name.to_owned(), why.get(lang).to_owned())),
        }
    }
    told
}
