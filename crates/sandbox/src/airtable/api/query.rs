//! The parameters of a listing, from the query string or from a body.
//!
//! Source: airtable.com/developers/web/api/list-records. Unknown parameters are refused, as
//! the service does.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono_tz::Tz;
use serde_json::{Map, Value};

use crate::airtable::Refusal;
use crate::airtable::spoken::Locale;

/// Parameters of a listing as given; names are not resolved yet.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Query {
    pub(super) page_size: Option<usize>,
    pub(super) max_records: Option<usize>,
    pub(super) offset: Option<String>,
    pub(super) view: Option<String>,
    pub(super) formula: Option<String>,
    /// Field and whether it descends.
    pub(super) sort: Vec<(String, bool)>,
    pub(super) fields: Option<Vec<String>>,
    pub(super) by_id: bool,
    pub(super) comment_count: bool,
    spoken: bool,
    time_zone: Option<String>,
    locale: Option<String>,
}

impl Query {
    /// Reads pairs of a query string: `fields[]=A&sort[0][field]=B`.
    pub(super) fn from_pairs(pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let mut query = Self::default();
        let mut sort: BTreeMap<usize, SortKey> = BTreeMap::new();
        for (key, value) in pairs {
            let (name, index) =
                key.split_once('[').map_or((key.as_str(), None), |(name, rest)| (name, Some(rest)));
            match (name, index) {
                ("fields", _) => query.fields.get_or_insert_default().push(value.clone()),
                ("recordMetadata", _) => query.metadata(value)?,
                ("sort", Some(index)) => {
                    let (number, part) = index.split_once("][").ok_or_else(Refusal::invalid_request)?;
                    let number = number.parse().map_err(|_| Refusal::invalid_request())?;
                    sort.entry(number).or_default().set(part.trim_end_matches(']'), value)?;
                }
                (name, None) => query.set(name, &Value::String(value.clone()))?,
                _ => return Err(Refusal::invalid_request()),
            }
        }
        query.sort = sort.into_values().map(SortKey::done).collect::<Result<_, _>>()?;
        Ok(query)
    }

    /// Reads a `listRecords` body; time zone and locale may stand in the query string instead.
    pub(super) fn from_body(body: &Map<String, Value>, pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let mut query = Self::from_pairs(pairs)?;
        for (key, value) in body {
            match key.as_str() {
                "fields" => query.fields = Some(texts(value)?),
                "recordMetadata" => texts(value)?.iter().try_for_each(|name| query.metadata(name))?,
                "sort" => {
                    let keys = value.as_array().ok_or_else(Refusal::invalid_request)?;
                    query.sort = keys.iter().map(sort_key).collect::<Result<_, _>>()?;
                }
                _ => query.set(key, value)?,
            }
        }
        Ok(query)
    }

    fn set(&mut self, name: &str, value: &Value) -> Result<(), Refusal> {
        let text = || value.as_str().map(str::to_owned).ok_or_else(Refusal::invalid_request);
        match name {
            "pageSize" => self.page_size = Some(number(value, 1..=100)?),
            "maxRecords" => self.max_records = Some(number(value, 1..=usize::MAX)?),
            "offset" => self.offset = Some(text()?),
            "view" => self.view = Some(text()?).filter(|view| !view.is_empty()),
            "filterByFormula" => self.formula = Some(text()?).filter(|formula| !formula.trim().is_empty()),
            "returnFieldsByFieldId" => self.by_id = flag(value)?,
            "cellFormat" => match text()?.as_str() {
                "json" => self.spoken = false,
                "string" => self.spoken = true,
                _ => return Err(Refusal::invalid_request()),
            },
            "timeZone" => self.time_zone = Some(text()?),
            "userLocale" => self.locale = Some(text()?),
            // airtable.js sends along its own option; the legacy key was ignored long before it was switched off.
            "method" | "api_key" => {}
            _ => return Err(Refusal::invalid_request()),
        }
        Ok(())
    }

    fn metadata(&mut self, name: &str) -> Result<(), Refusal> {
        self.comment_count = name == "commentCount";
        if self.comment_count { Ok(()) } else { Err(Refusal::invalid_request()) }
    }

    /// How cells are to be spoken; `None` for JSON values.
    pub(super) fn spoken(&self) -> Result<Option<Locale>, Refusal> {
        if !self.spoken {
            return Ok(None);
        }
        let zone: Option<Tz> = self.time_zone.as_ref().and_then(|zone| zone.parse().ok());
        match (zone, &self.locale) {
            (Some(zone), Some(language)) => Ok(Some(Locale { zone, language: language.clone() })),
            _ => Err(Refusal::invalid_request()),
        }
    }
}

#[derive(Default)]
struct SortKey {
    field: Option<String>,
    descends: bool,
}

impl SortKey {
    fn set(&mut self, part: &str, value: &str) -> Result<(), Refusal> {
        match (part, value) {
            ("field", field) => self.field = Some(field.to_owned()),
            ("direction", "asc") => self.descends = false,
            ("direction", "desc") => self.descends = true,
            _ => return Err(Refusal::invalid_request()),
        }
        Ok(())
    }

    fn done(self) -> Result<(String, bool), Refusal> {
        Ok((self.field.ok_or_else(Refusal::invalid_request)?, self.descends))
    }
}

fn sort_key(value: &Value) -> Result<(String, bool), Refusal> {
    let mut key = SortKey::default();
    for (part, value) in value.as_object().ok_or_else(Refusal::invalid_request)? {
        key.set(part, value.as_str().ok_or_else(Refusal::invalid_request)?)?;
    }
    key.done()
}

/// A number of the range, as JSON or as text.
fn number(value: &Value, range: RangeInclusive<usize>) -> Result<usize, Refusal> {
    let number = match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64().and_then(|number| usize::try_from(number).ok()),
    };
    number.filter(|number| range.contains(number)).ok_or_else(Refusal::invalid_request)
}

/// A flag, as JSON or as text.
pub(super) fn flag(value: &Value) -> Result<bool, Refusal> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) if text == "true" || text == "1" => Ok(true),
        Value::String(text) if text == "false" || text == "0" => Ok(false),
        _ => Err(Refusal::invalid_request()),
    }
}

fn texts(value: &Value) -> Result<Vec<String>, Refusal> {
    let items = value.as_array().ok_or_else(Refusal::invalid_request)?;
    items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(Refusal::invalid_request)).collect()
}
