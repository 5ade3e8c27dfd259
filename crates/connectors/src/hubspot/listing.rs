//! The records of a type page by page, through the plain list, which has no window.

use std::collections::HashMap;
use std::sync::Arc;

use super::api::{self, Api, PAGE};
use super::read::{Columns, Row};
use super::refusal;
use crate::common::listing::{Listed, Pages};
use crate::http::Failure;

/// The pages of one type.
pub(super) struct ObjectPages {
    api: Arc<Api>,
    object: String,
    columns: Arc<Columns>,
    verified: Verified,
}

/// Whether the properties that an answer left out are known to exist all the same.
#[derive(Default)]
pub(super) struct Verified(bool);

impl ObjectPages {
    pub(super) fn new(api: &Arc<Api>, object: &str, columns: &Arc<Columns>) -> ObjectPages {
        let (api, columns) = (Arc::clone(api), Arc::clone(columns));
        ObjectPages { api, object: object.to_owned(), columns, verified: Verified::default() }
    }

    /// A page whose properties are too many for an address: the list tells what there is, a batch the rest.
    async fn in_two(&self, token: Option<&str>) -> Result<Listed<Row>, Failure> {
        let none = self.columns.without_values();
        let url = self.api.listed(&self.object, &[], &self.columns.links(), PAGE);
        let page = self.api.list(url, token, |raw| none.row(&raw)).await?;
        if page.records.is_empty() {
            return Ok(page);
        }
        let ids: Vec<String> = page.records.iter().map(|row| row.record.id.clone()).collect();
        let read =
            self.api.read(&self.object, &ids, &self.columns.asked(), |raw| self.columns.row(&raw)).await?;
        let mut read: HashMap<String, Row> =
            read.into_iter().map(|row| (row.record.id.clone(), row)).collect();
        let whole = |listed: Row| {
            let row = read.remove(&listed.record.id)?;
            Some(Row { links: listed.links, ..row })
        };
        Ok(Listed { records: page.records.into_iter().filter_map(whole).collect(), ..page })
    }
}

impl Pages for ObjectPages {
    type Record = Row;
    const SERVICE: &'static str = refusal::SERVICE;

    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Row>, Failure> {
        let asked = self.columns.asked();
        let url = self.api.listed(&self.object, &asked, &self.columns.links(), PAGE);
        let page = if api::fits(&url) {
            self.api.list(url, token, |raw| self.columns.row(&raw)).await?
        } else {
            self.in_two(token).await?
        };
        self.verified.check(&self.api, &self.object, &asked, &page.records).await?;
        Ok(page)
    }

    fn has_expired(_failure: &Failure) -> bool {
        // What leads to a page is a place in the order of ids; HubSpot knows no end of it.
        false
    }
}

impl Verified {
    /// HubSpot drops names it does not know: what was left out must not be taken for empty before it is known
    /// to exist. Looked up once in a reading.
    ///
    /// # Errors
    /// With the name of a property that is gone.
    pub(super) async fn check(
        &mut self,
        api: &Api,
        object: &str,
        asked: &[String],
        rows: &[Row],
    ) -> Result<(), Failure> {
        if self.0 || rows.iter().all(|row| row.left_out.is_none()) {
            return Ok(());
        }
        let known = api.properties(object).await?;
        match asked.iter().find(|name| known.iter().all(|property| property.name != **name)) {
            Some(gone) => Err(refusal::no_property(gone)),
            None => {
                self.0 = true;
                Ok(())
            }
        }
    }
}
