//! Odoo as a source of tables, over both protocols.

mod changes;
mod faults;
mod rows;

use std::collections::BTreeMap;
use std::sync::Arc;

use connectors::http::{Http, Policy};
use connectors::odoo::Odoo;
use connectors::source::{Before, Event};
use connectors::{Context, Error, Result, Settings, Source, SourceConnector, SourceContext};
use futures_util::StreamExt;
use model::canonical::{Entity, Header, RowReader};
use sandbox::odoo::Table;
use serde_json::json;

use super::OdooService;
use crate::fixture::Fixture;

/// A database, and its tables.
pub(super) struct Opened<const V: u16> {
    pub(super) service: OdooService<V>,
    pub(super) source: Arc<dyn Source>,
}

/// What was read of a table.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Each row, by column.
    pub(super) rows: Vec<BTreeMap<String, String>>,
    /// What a sync would make of them: the cells of each row as text, by field.
    pub(super) canonical: Vec<BTreeMap<&'static str, String>>,
    pub(super) warnings: usize,
    /// What to know the part again by, once it was read to its end.
    pub(super) mark: Option<String>,
    pub(super) failed: Option<Error>,
}

impl<const V: u16> Opened<V> {
    pub(super) async fn new() -> Opened<V> {
        let service = OdooService::start(false).await;
        let source = source(&service, service.settings());
        Opened { service, source }
    }

    pub(super) fn table(&self, model: &str) -> Table {
        self.service.simulator.table(model)
    }

    /// An order with a line for each quantity of one product, at ten euros.
    pub(super) fn order(&self, state: &str, quantities: &[f64]) -> (i64, Vec<i64>) {
        let partner = self.table("res.partner").ids()[0];
        let product = self.table("product.product").make([json!({"name": "Chinon", "type": "consu"})])[0];
        let order = self.table("sale.order").make([json!({
            "name": "S00001", "partner_id": partner, "date_order": "2026-03-28 23:30:00", "state": state,
        })])[0];
        let lines = self.table("sale.order.line").make(quantities.iter().map(|quantity| {
            json!({
                "name": "Chinon", "order_id": order, "product_id": product, "product_uom_qty": quantity,
                "price_unit": 10.0, "price_subtotal": 10.0 * quantity, "price_total": 12.0 * quantity,
            })
        }));
        (order, lines)
    }

    pub(super) async fn read(&self, entity: Entity) -> Read {
        self.read_since(entity, Before::default()).await.expect("it can be read")
    }

    /// What changed since the reading that left this mark.
    pub(super) async fn read_after(&self, entity: Entity, model: &str, mark: &str) -> Read {
        let before = Before { known: [(model.to_owned(), mark.to_owned())].into(), since: None };
        self.read_since(entity, before).await.expect("it can be read")
    }

    pub(super) async fn read_since(&self, entity: Entity, before: Before) -> Result<Read> {
        read(&*self.source, entity, before).await
    }
}

pub(super) fn source<const V: u16>(service: &OdooService<V>, settings: Settings) -> Arc<dyn Source> {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let service = Context { http, base_url: Some(service.base_url()), tokens: None };
    let context = SourceContext { service, data_dirs: Vec::new() };
    SourceConnector::connect(&Odoo, &context, settings).expect("a source")
}

pub(super) async fn read(source: &dyn Source, entity: Entity, before: Before) -> Result<Read> {
    let mut read = Read::default();
    let mut reader = None;
    let mut names = Vec::new();
    let mut events = source.read(entity, before);
    while let Some(event) = events.next().await {
        assert!(read.mark.is_none() && read.failed.is_none(), "nothing follows the end");
        match event? {
            Event::Began { columns, mark, .. } => {
                let header = Header::new(entity, &columns, &SourceConnector::columns(&Odoo, entity));
                let header = header.expect("all that is needed");
                read.warnings = header.warnings.len();
                names.clone_from(&columns);
                reader = Some(RowReader::new(header, mark));
            }
            Event::Rows { rows, mut refused } => {
                for row in rows.iter() {
                    let cells = names.iter().cloned().zip(row.cells().map(str::to_owned));
                    let cells: BTreeMap<String, String> = cells.collect();
                    assert_eq!(cells["id"], row.origin.to_string());
                    read.rows.push(cells);
                }
                let batch = reader.as_mut().expect("it began").read(&rows, &mut refused);
                assert_eq!(refused.len(), 0, "{refused:?}");
                for index in 0..batch.len() {
                    let shown = |cell| match cell {
                        model::canonical::Cell::Int(number) => number.to_string(),
                        model::canonical::Cell::Real(number) => number.to_string(),
                        text => batch.text(text).unwrap_or_default().to_owned(),
                    };
                    let cells = batch.row(index).iter().map(|cell| shown(*cell));
                    read.canonical.push(batch.fields.iter().map(|field| field.name).zip(cells).collect());
                }
            }
            Event::Ended { mark, .. } => read.mark = Some(mark),
            Event::Failed { error, .. } => read.failed = Some(error),
            Event::Skipped { part, why } => panic!("{}", why.text(&part).en),
        }
    }
    Ok(read)
}

impl Read {
    /// The ids of its rows, in ascending order.
    pub(super) fn ids(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self.rows.iter().map(|row| row["id"].parse().expect("an id")).collect();
        ids.sort_unstable();
        ids
    }

    /// These fields of the row with that key.
    pub(super) fn row<const N: usize>(&self, id: i64, fields: [&str; N]) -> [&str; N] {
        let key = |row: &BTreeMap<&str, String>| row.values().any(|cell| *cell == id.to_string());
        let place = self.rows.iter().position(|row| row["id"] == id.to_string()).expect("the row");
        let row = self.canonical.get(place).filter(|row| key(row)).expect("the row");
        fields.map(|field| row.get(field).unwrap_or_else(|| panic!("no {field} in {row:?}")).as_str())
    }
}
