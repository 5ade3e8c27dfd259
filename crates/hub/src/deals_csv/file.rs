//! A file of deals: what it shows, what a person said of it, and how it is read.

use std::sync::Arc;

use connectors::csv_file::{Look, look};
use model::deals_csv::{Columns, DayOrder, Layout, recognised};
use model::decimal::Mark;
use model::fold::fold;
use model::{DealField, Text};

use super::choices::CsvChoices;
use super::handed_in::Upload;
use super::texts;
use crate::sync::broken;
use crate::{Error, Result};

/// Columns whose lists ClickUp writes in brackets.
const BRACKETED: [&str; 2] = ["tags", "assignees"];

/// How many rows a file may have: twice the deals that the pages are made for. An import remembers some 60 bytes
/// of every row, and its preview keeps a change of each in the database.
const MOST_ROWS: u64 = 200_000;

/// A file that was looked at.
pub(crate) struct DealsFile {
    pub(super) upload: Arc<Upload>,
    pub(super) look: Look,
    pub(super) choices: CsvChoices,
    pub(super) layout: Layout,
}

impl DealsFile {
    /// Looks at a file, from end to end, a portion in memory.
    ///
    /// # Errors
    /// It is no CSV, or has more than 200,000 rows.
    pub(super) async fn look_at(upload: Arc<Upload>, choices: CsvChoices) -> Result<DealsFile> {
        let (looked_at, said) = (Arc::clone(&upload), choices.said);
        let look = tokio::task::spawn_blocking(move || look(looked_at.path(), said))
            .await
            .map_err(|_| Error::from(broken()))??;
        if look.rows > MOST_ROWS {
            return Err(texts::too_many_rows(look.rows, MOST_ROWS));
        }
        let layout = layout(&look, &choices);
        Ok(DealsFile { upload, look, choices, layout })
    }

    /// The same file, read as `choices` say. It is looked at anew only for letters or a delimiter that it was not
    /// read with.
    ///
    /// # Errors
    /// Read like that, it is no CSV, or has more than 200,000 rows.
    pub(super) async fn reread(&self, choices: CsvChoices) -> Result<DealsFile> {
        let (form, before, said) = (self.look.form, self.choices.said, choices.said);
        let are_its = said.letters == before.letters || said.letters == Some(form.letters);
        let is_its = said.delimiter == before.delimiter || said.delimiter == Some(form.delimiter);
        let upload = Arc::clone(&self.upload);
        if !(are_its && is_its) {
            return DealsFile::look_at(upload, choices).await;
        }
        let layout = layout(&self.look, &choices);
        Ok(DealsFile { upload, look: self.look.clone(), choices, layout })
    }

    /// Whether both are the same file read in the same way, whoever chose it.
    pub(super) fn is_read_as(&self, other: &DealsFile) -> bool {
        Arc::ptr_eq(&self.upload, &other.upload)
            && self.look.form == other.look.form
            && self.layout == other.layout
    }

    /// The fields a deal cannot be without that no column holds.
    pub(super) fn missing(&self) -> Vec<DealField> {
        let has = |field: &DealField| self.layout.columns.fields.contains_key(field);
        DealField::ALL.into_iter().filter(|field| field.required() && !has(field)).collect()
    }

    /// Why nothing can be read of it; nothing is wrong when it comes back.
    pub(super) fn usable(&self) -> Result<()> {
        let missing = self.missing();
        if !missing.is_empty() {
            return Err(texts::columns_missing(&missing, &self.look));
        }
        if self.look.rows == 0 {
            return Err(texts::no_rows());
        }
        Ok(())
    }

    /// What to know although it can be read.
    pub(super) fn notices(&self) -> Vec<Text> {
        let Look { changes_at, damaged_at, columns, .. } = &self.look;
        let mut notices: Vec<Text> = changes_at.map(texts::changes).into_iter().collect();
        notices.extend(damaged_at.map(texts::damaged));
        for (place, column) in columns.iter().enumerate() {
            let earlier = columns.iter().take(place).any(|other| fold(&other.name) == fold(&column.name));
            if earlier && !column.name.trim().is_empty() {
                notices.push(texts::twice(&column.name));
            }
        }
        notices
    }
}

fn layout(look: &Look, choices: &CsvChoices) -> Layout {
    let names: Vec<String> = look.columns.iter().map(|column| column.name.clone()).collect();
    let chosen = choices.columns.as_ref().filter(|(count, _)| *count == names.len());
    let columns = chosen.map_or_else(|| recognised(&names), |(_, columns)| columns.clone());
    let bracketed = |field: &DealField| {
        let name = columns.fields.get(field).and_then(|place| names.get(*place));
        name.is_some_and(|name| BRACKETED.contains(&fold(name).as_str()))
    };
    Layout {
        mark: choices.mark.or_else(|| shown_mark(look, &columns)),
        days: choices.days.unwrap_or_else(|| shown_days(look, &columns)),
        bracketed: DealField::ALL.into_iter().filter(bracketed).collect(),
        columns,
    }
}

/// The decimal mark the amounts of the file show, where they all show the same.
pub(super) fn shown_mark(look: &Look, columns: &Columns) -> Option<Mark> {
    let column = look.columns.get(*columns.fields.get(&DealField::MontantBrut)?)?;
    match (column.commas, column.points) {
        (1.., 0) => Some(Mark::Comma),
        (0, 1..) => Some(Mark::Point),
        _ => None,
    }
}

/// What stands first in the dates of the file: the month only where some cannot be read otherwise, and none can
/// only be read with the day first.
pub(super) fn shown_days(look: &Look, columns: &Columns) -> DayOrder {
    let column = columns.fields.get(&DealField::DateEcheance).and_then(|place| look.columns.get(*place));
    match column.map(|column| (column.day_first, column.month_first)) {
        Some((0, 1..)) => DayOrder::MonthFirst,
        _ => DayOrder::DayFirst,
    }
}
