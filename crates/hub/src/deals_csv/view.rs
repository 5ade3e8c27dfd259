//! What is shown of a file before anything of it is written.

use connectors::csv_file::{Column, Form};
use model::api::PlanBody;
use model::deals_csv::{DayOrder, read_row};
use model::decimal::Mark;
use model::table::TextRow;
use model::{DealField, DealValues, Lang, StatusWords};

use super::choices::CsvChoices;
use super::file::DealsFile;
use super::reading::broken;

/// A file before it is imported.
#[derive(Clone, Debug)]
pub struct CsvView {
    /// What its sender calls it.
    pub name: String,
    /// Its bytes.
    pub size: u64,
    /// How it is written.
    pub form: Form,
    /// The decimal mark of its amounts; `None` where they show none, or both.
    pub mark: Option<Mark>,
    /// What stands first in its dates.
    pub days: DayOrder,
    /// What a person said of it.
    pub choices: CsvChoices,
    /// Its columns, in order.
    pub columns: Vec<CsvColumnView>,
    /// Its first rows.
    pub rows: Vec<CsvRowView>,
    /// How many rows it has.
    pub count: u64,
    /// What keeps it from being imported: needed columns that were not found, no row at all.
    pub fault: Option<crate::Error>,
    /// What to know although it can be imported.
    pub notices: Vec<String>,
    /// What the import would do.
    pub plan: Option<PlanBody>,
}

/// A column of a file.
#[derive(Clone, Debug)]
pub struct CsvColumnView {
    /// As the file has it.
    pub name: String,
    /// The field of a deal it holds.
    pub field: Option<DealField>,
    /// Whether it holds what the deal is called where the file comes from.
    pub is_id: bool,
}

/// A row of a file.
#[derive(Clone, Debug)]
pub struct CsvRowView {
    /// The line it stands on.
    pub line: u64,
    /// Its cells, one for each column.
    pub cells: Vec<String>,
    /// What its deal would be, as far as it can be read.
    pub values: DealValues,
    /// What is wrong with it: in that column, or as a whole.
    pub faults: Vec<(Option<usize>, String)>,
}

/// What is to be shown of a file.
pub(super) fn view(file: &DealsFile, plan: Option<PlanBody>, lang: Lang) -> CsvView {
    let DealsFile { upload, look, choices, layout } = file;
    let column = |(place, column): (usize, &Column)| CsvColumnView {
        name: column.name.clone(),
        field: layout.columns.fields.iter().find(|(_, at)| **at == place).map(|(field, _)| *field),
        is_id: layout.columns.id == Some(place),
    };
    CsvView {
        name: upload.name.clone(),
        size: upload.size,
        form: look.form,
        mark: layout.mark,
        days: layout.days,
        choices: choices.clone(),
        columns: look.columns.iter().enumerate().map(column).collect(),
        rows: look.first.iter().map(|row| row_view(file, &row, lang)).collect(),
        count: look.rows,
        fault: file.usable().err(),
        notices: file.notices().iter().map(|notice| notice.get(lang).to_owned()).collect(),
        plan,
    }
}

fn row_view(file: &DealsFile, row: &TextRow<'_>, lang: Lang) -> CsvRowView {
    let DealsFile { look, layout, .. } = file;
    let cell = |place| row.cell(place).map(model::parse::shorten).unwrap_or_default();
    let told = |text: &model::Text| text.get(lang).to_owned();
    let mapped = read_row(row, layout, &StatusWords::default());
    let faults = match broken(row, look) {
        Some(text) => vec![(None, told(&text))],
        None => {
            let unread: Vec<DealField> = mapped.faults.iter().map(|fault| fault.field).collect();
            let invalid =
                mapped.values.faults(true).into_iter().filter(|fault| !unread.contains(&fault.field));
            let all = mapped.faults.iter().cloned().chain(invalid);
            all.map(|fault| (layout.columns.fields.get(&fault.field).copied(), told(&fault.text))).collect()
        }
    };
    let cells = (0..look.columns.len()).map(cell).collect();
    CsvRowView { line: row.origin, cells, values: mapped.values, faults }
}
