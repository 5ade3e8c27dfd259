//! A page.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{Cell, cell, stamps, trash, url};
use crate::notion::Version;
use crate::notion::state::{PageState, SourceState, World};

/// How pages are shown to one caller.
pub(in crate::notion) struct Page<'a> {
    pub(in crate::notion) world: &'a World,
    pub(in crate::notion) source: &'a SourceState,
    pub(in crate::notion) version: Version,
    pub(in crate::notion) now: DateTime<Utc>,
    pub(in crate::notion) with_email: bool,
    /// Ids of the properties to show; all if there are none.
    pub(in crate::notion) only: &'a [String],
}

/// The page object.
pub(in crate::notion) fn page(how: &Page<'_>, page: &PageState) -> Value {
    let source = how.source;
    let wanted = |id: &String| how.only.is_empty() || how.only.contains(id);
    let properties = source.columns.iter().filter(|column| wanted(&column.id)).map(|column| {
        let at = Cell { world: how.world, source, page, column, now: how.now, with_email: how.with_email };
        (column.name.clone(), cell(&at))
    });
    let properties: Map<String, Value> = properties.collect();
    let mut object = json!({
        "object": "page", "id": page.id, "cover": null, "icon": null,
        "parent": {"type": "data_source_id", "data_source_id": source.id, "database_id": source.database},
        "is_locked": false, "properties": properties, "url": url(page.id), "public_url": null,
    });
    stamps(&mut object, page.created, page.edited);
    trash(&mut object, page.in_trash, how.version);
    object
}
