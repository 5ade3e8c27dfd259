//! The rows of the canonical tables: browsed page by page, exported piece by piece.

use chrono::NaiveDate;
use futures_util::Stream;
use model::Text;
use model::canonical::{Entity, Field};
use store::{Check, DataRow, RowFilter, RowPart, RowSort};

use crate::{Error, Hub, Result};

/// Which rows of a table, and how they are shown.
#[derive(Clone, Debug)]
pub struct DataQuery {
    /// The table.
    pub entity: Entity,
    /// Only those of this source.
    pub source: Option<String>,
    /// Only those a check finds.
    pub check: Option<&'static Check>,
    /// Only those with all of these words in their keys and names.
    pub search: Option<String>,
    /// Only those from this day on, by [`store::date_field`].
    pub from: Option<NaiveDate>,
    /// Only those until this day.
    pub to: Option<NaiveDate>,
    /// Only those with this in a field, whatever its case; fields of [`store::filter_fields`].
    pub equal: Vec<(&'static Field, String)>,
    /// In which order; without one, by source and key.
    pub sort: Option<RowSort>,
    /// How many rows at most.
    pub limit: u32,
    /// After how many.
    pub offset: u64,
}

impl DataQuery {
    /// Every row of a table.
    pub fn all(entity: Entity) -> DataQuery {
        DataQuery {
            entity,
            source: None,
            check: None,
            search: None,
            from: None,
            to: None,
            equal: Vec::new(),
            sort: None,
            limit: 50,
            offset: 0,
        }
    }

    /// Whether rows may be left out.
    pub fn is_filtered(&self) -> bool {
        self.source.is_some()
            || self.check.is_some()
            || self.search.is_some()
            || self.from.is_some()
            || self.to.is_some()
            || !self.equal.is_empty()
    }
}

/// A part of the rows.
#[derive(Clone, Debug)]
pub struct DataPage {
    /// How many rows fit in all.
    pub total: u64,
    /// Those of this part.
    pub rows: Vec<DataRow>,
}

/// Rows in one piece of an export.
const PIECE: u32 = 5_000;

impl Hub {
    /// How many rows each source has in each table, by the source's name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn data_counts(&self) -> Result<Vec<(Entity, Vec<(String, u64)>)>> {
        let mut tables = Vec::with_capacity(Entity::ALL.len());
        for entity in Entity::ALL {
            tables.push((entity, self.store().rows_by_source(entity).await?));
        }
        Ok(tables)
    }

    /// The sources that have rows in a table, by name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn data_sources(&self, entity: Entity) -> Result<Vec<String>> {
        Ok(self.store().row_sources(entity).await?.into_iter().map(|(name, _)| name).collect())
    }

    /// A part of the rows that fit.
    ///
    /// # Errors
    /// `Invalid`: no rows ever came from a source of that name. The database does not answer.
    pub async fn data(&self, query: &DataQuery) -> Result<DataPage> {
        let (filter, today) = (self.row_filter(query).await?, self.time().date_naive());
        let total = self.store().count_rows(query.entity, &filter, today).await?;
        let part = RowPart { sort: query.sort, limit: query.limit, offset: query.offset, all: total };
        let rows = self.store().rows(query.entity, &filter, part, today).await?;
        Ok(DataPage { total, rows })
    }

    /// Every row that fits, in pieces, by source and key. Never more than a piece is in memory.
    ///
    /// # Errors
    /// As [`Hub::data`]; in the stream: the database does not answer any more.
    pub async fn data_export(
        &self,
        query: &DataQuery,
    ) -> Result<impl Stream<Item = Result<Vec<DataRow>>> + Send + use<>> {
        let (hub, entity) = (self.clone(), query.entity);
        let (filter, today) = (self.row_filter(query).await?, self.time().date_naive());
        let first: Option<Option<DataRow>> = Some(None);
        Ok(futures_util::stream::try_unfold(first, move |last| {
            let (hub, filter) = (hub.clone(), filter.clone());
            async move {
                let Some(last) = last else { return Ok(None) };
                let rows = hub.store().rows_after(entity, &filter, last.as_ref(), PIECE, today).await?;
                let next = if rows.len() < PIECE as usize { None } else { Some(rows.last().cloned()) };
                Ok((!rows.is_empty()).then_some((rows, next)))
            }
        }))
    }

    async fn row_filter(&self, query: &DataQuery) -> Result<RowFilter> {
        let scope = match &query.source {
            None => None,
            Some(name) => Some(self.store().find_scope(name).await?.ok_or_else(|| nothing_from(name))?),
        };
        Ok(RowFilter {
            scope,
            check: query.check,
            search: query.search.clone(),
            from: query.from,
            to: query.to,
            equal: query.equal.clone(),
        })
    }
}

fn nothing_from(source: &str) -> Error {
    let shown = model::parse::shorten(source);
    Error::invalid(Text::new(
        format!("Aucune donnée ne vient d'une source nommée « {shown} »."),
        format!("No data comes from a source named “{shown}”."),
    ))
}
