//! Records seen as rows of anything: a JSON object per record, by the names people see.

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use model::StreamSchema;
use model::dataset::Row;

use crate::connector::{Page, RowPage};
use crate::error::Result;

/// The pages of a listing as pages of rows.
pub(crate) fn of_records<'a>(
    pages: BoxStream<'a, Result<Page>>,
    stream: &'a StreamSchema,
) -> BoxStream<'a, Result<RowPage>> {
    pages.map(move |page| page.map(|page| row_page(&page, stream))).boxed()
}

/// One page as rows.
pub(crate) fn row_page(page: &Page, stream: &StreamSchema) -> RowPage {
    let rows: Vec<Row> = page.records.iter().map(|record| Row::of_record(record, &stream.fields)).collect();
    let bytes = rows.iter().map(|row| row.content.len() as u64).sum();
    RowPage { rows, bytes, ..RowPage::default() }
}
