//! Which column of a source is which field, and what its values are.

use std::collections::BTreeMap;

use connectors::source::{Part, SourceTable};
use model::canonical::{ColumnMapping, Entity, Field, Filled, Header};
use model::quality::{ColumnKind, percent};
use model::{Lang, Text};
use store::{ConfigRow, KnownColumn};

use super::changes::changes;
use super::choice::faults;
use super::columns::{readable, seen};
use crate::{Error, Hub, Kind, Result};

/// What a person chose, by field name: a column, or an empty text to leave the field unread. What is not
/// chosen is recognised by its name.
pub type Choices = ColumnMapping;

/// How the columns of a source go into one table.
#[derive(Clone, Debug)]
pub struct TableMapping {
    /// The table.
    pub entity: Entity,
    /// The files, or the service's table, with why one cannot be read or used.
    pub parts: Vec<(String, Option<Text>)>,
    /// The columns of all parts together, as they stand in the source.
    pub columns: Vec<String>,
    /// Its fields that a column can fill, in order.
    pub fields: Vec<FieldMapping>,
    /// Columns no field uses, with some of their values.
    pub unused: Vec<(String, Vec<String>)>,
    /// Columns that were not there before the last load, or not even then.
    pub new: Vec<String>,
    /// Columns that were there in the last load and are no longer.
    pub gone: Vec<String>,
    /// Columns whose values no longer look as they did: before, and now.
    pub retyped: Vec<(String, ColumnKind, ColumnKind)>,
}

/// Where one field comes from.
#[derive(Clone, Debug)]
pub struct FieldMapping {
    /// The field.
    pub field: &'static Field,
    /// What a person chose: a column, or an empty text for none; `None` where nobody did.
    pub chosen: Option<String>,
    /// The column it is recognised by when nobody chooses.
    pub recognised: Option<String>,
    /// The column it is read from now.
    pub column: Option<String>,
    /// Some of that column's values.
    pub samples: Vec<String>,
    /// The share of the loaded rows with something in the field, in per cent; `None` before the first load.
    pub coverage: Option<f64>,
    /// Rows cannot be read without it, and nothing fills it.
    pub is_missing: bool,
}

/// Why a mapping was not stored.
#[derive(Debug)]
pub enum NotMapped {
    /// What is wrong with it, a sentence each.
    Faults(Vec<Text>),
    /// It could not be done.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotMapped {
    fn from(error: E) -> NotMapped {
        NotMapped::Failed(error.into())
    }
}

/// Values shown of a column.
const SAMPLES: usize = 3;

impl Hub {
    /// The tables a source has, each with where its fields come from. The source is looked at anew.
    ///
    /// # Errors
    /// `NotFound`; the source cannot be read.
    pub async fn source_mapping(&self, name: &str) -> Result<Vec<TableMapping>> {
        let row = self.source_row(name).await?;
        let filled = self.filled(name).await?;
        let scope = self.source_scope(name).await?;
        let mut tables = Vec::new();
        for table in self.open_source(&row).await?.tables().await? {
            let known = self.store().known_columns(scope, table.entity).await?;
            tables.push(self.table_mapping(&row, &table, &known, &filled)?);
        }
        Ok(tables)
    }

    /// Keeps which columns are the fields of a table; the next sync reads it anew.
    ///
    /// # Errors
    /// Every fault of the choice: a column that is not there, one that several amounts or days would be
    /// read from, a needed field without column. `NotFound`; `AlreadyRunning`; the source cannot be read.
    pub async fn map_columns(
        &self,
        name: &str,
        entity: Entity,
        choices: Choices,
    ) -> std::result::Result<(), NotMapped> {
        let row = self.source_row(name).await?;
        let tables = self.open_source(&row).await?.tables().await?;
        let table = tables.into_iter().find(|table| table.entity == entity);
        let table = table.ok_or_else(|| no_such_table(name, entity))?;
        let mut mapping = self.source_connector(&row)?.columns(entity);
        mapping.extend(choices.clone());
        let faults = faults(&table, &choices, &mapping);
        if !faults.is_empty() {
            return Err(NotMapped::Faults(faults));
        }
        Ok(self.save_columns(name, entity, choices).await?)
    }

