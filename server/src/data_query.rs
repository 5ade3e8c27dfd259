//! Which rows of a canonical table a query asks for, the same for pages, exports and the JSON API.

use hub::{Check, DataQuery, RowSort, checks, date_field, filter_fields};
use model::canonical::{Category, Entity, FieldType};

use crate::ApiError;
use crate::params::Params;

/// Rows on one page.
const PAGE: u32 = 50;

/// Rows the JSON API gives when it is not told how many, and at most.
const LIMIT: u32 = 100;
const MOST: u32 = 1_000;

/// The query of a page: `page` counts from 1.
///
/// # Errors
/// Every fault in one text.
pub(crate) fn of_page(entity: Entity, query: &str) -> Result<DataQuery, ApiError> {
    let mut params = Params::parse(query);
    let page = params.number("page", 1).unwrap_or(1);
    let offset = u64::from(page.saturating_sub(1)) * u64::from(PAGE);
    let query = DataQuery { limit: PAGE, offset, ..read(entity, &mut params) };
    params.finish().map(|()| query)
}

/// The query of a program: `limit` and `offset`.
///
/// # Errors
/// Every fault in one text.
pub(crate) fn of_program(entity: Entity, query: &str) -> Result<DataQuery, ApiError> {
    let mut params = Params::parse(query);
    let limit = params.number("limit", 1).unwrap_or(LIMIT).min(MOST);
    let offset = u64::from(params.number("offset", 0).unwrap_or_default());
    let query = DataQuery { limit, offset, ..read(entity, &mut params) };
    params.finish().map(|()| query)
}

fn read(entity: Entity, params: &mut Params) -> DataQuery {
    let check = params.one("check").and_then(|code| {
        let found = Check::of(entity, &code).filter(|check| check.is_in_table());
        if found.is_none() {
            let known: Vec<&str> = checks(entity).filter(|c| c.is_in_table()).map(|c| c.code).collect();
            params.not_a_choice("check", &code, &known);
        }
        found
    });
    let sort = params.one("sort").and_then(|word| {
        let (name, descending) = word.strip_prefix('-').map_or((word.as_str(), false), |name| (name, true));
        // The name goes into the statement: only that of a field does.
        let field = entity.field(name);
        if field.is_none() {
            let names: Vec<&str> = entity.fields().iter().map(|field| field.name).collect();
            params.not_a_choice("sort", &word, &names);
        }
        field.map(|field| RowSort { field, descending })
    });
    let (from, to) = match date_field(entity) {
        Some(_) => (params.date("date_from"), params.date("date_to")),
        None => (None, None),
    };
    let mut equal = Vec::new();
    for field in filter_fields(entity) {
        let Some(text) = params.one(field.name) else { continue };
        let categories = Category::ALL.map(Category::word);
        if field.kind == FieldType::Category && !categories.contains(&text.as_str()) {
            params.not_a_choice(field.name, &text, &categories);
        }
        equal.push((field, text));
    }
    DataQuery {
        source: params.one("source"),
        check,
        search: params.one("search").filter(|words| !words.trim().is_empty()),
        from,
        to,
        equal,
        sort,
        ..DataQuery::all(entity)
    }
}
