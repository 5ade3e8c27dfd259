//! One database as a source of tables.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::try_join_all;
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, pin_mut};
use model::canonical::Entity;
use model::decimal::Mark;

use super::api::Api;
use super::spec::OdooSettings;
use super::tables::{TABLES, Table};
use super::{reading, refusal, texts};
use crate::connector::{Account, Settings};
use crate::error::{Error, ErrorKind, Result};
use crate::http::Failure;
use crate::source::{Before, Column, Event, Part, Source, SourceContext, SourceTable};

/// How many records a description looks at, and how many values it shows of a column.
const LOOKED_AT: usize = 50;
const SAMPLES: usize = 5;

/// The tables of one database.
pub(super) struct OdooTables {
    api: Arc<Api>,
}

impl OdooTables {
    pub(super) fn new(context: &SourceContext, settings: &Settings) -> Result<OdooTables> {
        Ok(OdooTables { api: Arc::new(Api::new(&context.service, OdooSettings::parse(settings)?)?) })
    }

    async fn describe(&self, table: &Table) -> Result<SourceTable> {
        let mut part =
            Part { name: table.model.to_owned(), columns: Vec::new(), mark: Some(Mark::Point), fault: None };
        match self.columns(table).await.map_err(|failure| explain(failure, table)) {
            Ok(columns) => part.columns = columns,
            Err(error) if is_of_part(&error) => part.fault = Some(error),
            Err(error) => return Err(error),
        }
        Ok(SourceTable { entity: table.entity, parts: vec![part] })
    }

    /// The columns with some of their values.
    async fn columns(&self, table: &Table) -> std::result::Result<Vec<Column>, Failure> {
        let columns = reading::columns(&self.api, table).await?;
        let rows = reading::sample(&self.api, table, &columns, LOOKED_AT).await?;
        let names = columns.names().into_iter();
        let mut columns: Vec<Column> = names.map(|name| Column { name, samples: Vec::new() }).collect();
        for row in rows.iter() {
            for (column, cell) in columns.iter_mut().zip(row.cells()) {
                column.add_sample(cell, SAMPLES);
            }
        }
        Ok(columns)
    }
}

/// What it means that a table cannot be read.
fn explain(failure: Failure, table: &Table) -> Error {
    match failure.error.kind {
        _ if refusal::is_no_model(&failure) => texts::not_installed(table.model),
        // In the service's words it may be about anything.
        ErrorKind::Forbidden if refusal::is_known(&failure.code) => texts::no_right(table.model),
        _ => *failure.error,
    }
}

/// Whether a fault is that of one table, and the others may do.
fn is_of_part(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Forbidden | ErrorKind::NotFound | ErrorKind::Rejected)
}

#[async_trait]
impl Source for OdooTables {
    async fn check(&self) -> Result<Account> {
        Ok(self.api.account().await?)
    }

    async fn tables(&self) -> Result<Vec<SourceTable>> {
        // Found out once, before several ask at the same time; what fails here fails for all.
        self.api.session().await?;
        try_join_all(TABLES.iter().map(|table| self.describe(table))).await
    }

    fn read(&self, entity: Entity, before: Before) -> BoxStream<'static, Result<Event>> {
        let Some(table) = Table::of(entity) else { return stream::empty().boxed() };
        let api = Arc::clone(&self.api);
        async_stream::stream! {
            if let Err(failure) = api.session().await {
                yield Err(failure.into());
                return;
            }
            let events = reading::events(api, table, before);
            pin_mut!(events);
            while let Some(event) = events.next().await {
                yield event.or_else(|failure| {
                    let error = explain(failure, table);
                    let part = table.model.to_owned();
                    if is_of_part(&error) { Ok(Event::Failed { part, error }) } else { Err(error) }
                });
            }
        }
        .boxed()
    }
}
