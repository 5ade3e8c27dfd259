//! A rectangle of cells, as requests name it.

use serde::{Deserialize, Serialize};

/// `GridRange`: indices from 0, ends exclusive; what is left out reaches to the edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct GridRange {
    pub(super) sheet_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_row_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_row_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_column_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_column_index: Option<usize>,
}

/// A rectangle within a grid: rows and columns from 0, ends exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) left: usize,
    pub(super) right: usize,
}

impl GridRange {
    /// The part of it that lies within a grid; `None` where none does.
    pub(super) fn within(&self, rows: usize, columns: usize) -> Option<Area> {
        let area = Area {
            top: self.start_row_index.unwrap_or(0),
            bottom: self.end_row_index.unwrap_or(rows).min(rows),
            left: self.start_column_index.unwrap_or(0),
            right: self.end_column_index.unwrap_or(columns).min(columns),
        };
        (area.top < area.bottom && area.left < area.right).then_some(area)
    }
}

impl Area {
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.top < other.bottom
            && other.top < self.bottom
            && self.left < other.right
            && other.left < self.right
    }

    pub(super) fn grid_range(&self, sheet_id: i64) -> GridRange {
        GridRange {
            sheet_id,
            start_row_index: Some(self.top),
            end_row_index: Some(self.bottom),
            start_column_index: Some(self.left),
            end_column_index: Some(self.right),
        }
    }
}
