//! One spreadsheet as a connection: what the engine asks, turned into requests.

use std::collections::HashMap;
use std::sync::Arc;

use async_stream::try_stream;
use async_trait::async_trait;
use futures_util::stream::BoxStream;
use model::{StreamField, StreamSchema};
use tokio::sync::Mutex;

use super::api::Api;
use super::explain::Asking;
use super::layout::{SAMPLE, Tab};
use super::pages::{self, TabPages};
use super::settings::{Access, SheetsSettings};
use super::wire::{Book, GridRange};
use super::write::{Batch, Writer};
use super::{auth, texts};
use crate::common::ahead::ReadAhead;
use crate::connector::{Account, Checkpoint, Connection, Context, Count, Outcome, Page, Settings, Write};
use crate::error::Result;

/// One spreadsheet.
pub(super) struct Spreadsheet {
    api: Arc<Api>,
    /// The address of the service account, with which people share.
    account: Option<String>,
    /// The tab that the pasted link leads to.
    linked_tab: Option<i64>,
    /// The tabs as last described; reading and writing need more of them than the product's schema holds.
    tabs: Mutex<HashMap<String, Arc<Tab>>>,
    writer: Writer,
}

impl Spreadsheet {
    pub(super) fn new(context: &Context, settings: &Settings) -> Result<Spreadsheet> {
        let SheetsSettings { spreadsheet_id, linked_tab, access } = SheetsSettings::parse(settings)?;
        let (account, user) = match &access {
            Access::ServiceAccount(file) => (Some(file.client_email.clone()), file.client_email.clone()),
            // Google counts by person; which one is behind a client is not known here.
            Access::RefreshToken { client, .. } | Access::Consent(client) => (None, client.id.clone()),
        };
        let credential = auth::credential(context, access)?;
        let api = Arc::new(Api::new(context, spreadsheet_id, credential, &user)?);
        let writer = Writer::new(Arc::clone(&api));
        Ok(Spreadsheet { api, account, linked_tab, tabs: Mutex::default(), writer })
    }

    fn asking(&self) -> Asking<'_> {
        Asking { api: &self.api, account: self.account.as_deref() }
    }

    async fn describe(&self) -> Result<Book> {
        self.api.describe().await.map_err(|failure| self.asking().of_spreadsheet(failure))
    }

    /// The tabs with their columns, in the spreadsheet's order.
    async fn discover_tabs(&self) -> Result<Vec<Arc<Tab>>> {
        let book = self.describe().await?;
        let is_linked = |id: i64| self.linked_tab == Some(id);
        let has_linked = book.tabs().any(|sheet| is_linked(sheet.properties.sheet_id));
        let sheets: Vec<_> =
            book.tabs().filter(|sheet| !has_linked || is_linked(sheet.properties.sheet_id)).collect();
        let first_rows = |id| GridRange { sheet_id: id, end_row_index: Some(SAMPLE), ..GridRange::default() };
        let ranges: Vec<GridRange> =
            sheets.iter().map(|sheet| first_rows(sheet.properties.sheet_id)).collect();
        let cells = if ranges.is_empty() {
            Vec::new()
        } else {
            self.api.cells(&ranges).await.map_err(|failure| self.asking().of_spreadsheet(failure))?.sheets
        };
        let tab = |sheet| {
            let with_cells = |found: &&super::wire::Sheet| {
                let (found, sheet): (&super::wire::Sheet, &super::wire::Sheet) = (found, sheet);
                found.properties.sheet_id == sheet.properties.sheet_id
            };
            let data = cells.iter().find(with_cells).and_then(|found| found.data.first());
            Arc::new(Tab::of(
                &book.properties,
                sheet,
                data.map(|data| &data.row_data[..]).unwrap_or_default(),
            ))
        };
        let tabs: Vec<Arc<Tab>> = sheets.into_iter().map(tab).collect();
        let mut known = self.tabs.lock().await;
        known.extend(tabs.iter().map(|tab| (tab.id.to_string(), Arc::clone(tab))));
        Ok(tabs)
    }

    /// What is known of a stream beyond the product's schema.
    async fn tab(&self, stream: &StreamSchema) -> Result<Arc<Tab>> {
        if let Some(known) = self.tabs.lock().await.get(&stream.id) {
            return Ok(Arc::clone(known));
        }
        let tabs = self.discover_tabs().await?;
        let titles = || tabs.iter().map(|tab| tab.title.clone()).collect::<Vec<_>>();
        let found = tabs.iter().find(|tab| tab.id.to_string() == stream.id).cloned();
        found.ok_or_else(|| texts::tab_gone(&stream.name, &titles()))
    }

    /// The same with the tab's size and merged cells as they are now.
    async fn present_tab(&self, stream: &StreamSchema) -> Result<Arc<Tab>> {
        let known = self.tab(stream).await?;
        let book = self.describe().await?;
        let found = book.tabs().find(|sheet| sheet.properties.sheet_id == known.id);
        let sheet = found.ok_or_else(|| texts::tab_gone(&stream.name, &book.titles()))?;
        let mut present = Tab::clone(&known);
        present.resize(sheet);
        let present = Arc::new(present);
        self.tabs.lock().await.insert(stream.id.clone(), Arc::clone(&present));
        Ok(present)
    }
}

