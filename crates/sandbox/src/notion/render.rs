//! Objects as the API shows them.

mod page;
mod rollup;
mod value;

use serde_json::{Value, json};

pub(super) use page::{Page, page};
pub(super) use rollup::rollup;
pub(super) use value::{Cell, INLINE, cell};

use super::moments::shown;
use super::state::{DatabaseState, Stamp, User, World};
use super::{Id, Version, rich_text};

/// The address of a page or a database.
pub(super) fn url(id: Id) -> String {
    format!("https://www.notion.so/{}", id.plain())
}

/// Who and when, as every object tells it.
pub(super) fn stamps(object: &mut Value, created: Stamp, edited: Stamp) {
    object["created_time"] = shown(created.at).into();
    object["last_edited_time"] = shown(edited.at).into();
    object["created_by"] = json!({"object": "user", "id": created.by});
    object["last_edited_by"] = json!({"object": "user", "id": edited.by});
}

/// The delete flag, under the names of the version.
pub(super) fn trash(object: &mut Value, in_trash: bool, version: Version) {
    object["in_trash"] = in_trash.into();
    if version.has_archived() {
        object["archived"] = in_trash.into();
    }
}

/// A user.
pub(super) fn user(user: &User, with_email: bool) -> Value {
    let mut object = json!({"object": "user", "id": user.id, "name": user.name, "avatar_url": null});
    match &user.email {
        Some(email) => {
            object["type"] = "person".into();
            object["person"] = if with_email { json!({ "email": email }) } else { json!({}) };
        }
        None => {
            object["type"] = "bot".into();
            object["bot"] = json!({});
        }
    }
    object
}

/// A database with its data sources.
pub(super) fn database(world: &World, database: &DatabaseState, version: Version) -> Value {
    let sources = world.sources_of(database.id);
    let sources: Vec<Value> = sources.map(|source| json!({"id": source.id, "name": source.name})).collect();
    let mut object = json!({
        "object": "database", "id": database.id, "title": [rich_text::text(&database.name, None)],
        "description": [], "parent": {"type": "workspace", "workspace": true}, "is_inline": false,
        "is_locked": false, "data_sources": sources, "icon": null, "cover": null,
        "url": url(database.id), "public_url": null,
    });
    stamps(&mut object, database.stamp, database.stamp);
    trash(&mut object, database.in_trash, version);
    object
}
