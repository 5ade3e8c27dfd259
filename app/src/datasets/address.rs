//! Addresses of a dataset's pages: everything that is asked of them stands there.

use hub::{DatasetQuery, ExportFormat};
use leptos_router::params::ParamsMap;
use model::dataset::{ColumnTest, Test};

use super::LIST;

/// The page of a dataset.
pub(crate) fn page(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// A part of that page, of a version.
pub(super) fn tab(id: i64, word: &str, version: Option<i64>) -> String {
    let mut params = ParamsMap::new();
    params.insert("tab", word.to_owned());
    put(&mut params, "version", version.map(|version| version.to_string()));
    format!("{}{}", page(id), params.to_query_string())
}

/// A part of that page, from a certain entry on.
pub(super) fn part(id: i64, word: &str, version: Option<i64>, offset: u64, size: u32) -> String {
    let number = offset / u64::from(size.max(1)) + 1;
    let page = if number > 1 { format!("&page={number}") } else { String::new() };
    format!("{}{page}", tab(id, word, version))
}

/// The rows of that query.
pub(super) fn rows(id: i64, query: &DatasetQuery) -> String {
    let mut params = ParamsMap::new();
    put(&mut params, "version", query.version.map(|version| version.to_string()));
    put(&mut params, "search", query.filter.search.clone());
    if let Some(ColumnTest { column, test }) = query.filter.tests.first() {
        let (word, value) = words(test);
        put(&mut params, "column", Some(column.clone()));
        put(&mut params, "test", Some(word.to_owned()));
        put(&mut params, "value", value.map(str::to_owned));
    }
    put(&mut params, "sort", query.sort.as_ref().map(sort_word));
    let page_number = query.offset / u64::from(query.limit.max(1)) + 1;
    put(&mut params, "page", (page_number > 1).then(|| page_number.to_string()));
    format!("{}{}", page(id), params.to_query_string())
}

/// The same rows in the order of a column, from the first; pressed again, the other way round.
pub(super) fn sorted(id: i64, query: &DatasetQuery, column: &str) -> String {
    let descending = query.sort.as_ref().is_some_and(|(name, descending)| name == column && !descending);
    rows(id, &DatasetQuery { sort: Some((column.to_owned(), descending)), offset: 0, ..query.clone() })
}

/// The same rows, all of them, as a file.
pub(super) fn export(id: i64, query: &DatasetQuery, format: ExportFormat) -> String {
    let mut params = ParamsMap::new();
    put(&mut params, "format", Some(format.word().to_owned()));
    put(&mut params, "version", query.version.map(|version| version.to_string()));
    put(&mut params, "search", query.filter.search.clone());
    for ColumnTest { column, test } in &query.filter.tests {
        let (word, value) = match test {
            Test::Empty(empty) => ("empty", if *empty { "true" } else { "false" }),
            other => (words(other).0, words(other).1.unwrap_or_default()),
        };
        params.insert(format!("{word}:{column}"), value.to_owned());
    }
    format!("/api{}/export{}", page(id), params.to_query_string())
}

/// The word of an order, as it stands in an address.
pub(super) fn sort_word((name, descending): &(String, bool)) -> String {
    format!("{}{name}", if *descending { "-" } else { "" })
}

/// What a column is tested for, as the form of the page says it.
pub(super) fn words(test: &Test) -> (&'static str, Option<&str>) {
    match test {
        Test::Contains(value) => ("contains", Some(value)),
        Test::Equals(value) => ("eq", Some(value)),
        Test::Min(value) => ("min", Some(value)),
        Test::Max(value) => ("max", Some(value)),
        Test::Empty(true) => ("empty", None),
        Test::Empty(false) => ("filled", None),
    }
}

fn put(params: &mut ParamsMap, name: &'static str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        params.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use model::dataset::Filter;

    use super::*;

    #[test]
    fn everything_asked_for_stands_in_the_address() {
        let test = |test| ColumnTest { column: "a.b & c".to_owned(), test };
        let mut query = DatasetQuery {
            version: Some(3),
            filter: Filter {
                search: Some("été 1".to_owned()),
                tests: vec![test(Test::Min("1+1".to_owned()))],
            },
            sort: Some(("-x".to_owned(), false)),
            limit: 50,
            offset: 100,
        };
        assert_eq!(
            rows(7, &query),
            "/datasets/7?version=3&search=%C3%A9t%C3%A9%201&column=a%2Eb%20%26%20c&test=min&value=1%2B1&sort=%2Dx&page=3"
        );
        assert_eq!(
            export(7, &query, ExportFormat::Parquet),
            "/api/datasets/7/export?format=parquet&version=3&search=%C3%A9t%C3%A9%201&min%3Aa%2Eb%20%26%20c=1%2B1"
        );
        query = DatasetQuery { limit: 50, ..DatasetQuery::default() };
        assert_eq!(sorted(7, &query, "x"), "/datasets/7?sort=x");
        query.sort = Some(("x".to_owned(), false));
        assert_eq!(sorted(7, &query, "x"), "/datasets/7?sort=%2Dx");
        query.filter.tests = vec![test(Test::Empty(false))];
        assert!(export(7, &query, ExportFormat::Csv).ends_with("?format=csv&empty%3Aa%2Eb%20%26%20c=false"));
    }
}