#[async_trait]
impl Connection for Spreadsheet {
    async fn check(&self) -> Result<Account> {
        Ok(Account { name: self.describe().await?.properties.title })
    }

    async fn discover(&self) -> Result<Vec<StreamSchema>> {
        Ok(self.discover_tabs().await?.iter().map(|tab| tab.stream()).collect())
    }

    async fn count(&self, stream: &StreamSchema, limit: u64) -> Result<Count> {
        let tab = self.present_tab(stream).await?;
        match pages::count(&self.api, &tab, limit).await {
            Ok(count) => Ok(Count::up_to(limit, count)),
            Err(failure) => Err(self.asking().of_reading(failure, tab.id, &stream.name).await),
        }
    }

    fn read<'a>(
        &'a self,
        stream: &'a StreamSchema,
        fields: &'a [StreamField],
        since: Option<Checkpoint>,
    ) -> BoxStream<'a, Result<Page>> {
        Box::pin(try_stream! {
            let tab = self.present_tab(stream).await?;
            let mut columns = Vec::with_capacity(fields.len());
            for field in fields {
                let place = tab.columns.iter().position(|column| *column.id == *field.id);
                columns.push(place.ok_or_else(|| texts::column_gone(&tab.title, &field.name))?);
            }
            let mut pages = ReadAhead::start(TabPages::new(&self.api, &tab, columns), since);
            loop {
                let listed = match pages.next().await {
                    Ok(Some(listed)) => listed,
                    Ok(None) => break,
                    Err(failure) => Err(self.asking().of_reading(failure, tab.id, &stream.name).await)?,
                };
                yield Page {
                    records: listed.records,
                    next: listed.next.map(Checkpoint),
                    restarted: listed.restarted,
                };
            }
        })
    }

    async fn write(&self, stream: &StreamSchema, batch: &[Write]) -> Result<Vec<Outcome>> {
        let tab = self.tab(stream).await?;
        let Batch { outcomes, fault } = self.writer.write(&tab, batch).await;
        let Some(failure) = fault else { return Ok(outcomes.into_iter().flatten().collect()) };
        let error = self.asking().of_writing(failure, tab.id, &stream.name).await;
        if !outcomes.iter().flatten().any(|outcome| matches!(outcome, Outcome::Written(_))) {
            return Err(error);
        }
        let settled =
            |outcome: Option<Outcome>| outcome.unwrap_or_else(|| Outcome::NotWritten(error.clone()));
        Ok(outcomes.into_iter().map(settled).collect())
    }
}
