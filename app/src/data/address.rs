//! The address of a list of rows: everything that is asked of it stands there.

use hub::{DataQuery, RowSort};
use leptos_router::params::ParamsMap;
use model::canonical::{Entity, Field};

/// The page of a table.
pub(super) fn table(entity: Entity) -> String {
    format!("/data/{}", entity.table())
}

/// The rows of that query.
pub(super) fn rows(query: &DataQuery) -> String {
    format!("{}{}", table(query.entity), params(query).to_query_string())
}

/// The same rows, all of them, as a file.
pub(super) fn export(query: &DataQuery) -> String {
    let whole = DataQuery { sort: None, offset: 0, ..query.clone() };
    format!("{}.csv{}", table(query.entity), params(&whole).to_query_string())
}

/// The same rows in the order of a field, from the first; pressed again, the other way round.
pub(super) fn sorted(query: &DataQuery, field: &'static Field) -> String {
    let descending = query.sort.is_some_and(|sort| sort.field.name == field.name && !sort.descending);
    rows(&DataQuery { sort: Some(RowSort { field, descending }), offset: 0, ..query.clone() })
}

/// The word of an order, as it stands in an address.
pub(super) fn sort_word(sort: RowSort) -> String {
    format!("{}{}", if sort.descending { "-" } else { "" }, sort.field.name)
}

fn params(query: &DataQuery) -> ParamsMap {
    let mut params = ParamsMap::new();
    let mut put = |name: &'static str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            params.insert(name, value);
        }
    };
    put("source", query.source.clone());
    put("check", query.check.map(|check| check.code.to_owned()));
    put("search", query.search.clone());
    put("date_from", query.from.map(|day| day.to_string()));
    put("date_to", query.to.map(|day| day.to_string()));
    for (field, text) in &query.equal {
        put(field.name, Some(text.clone()));
    }
    put("sort", query.sort.map(sort_word));
    let page = query.offset / u64::from(query.limit.max(1)) + 1;
    put("page", (page > 1).then(|| page.to_string()));
    params
}
