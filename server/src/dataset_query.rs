//! Which rows of a dataset a query asks for, of the JSON API and of its page.
//!
//! A column is tested by a parameter called like it, with what is tested before it: `min:price=10`. A plain
//! `eq:` is for values, so that no column's name can be taken for another parameter.

use app::DatasetAsked;
use hub::{DatasetQuery, ExportFormat};
use model::dataset::{ColumnTest, Filter, Test};
use utoipa::IntoParams;

use crate::ApiError;
use crate::params::{Params, from_one, from_zero};

/// Rows given when nobody says how many, and at most.
const LIMIT: u32 = 100;
const MOST: u32 = 1_000;

/// Entries on one page.
const PAGE: u32 = 50;

/// What a column may be tested for.
const TESTS: [&str; 5] = ["eq", "contains", "min", "max", "empty"];

/// The same in the form of the page, where nothing has to be typed for what is empty.
const PAGE_TESTS: [&str; 6] = ["contains", "eq", "min", "max", "empty", "filled"];

/// The parts of the page.
const TABS: [&str; 4] = ["rows", "columns", "versions", "differences"];

/// The query of a page. One column is tested, by `column`, `test` and `value`; `page` counts from 1.
///
/// # Errors
/// Every fault in one text.
pub(crate) fn of_page(query: &str) -> Result<DatasetAsked, ApiError> {
    let mut params = Params::parse(query);
    let tab = params.one("tab");
    let asked = match tab.as_deref().unwrap_or("rows") {
        "columns" => DatasetAsked::Columns { version: version(&mut params) },
        "versions" => DatasetAsked::Versions { limit: PAGE, offset: before(&mut params) },
        "differences" => DatasetAsked::Differences {
            version: version(&mut params),
            limit: PAGE,
            offset: before(&mut params),
        },
        word => {
            if word != "rows" {
                params.not_a_choice("tab", word, &TABS);
            }
            DatasetAsked::Rows(DatasetQuery {
                version: version(&mut params),
                sort: sort(&mut params),
                limit: PAGE,
                offset: u64::from(before(&mut params)),
                filter: Filter {
                    tests: page_test(&mut params).into_iter().collect(),
                    search: params.one("search").filter(|words| !words.trim().is_empty()),
                },
            })
        }
    };
    params.finish().map(|()| asked)
}

/// How many entries come before those of the page.
fn before(params: &mut Params) -> u32 {
    params.number("page", 1).unwrap_or(1).saturating_sub(1).saturating_mul(PAGE)
}

/// What the form tests; nothing where a column or what it must hold was left blank.
fn page_test(params: &mut Params) -> Option<ColumnTest> {
    let (column, word, value) = (params.one("column"), params.one("test"), params.one("value"));
    let word = word.as_deref().unwrap_or("contains");
    if !PAGE_TESTS.contains(&word) {
        params.not_a_choice("test", word, &PAGE_TESTS);
    }
    let test = match (word, value) {
        ("empty", _) => Test::Empty(true),
        ("filled", _) => Test::Empty(false),
        (_, None) => return None,
        ("eq", Some(value)) => Test::Equals(value),
        ("min", Some(value)) => Test::Min(value),
        ("max", Some(value)) => Test::Max(value),
        (_, Some(value)) => Test::Contains(value),
    };
    Some(ColumnTest { column: column?, test })
}

/// The query of a part of the rows.
///
/// # Errors
/// Every fault in one text.
pub(crate) fn rows(query: &str) -> Result<DatasetQuery, ApiError> {
    let mut params = Params::parse(query);
    let asked = DatasetQuery {
        version: version(&mut params),
        sort: sort(&mut params),
        limit: limit(&mut params),
        offset: u64::from(params.number("offset", 0).unwrap_or_default()),
        filter: filter(&mut params),
    };
    params.finish().map(|()| asked)
}

/// The query of a file: its format, its version, which rows.
///
/// # Errors
/// Every fault in one text.
pub(crate) fn export(query: &str) -> Result<(ExportFormat, Option<i64>, Filter), ApiError> {
    let mut params = Params::parse(query);
    let format = params.one("format").and_then(|word| {
        let format = ExportFormat::from_word(&word);
        if format.is_none() {
            params.not_a_choice("format", &word, &ExportFormat::ALL.map(ExportFormat::word));
        }
        format
    });
    let version = version(&mut params);
    let filter = filter(&mut params);
    params.finish().map(|()| (format.unwrap_or(ExportFormat::Csv), version, filter))
}

fn version(params: &mut Params) -> Option<i64> {
    params.number("version", 1).map(i64::from)
}

fn sort(params: &mut Params) -> Option<(String, bool)> {
    params.one("sort").map(|word| match word.strip_prefix('-') {
        Some(name) => (name.to_owned(), true),
        None => (word, false),
    })
}

/// How many rows.
pub(crate) fn limit(params: &mut Params) -> u32 {
    params.number("limit", 1).unwrap_or(LIMIT).min(MOST)
}

fn filter(params: &mut Params) -> Filter {
    let mut tests = Vec::new();
    for word in TESTS {
        for (column, value) in params.starting(&format!("{word}:")) {
            let test = match (word, value.as_str()) {
                ("eq", _) => Test::Equals(value),
                ("contains", _) => Test::Contains(value),
                ("min", _) => Test::Min(value),
                ("max", _) => Test::Max(value),
                (_, "true") => Test::Empty(true),
                (_, "false") => Test::Empty(false),
                _ => {
                    params.not_a_choice(&format!("{word}:{column}"), &value, &["true", "false"]);
                    continue;
                }
            };
            tests.push(ColumnTest { column, test });
        }
    }
    Filter { search: params.one("search"), tests }
}

/// Which rows. Columns are tested by parameters called like them: `eq:COLUMN` (this
/// value), `contains:COLUMN` (this text), `min:COLUMN`, `max:COLUMN` (by the column's type), `empty:COLUMN`
/// (`true` or `false`).
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "its fields are read by the documentation only")]
pub(crate) struct DatasetQueryDoc {
    /// The present version when absent.
    #[param(schema_with = from_one)]
    version: Option<u64>,
    /// Words that all stand in the row, whatever their case and accents.
    search: Option<String>,
}

/// In which order, and which part of them.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "its fields are read by the documentation only")]
pub(crate) struct DatasetPartDoc {
    /// A column's name, after `-` for the largest first; in the order of the source when absent.
    sort: Option<String>,
    /// At most that many: 100 when absent, 1,000 at most.
    #[param(schema_with = from_one)]
    limit: Option<u64>,
    /// After that many.
    #[param(schema_with = from_zero)]
    offset: Option<u64>,
}
