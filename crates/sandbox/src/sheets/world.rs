//! What is behind the door: spreadsheets and who may see them.

use std::collections::HashMap;

use super::access::Access;
use super::grid::{MOST_CELLS, Sheet};
use super::limiter::Limiter;
use super::options::Limits;
use super::range::GridRange;

/// What a spreadsheet is shared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who may look at it.
    Reader,
    /// Who may change it.
    Writer,
}

/// A spreadsheet.
#[derive(Clone, Debug)]
pub(super) struct Spreadsheet {
    pub(super) title: String,
    pub(super) locale: String,
    pub(super) time_zone: String,
    pub(super) sheets: Vec<Sheet>,
    /// By address.
    pub(super) shared: HashMap<String, Role>,
    /// Cells all tabs may have together.
    pub(super) most_cells: usize,
}

impl Spreadsheet {
    pub(super) fn new(title: &str, locale: &str, time_zone: &str) -> Self {
        Self {
            title: title.to_owned(),
            locale: locale.to_owned(),
            time_zone: time_zone.to_owned(),
            sheets: Vec::new(),
            shared: HashMap::new(),
            most_cells: MOST_CELLS,
        }
    }

    pub(super) fn sheet(&self, id: i64) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.id == id)
    }

    pub(super) fn sheet_mut(&mut self, id: i64) -> Option<&mut Sheet> {
        self.sheets.iter_mut().find(|sheet| sheet.id == id)
    }

    pub(super) fn of(&self, range: &GridRange) -> Option<&Sheet> {
        self.sheet(range.sheet_id)
    }

    pub(super) fn cells(&self) -> usize {
        self.sheets.iter().map(|sheet| sheet.rows * sheet.columns).sum()
    }
}

/// The service's state.
pub(super) struct World {
    pub(super) spreadsheets: HashMap<String, Spreadsheet>,
    pub(super) access: Access,
    pub(super) limiter: Limiter,
    /// The API is switched off in the client's project.
    pub(super) is_disabled: bool,
}

impl World {
    pub(super) fn new(limits: Limits, access: Access) -> Self {
        Self { spreadsheets: HashMap::new(), access, limiter: Limiter::new(limits), is_disabled: false }
    }
}
