//! A page of a data source as it stands in an answer.

use std::borrow::Cow;

use serde::Deserialize;

use crate::common::cell::{Cell, Cells};

/// A page, borrowed from its answer.
#[derive(Debug, Deserialize)]
pub(super) struct RawPage<'a> {
    /// `page`; a wiki lists data sources too.
    #[serde(borrow, default)]
    pub(super) object: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    /// Rounded down to the minute, like the next one.
    #[serde(borrow, default)]
    pub(super) created_time: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) last_edited_time: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) created_by: Cells<'a>,
    /// The values by the name of their property, each with the property's id.
    #[serde(borrow, default)]
    pub(super) properties: Cells<'a>,
    #[serde(default)]
    in_trash: bool,
    #[serde(borrow, default)]
    parent: Cells<'a>,
}

impl<'a> RawPage<'a> {
    /// Whether a data source shows it among its pages.
    pub(super) fn is_in(&self, source_id: &str) -> bool {
        !self.in_trash && self.parent.text("data_source_id") == Some(source_id)
    }

    /// The value of a property, whatever its name is by now.
    pub(super) fn value(&self, id: &str) -> Option<&Cells<'a>> {
        self.properties.0.iter().find_map(|(_, cell)| match cell {
            Cell::Object(value) if value.text("id") == Some(id) => Some(value),
            _ => None,
        })
    }
}
