//! A record as it stands in a page, borrowed from it.

use std::borrow::Cow;

use serde::Deserialize;

pub(super) use crate::common::cell::{Cell, Cells};

/// A record as it stands in a page.
#[derive(Debug, Deserialize)]
pub(super) struct RawRecord<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    /// The cells by field id; empty ones are left out.
    #[serde(borrow, default)]
    pub(super) fields: Cells<'a>,
}
