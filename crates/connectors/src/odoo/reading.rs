//! Reads one table from where the last reading began.
//!
//! A line whose order changed has not changed itself: a cancelled order is found by the order's own time
//! of writing. After the lines that were written since, those of the orders that were are read.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_stream::try_stream;
use futures_util::Stream;
use model::decimal::Mark as DecimalMark;
use serde_json::{Map, json};

use super::api::{Api, Query};
use super::changed_since;
use super::columns::{Columns, Line, Order, Orders};
use super::decode::whole;
use super::listing::ModelPages;
use super::mark::Mark;
use super::streams::{ORDER_ID, ORDERS};
use super::tables::Table;
use super::texts;
use crate::common::ahead::{Identified, ReadAhead};
use crate::common::cell::Cells;
use crate::error::ErrorKind;
use crate::http::Failure;
use crate::source::{Before, Event};

/// Lines of changed orders asked for at once.
const LINES: usize = 1_000;

/// An order that changed.
struct Changed {
    id: String,
    number: i64,
    order: Order,
}

impl Identified for Changed {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The columns of a table, as this user may read it.
pub(super) async fn columns(api: &Api, table: &Table) -> Result<Columns, Failure> {
    let session = api.session().await?;
    if !api.may(table.model, "read").await? {
        return Err(texts::no_right(table.model).into());
    }
    let fields = api.fields(table.model).await?;
    let orders = match table.owner() {
        Some(owner) if !api.may(owner, "read").await? => return Err(texts::no_right(owner).into()),
        Some(owner) => api.fields(owner).await?,
        None => Map::new(),
    };
    Ok(Columns::of(table, &fields, &orders, session.zone))
}

/// What happens while the table is read, to its end.
pub(super) fn events(
    api: Arc<Api>,
    table: &'static Table,
    before: Before,
) -> impl Stream<Item = Result<Event, Failure>> {
    try_stream! {
        let columns = Arc::new(columns(&api, table).await?);
        let names = columns.names();
        let began = api.channel().service_now();
        let span = Mark::new(began, &format!("{} {}", api.place(), names.join(","))).span(table.model, &before);
        let since = span.since.map(changed_since);
        let part = || table.model.to_owned();
        yield Event::Began { part: part(), columns: names, mark: Some(DecimalMark::Point) };

        let kept = Arc::clone(&columns);
        let keep = move |id: i64, cells: &Cells| kept.line(id, cells);
        let pages = ModelPages::new(&api, table.model, (table.only)(), columns.asked(), keep);
        let mut pages = ReadAhead::start(pages, since.clone());
        while let Some(listed) = pages.next().await? {
            let orders = orders_of(&api, table, &columns, &listed.records).await?;
            yield rows(&columns, &listed.records, &orders);
        }
        if let (Some(owner), Some(since)) = (table.owner(), since) {
            let kept = Arc::clone(&columns);
            let keep = move |number: i64, cells: &Cells| Changed { id: number.to_string(), number, order: kept.order(cells) };
            let pages = ModelPages::new(&api, owner, Vec::new(), columns.asked_of_order(), keep);
            let mut pages = ReadAhead::start(pages, Some(since));
            while let Some(listed) = pages.next().await.map_err(of_orders)? {
                let orders: Orders = listed.records.into_iter().map(|changed| (changed.number, changed.order)).collect();
                let mut after = 0;
                while let Some(lines) = lines_of(&api, table, &columns, &orders, after).await? {
                    after = lines.last().map_or(after, |line| line.number);
                    yield rows(&columns, &lines, &orders);
                }
            }
        }
        yield Event::Ended { part: part(), mark: span.mark };
    }
}

/// Some records of a table as its rows, the last made first: for a look at them.
pub(super) async fn sample(
    api: &Api,
    table: &Table,
    columns: &Columns,
    limit: usize,
) -> Result<model::table::TextRows, Failure> {
    let query = Query { domain: json!((table.only)()), fields: &columns.asked(), order: "id desc", limit };
    let lines = api.search(table.model, query, |cells| columns.line(number(&cells), &cells)).await?;
    let orders = orders_of(api, table, columns, &lines).await?;
    Ok(columns.rows(&lines, &orders))
}

fn rows(columns: &Columns, lines: &[Line], orders: &Orders) -> Event {
    Event::Rows { rows: columns.rows(lines, orders), refused: Vec::new() }
}

/// The orders that these lines belong to.
async fn orders_of(api: &Api, table: &Table, columns: &Columns, lines: &[Line]) -> Result<Orders, Failure> {
    let ids: BTreeSet<i64> = lines.iter().filter_map(|line| line.order).collect();
    if table.owner().is_none() || ids.is_empty() {
        return Ok(Orders::new());
    }
    let fields = columns.asked_of_order();
    let domain = json!([["id", "in", ids]]);
    let query = Query { domain, fields: &fields, order: "id asc", limit: ids.len() };
    let found = api.search(ORDERS, query, |cells| (number(&cells), columns.order(&cells))).await;
    Ok(found.map_err(of_orders)?.into_iter().collect())
}

/// The next lines of these orders; nothing when there are no more.
async fn lines_of(
    api: &Api,
    table: &Table,
    columns: &Columns,
    orders: &Orders,
    after: i64,
) -> Result<Option<Vec<Line>>, Failure> {
    if orders.is_empty() {
        return Ok(None);
    }
    let mut domain = (table.only)();
    domain
        .extend([json!([ORDER_ID, "in", orders.keys().collect::<BTreeSet<_>>()]), json!(["id", ">", after])]);
    let query = Query { domain: json!(domain), fields: &columns.asked(), order: "id asc", limit: LINES };
    let lines = api.search(table.model, query, |cells| columns.line(number(&cells), &cells)).await?;
    Ok(Some(lines).filter(|lines| !lines.is_empty()))
}

/// A right that was taken away is that on orders.
fn of_orders(failure: Failure) -> Failure {
    match failure.error.kind {
        ErrorKind::Forbidden => texts::no_right(ORDERS).into(),
        _ => failure,
    }
}

fn number(cells: &Cells) -> i64 {
    cells.get("id").and_then(whole).unwrap_or_default()
}