    fn table_mapping(
        &self,
        row: &ConfigRow,
        table: &SourceTable,
        known: &[KnownColumn],
        filled: &BTreeMap<(Entity, &'static str), f64>,
    ) -> Result<TableMapping> {
        let entity = table.entity;
        let chosen = row.column_mapping.get(entity.name()).cloned().unwrap_or_default();
        let by_kind = self.source_connector(row)?.columns(entity);
        let used = self.columns_of(row, entity)?;
        let headers = |mapping: &ColumnMapping| -> Vec<Header> {
            readable(table).map(|part| Header::matched(entity, &names(part), mapping)).collect()
        };
        let (now, alone) = (headers(&used), headers(&by_kind));
        // The newest file that has the field says where it comes from.
        let column = |headers: &[Header], name: &str| {
            let place = |header: &Header| Some(header.columns.get(header.place(name)?)?.trim().to_owned());
            headers.iter().rev().find_map(place)
        };
        let seen = seen(table);
        let fields: Vec<FieldMapping> = entity
            .fields()
            .iter()
            .filter(|field| field.filled != Filled::Database)
            .map(|field| {
                let from = column(&now, field.name);
                FieldMapping {
                    field,
                    chosen: chosen.get(field.name).cloned(),
                    recognised: column(&alone, field.name),
                    samples: from.as_deref().map(|column| samples(table, column)).unwrap_or_default(),
                    column: from,
                    coverage: filled.get(&(entity, field.name)).copied(),
                    is_missing: now.last().is_some_and(|header| header.lacks(field)),
                }
            })
            .collect();
        let is_used = |column: &str| {
            now.iter().any(|header| {
                header
                    .found
                    .iter()
                    .any(|(_, place)| header.columns.get(*place).is_some_and(|c| c.trim() == column))
            })
        };
        let (new, retyped) = changes(&seen, known);
        Ok(TableMapping {
            entity,
            parts: table.parts.iter().map(|part| (part.name.clone(), trouble(part, entity, &used))).collect(),
            unused: seen
                .iter()
                .filter(|(column, _)| !is_used(column))
                .map(|(column, _)| (column.clone(), samples(table, column)))
                .collect(),
            gone: known
                .iter()
                .filter(|column| !column.is_gone && !seen.iter().any(|(name, _)| *name == column.name))
                .map(|column| column.name.clone())
                .collect(),
            columns: seen.into_iter().map(|(column, _)| column).collect(),
            fields,
            new,
            retyped,
        })
    }

    /// The share of the rows with something in a field, when the source was last looked at.
    async fn filled(&self, name: &str) -> Result<BTreeMap<(Entity, &'static str), f64>> {
        let runs = self.store().assessed_runs(name, 1).await?;
        let Some((run_id, _)) = runs.first() else { return Ok(BTreeMap::new()) };
        let tables = self.store().assessed(*run_id).await?;
        let share = |table: &store::Assessed| {
            let entity = table.entity;
            let known = table.filled.iter().filter(|(.., total)| *total > 0);
            known
                .map(|(field, filled, total)| ((entity, *field), percent(*filled, *total)))
                .collect::<Vec<_>>()
        };
        Ok(tables.iter().flat_map(share).collect())
    }
}

pub(super) fn names(part: &Part) -> Vec<String> {
    part.columns.iter().map(|column| column.name.clone()).collect()
}

/// Some values of a column, from the newest file on.
fn samples(table: &SourceTable, name: &str) -> Vec<String> {
    let columns = readable(table).rev().flat_map(|part| &part.columns);
    let mut samples: Vec<String> = Vec::new();
    for sample in columns.filter(|column| column.name.trim() == name).flat_map(|column| &column.samples) {
        if samples.len() < SAMPLES && !samples.contains(sample) {
            samples.push(sample.clone());
        }
    }
    samples
}

/// Why a part cannot be read, or its columns not be used.
fn trouble(part: &Part, entity: Entity, mapping: &ColumnMapping) -> Option<Text> {
    match &part.fault {
        Some(fault) => Some(fault.message.clone()),
        None => Header::new(entity, &names(part), mapping).err(),
    }
}

fn no_such_table(name: &str, entity: Entity) -> Error {
    let label = entity.label();
    Error::new(
        Kind::NotFound,
        Text::new(
            format!("« {name} » n'a rien pour la table « {} ».", label.fr),
            format!("“{name}” has nothing for the table “{}”.", label.en),
        ),
    )
}

/// The sentences of a refused choice.
impl NotMapped {
    /// In the reader's language.
    pub fn sentences(&self, lang: Lang) -> Vec<String> {
        match self {
            NotMapped::Faults(faults) => faults.iter().map(|fault| fault.get(lang).to_owned()).collect(),
            NotMapped::Failed(error) => vec![error.message(lang).to_owned()],
        }
    }
}
