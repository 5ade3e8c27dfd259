//! Looks into a version: its rows by filter and order, a part at a time.
//!
//! Rows are filtered and sorted here, by the rules of [`model::dataset`], and not by the engine: both engines
//! then give the same rows in the same order, and a number in a text is compared as people expect.

use futures_util::stream::{BoxStream, StreamExt};
use futures_util::{TryStreamExt, stream};
use model::dataset::{Column, Filter, Matcher, Order, SortKey, cells};
use store::{DatasetRow, StoredRow};

use super::words;
use crate::{Error, Hub, Result};

/// Rows looked at together.
const PIECE: u32 = 4_000;

/// How many rows beyond those asked for are remembered before the order is made.
const SLACK: usize = 4_096;

/// Which rows of a dataset, and in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DatasetQuery {
    /// Of which version; the present one when `None`.
    pub version: Option<i64>,
    /// Which of its rows.
    pub filter: Filter,
    /// By which column, and whether the largest come first; in the order of the source when `None`.
    pub sort: Option<(String, bool)>,
    /// How many rows at most.
    pub limit: u32,
    /// After how many.
    pub offset: u64,
}

/// A part of the rows of a version.
#[derive(Clone, Debug, PartialEq)]
pub struct DatasetPage {
    /// The version; 0 before the first.
    pub version: i64,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows fit in all.
    pub total: u64,
    /// Those of this part.
    pub rows: Vec<StoredRow>,
}

/// A version that is looked at.
pub(super) struct Looked {
    pub(super) dataset: DatasetRow,
    pub(super) version: i64,
    pub(super) row_count: u64,
    pub(super) columns: Vec<Column>,
}

impl Hub {
    /// A part of the rows of a dataset that fit. A filter or an order looks at every row of the version.
    ///
    /// # Errors
    /// `NotFound`: no such dataset or version; `Invalid` names every column that does not exist and every
    /// value that does not fit its column.
    pub async fn dataset_rows(&self, id: i64, query: &DatasetQuery) -> Result<DatasetPage> {
        let looked = self.looked_at(id, query.version).await?;
        let matcher = query.filter.compile(&looked.columns).map_err(|faults| Error::faults(&faults))?;
        let order =
            query.sort.as_ref().map(|(name, descending)| order(&looked, name, *descending)).transpose()?;
        let Looked { version, row_count, columns, .. } = looked;
        let (total, rows) = match order {
            None if query.filter.is_all() => {
                let rows = self.store().dataset_rows_part(id, version, query.limit, query.offset).await?;
                (row_count, rows)
            }
            None => self.matching(id, version, matcher, query).await?,
            Some(order) => self.sorted(id, version, matcher, &order, query).await?,
        };
        Ok(DatasetPage { version, columns, total, rows })
    }

    /// The dataset and the version of it that is meant.
    pub(super) async fn looked_at(&self, id: i64, version: Option<i64>) -> Result<Looked> {
        let dataset = self.dataset_row(id).await?;
        match version.filter(|version| *version != dataset.version) {
            None => {
                let (version, row_count, columns) =
                    (dataset.version, dataset.row_count, dataset.columns.clone());
                Ok(Looked { dataset, version, row_count, columns })
            }
            Some(number) => {
                let version = self.store().dataset_version(id, number).await?;
                let version = version.ok_or_else(|| words::no_version(&dataset.name, number))?;
                Ok(Looked {
                    dataset,
                    version: number,
                    row_count: version.row_count,
                    columns: version.columns,
                })
            }
        }
    }

    /// The rows of a version that fit, in the order of the source; never more than a piece is in memory.
    pub(super) fn dataset_pieces(
        &self,
        id: i64,
        version: i64,
        matcher: Matcher,
    ) -> BoxStream<'static, Result<Vec<StoredRow>>> {
        let hub = self.clone();
        stream::try_unfold(Some(0), move |after| {
            let (hub, matcher) = (hub.clone(), matcher.clone());
            async move {
                let Some(after) = after else { return Ok(None) };
                let mut rows = hub.store().dataset_rows_after(id, version, after, PIECE).await?;
                let next = rows.last().filter(|_| rows.len() == PIECE as usize).map(|row| row.place);
                rows.retain(|row| cells(&row.content).is_ok_and(|cells| matcher.matches(&cells)));
                Ok(Some((rows, next)))
            }
        })
        .boxed()
    }

    async fn matching(
        &self,
        id: i64,
        version: i64,
        matcher: Matcher,
        query: &DatasetQuery,
    ) -> Result<(u64, Vec<StoredRow>)> {
        let last = query.offset.saturating_add(u64::from(query.limit));
        let (mut total, mut shown) = (0, Vec::new());
        let mut pieces = self.dataset_pieces(id, version, matcher);
        while let Some(rows) = pieces.try_next().await? {
            for row in rows {
                if total >= query.offset && total < last {
                    shown.push(row);
                }
                total += 1;
            }
        }
        Ok((total, shown))
    }

    /// Only what decides the order of the first rows is remembered, up to the last one asked for.
    async fn sorted(
        &self,
        id: i64,
        version: i64,
        matcher: Matcher,
        order: &Order,
        query: &DatasetQuery,
    ) -> Result<(u64, Vec<StoredRow>)> {
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
        let wanted = offset.saturating_add(query.limit as usize);
        let (mut total, mut first): (u64, Vec<(Option<SortKey>, i64)>) = (0, Vec::new());
        let arrange = |rows: &mut Vec<(Option<SortKey>, i64)>| {
            rows.sort_by(|(one, at), (other, and)| {
                order.compare(one.as_ref(), other.as_ref()).then_with(|| at.cmp(and))
            });
            rows.truncate(wanted);
        };
        let mut pieces = self.dataset_pieces(id, version, matcher);
        while let Some(rows) = pieces.try_next().await? {
            total += rows.len() as u64;
            let key = |row: &StoredRow| cells(&row.content).ok().and_then(|cells| order.key(&cells));
            first.extend(rows.iter().map(|row| (key(row), row.place)));
            if first.len() > wanted.saturating_add(SLACK) {
                arrange(&mut first);
            }
        }
        arrange(&mut first);
        let places: Vec<i64> = first.into_iter().skip(offset).map(|(_, place)| place).collect();
        let mut rows = self.store().dataset_rows_at(id, version, &places).await?;
        rows.sort_by_key(|row| places.iter().position(|place| *place == row.place));
        Ok((total, rows))
    }
}

fn order(looked: &Looked, name: &str, descending: bool) -> Result<Order> {
    let column = looked.columns.iter().find(|column| column.name == name).cloned();
    let unknown = || Error::invalid(model::dataset::unknown_column(name));
    Ok(Order { column: column.ok_or_else(unknown)?, descending })
}
