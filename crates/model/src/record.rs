//! A record of a service: its identity and the fields that were read.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::value::Value;

/// The service's own id of a field. Shared, because every record of a page carries the same ones.
pub type FieldKey = Arc<str>;

/// One row of a stream. Its identity is the service's id, never a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The service's id of the record.
    pub id: String,
    /// When the service says it was last modified, where it does.
    pub modified_at: Option<DateTime<Utc>>,
    /// What was read. A field that is not here is absent: nothing is known about it.
    pub fields: BTreeMap<FieldKey, Value>,
}
