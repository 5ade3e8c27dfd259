//! A data source's schema: as the API shows it, and as it is changed.

mod change;

pub(super) use change::change;

use serde_json::{Map, Value, json};

use super::state::{Column, SourceState, World};
use super::{Choice, Group, PropertyType, Version, render, rich_text};

/// The data source object.
pub(super) fn data_source(world: &World, source: &SourceState, version: Version) -> Value {
    let properties: Map<String, Value> =
        source.columns.iter().map(|column| (column.name.clone(), property(world, column))).collect();
    let in_trash = world.database(source.database).is_some_and(|database| database.in_trash);
    let mut object = json!({
        "object": "data_source", "id": source.id, "title": [rich_text::text(&source.name, None)],
        "description": [], "parent": {"type": "database_id", "database_id": source.database},
        "database_parent": {"type": "workspace", "workspace": true}, "is_inline": false, "icon": null,
        "cover": null, "url": render::url(source.database), "public_url": null, "properties": properties,
    });
    render::stamps(&mut object, source.stamp, source.edited);
    render::trash(&mut object, in_trash, version);
    object
}

fn property(world: &World, column: &Column) -> Value {
    let kind = column.kind.name();
    let mut object = json!({
        "id": column.shown_id(), "name": column.name, "description": column.description, "type": kind,
    });
    object[kind] = settings(world, &column.kind);
    object
}

fn settings(world: &World, kind: &PropertyType) -> Value {
    use PropertyType as T;
    match kind {
        T::Number { format } => json!({ "format": format }),
        T::Select(choices) | T::MultiSelect(choices) => json!({"options": options(choices)}),
        T::Status(choices) => json!({"options": options(choices), "groups": groups(choices)}),
        T::Relation { source, synced } => {
            let other = world.source(*source);
            let mut object = json!({
                "database_id": other.map(|other| other.database), "data_source_id": source,
                "type": "single_property", "single_property": {},
            });
            if let Some(name) = synced {
                let id = other.and_then(|other| other.column(name)).map(Column::shown_id);
                object = json!({
                    "database_id": object["database_id"], "data_source_id": source, "type": "dual_property",
                    "dual_property": {"synced_property_id": id, "synced_property_name": name},
                });
            }
            object
        }
        T::Rollup { relation, target, function } => json!({
            "relation_property_name": relation, "rollup_property_name": target, "function": function,
        }),
        T::Formula { expression } => json!({ "expression": expression }),
        T::UniqueId { prefix } => json!({ "prefix": prefix }),
        _ => json!({}),
    }
}

fn options(choices: &[Choice]) -> Value {
    let option = |choice: &Choice| json!({"id": choice.id, "name": choice.name, "color": choice.color, "description": null});
    choices.iter().map(option).collect()
}

fn groups(choices: &[Choice]) -> Value {
    let all = [
        (Group::ToDo, "To-do", "gray"),
        (Group::InProgress, "In progress", "blue"),
        (Group::Complete, "Complete", "green"),
    ];
    let group = |(group, name, color): (Group, &str, &str)| {
        let ids: Vec<&str> =
            choices.iter().filter(|choice| choice.group == group).map(|choice| choice.id.as_str()).collect();
        json!({"id": super::Id::named(&format!("group/{name}")), "name": name, "color": color, "option_ids": ids})
    };
    all.into_iter().map(group).collect()
}
