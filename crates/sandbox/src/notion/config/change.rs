//! Changes to a schema: properties added, renamed, changed and removed.

use serde_json::{Map, Value, json};

use crate::notion::state::SourceState;
use crate::notion::{Choice, Id, Property, PropertyType, Refusal};

/// Applies the `properties` of a change. Of a refused change nothing is done.
///
/// Cells of a property whose type changes are emptied; the real service keeps what it can convert.
pub(in crate::notion) fn change(source: &mut SourceState, given: &Map<String, Value>) -> Result<(), Refusal> {
    let before = source.columns.clone();
    if let Err(refusal) = given.iter().try_for_each(|(key, value)| one(source, key, value)) {
        source.columns = before;
        return Err(refusal);
    }
    for old in before {
        let kept = source.columns.iter().find(|column| column.id == old.id);
        if kept.is_none_or(|column| column.kind.name() != old.kind.name()) {
            source.empty(&old.id);
        }
    }
    Ok(())
}

fn one(source: &mut SourceState, key: &str, value: &Value) -> Result<(), Refusal> {
    let place = format!("body.properties.{key}");
    if value.is_null() {
        return source.remove_column(key).map(drop);
    }
    let wanted =
        value.as_object().ok_or_else(|| Refusal::body(&place, "be an object or `null`", Some(value)))?;
    let name = wanted.get("name").and_then(Value::as_str);
    let kind = kind(wanted, &place)?;
    if source.column(key).is_none() {
        let kind = kind.ok_or_else(|| Refusal::unknown_property(key))?;
        if kind == PropertyType::Title {
            return Err(Refusal::validation("Cannot create a second title property."));
        }
        source.add_column(Property::new(name.unwrap_or(key), kind));
        return Ok(());
    }
    let taken = |name: &str| source.columns.iter().any(|column| column.name == name && !column.is(key));
    if let Some(name) = name.filter(|name| taken(name)) {
        // The text is unverified.
        return Err(Refusal::validation(format!("Cannot rename property: \"{name}\" already exists.")));
    }
    if let Some(column) = source.column_mut(key) {
        if let Some(name) = name {
            name.clone_into(&mut column.name);
        }
        if let Some(mut kind) = kind {
            keep(&column.kind, &mut kind);
            column.kind = kind;
        }
    }
    Ok(())
}

/// An option that is named again stays the option it was.
fn keep(old: &PropertyType, new: &mut PropertyType) {
    let old = old.choices().unwrap_or_default();
    for choice in new.choices_mut().into_iter().flatten() {
        if let Some(known) = old.iter().find(|known| known.is(&choice.name) || known.id == choice.id) {
            let given = std::mem::replace(choice, known.clone());
            if given.color != "default" {
                choice.color = given.color;
            }
        }
    }
}

/// The type that a change asks for, if any.
fn kind(wanted: &Map<String, Value>, place: &str) -> Result<Option<PropertyType>, Refusal> {
    use PropertyType as T;
    let setting = |name: &str| wanted.get(name).filter(|value| value.is_object());
    let plain = [
        T::Title,
        T::RichText,
        T::Date,
        T::Checkbox,
        T::People,
        T::Url,
        T::Email,
        T::PhoneNumber,
        T::CreatedTime,
        T::LastEditedTime,
        T::CreatedBy,
        T::LastEditedBy,
        T::Files,
        T::Place,
        T::Button,
        T::Verification,
    ];
    if let Some(kind) = plain.into_iter().find(|kind| setting(kind.name()).is_some()) {
        return Ok(Some(kind));
    }
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    if let Some(number) = setting("number") {
        let format = number["format"].as_str().unwrap_or("number").to_owned();
        return Ok(Some(T::Number { format }));
    }
    if let Some(select) = setting("select") {
        return choices(select, &format!("{place}.select")).map(T::Select).map(Some);
    }
    if let Some(select) = setting("multi_select") {
        return choices(select, &format!("{place}.multi_select")).map(T::MultiSelect).map(Some);
    }
    if let Some(status) = setting("status") {
        return choices(status, &format!("{place}.status")).map(T::Status).map(Some);
    }
    if let Some(formula) = setting("formula") {
        return Ok(Some(T::Formula { expression: text(formula, "expression") }));
    }
    if let Some(unique) = setting("unique_id") {
        return Ok(Some(T::UniqueId { prefix: unique["prefix"].as_str().map(str::to_owned) }));
    }
    if let Some(relation) = setting("relation") {
        let id = relation["data_source_id"].as_str().and_then(Id::parse);
        let place = format!("{place}.relation.data_source_id");
        let source =
            id.ok_or_else(|| Refusal::body(&place, "be a valid uuid", relation.get("data_source_id")))?;
        return Ok(Some(T::relation(source)));
    }
    Ok(setting("rollup").map(|rollup| T::Rollup {
        relation: text(rollup, "relation_property_name"),
        target: text(rollup, "rollup_property_name"),
        function: text(rollup, "function"),
    }))
}

fn choices(select: &Value, place: &str) -> Result<Vec<Choice>, Refusal> {
    let list = select["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    let choice = |(at, given): (usize, &Value)| {
        let (name, id) = (given["name"].as_str(), given["id"].as_str());
        let name = name.or(id).ok_or_else(|| {
            Refusal::body(&format!("{place}.options[{at}].name"), "be defined", given.get("name"))
        })?;
        if name.contains(',') {
            return Err(Refusal::validation(format!("Invalid select option, commas not allowed: {name}")));
        }
        let mut choice = Choice::new(name).color(given["color"].as_str().unwrap_or("default"));
        choice.id = id.map_or(choice.id, str::to_owned);
        Ok(choice)
    };
    if list.len() > 100 {
        let length = json!(list.len());
        return Err(Refusal::body(&format!("{place}.options.length"), "be ≤ `100`", Some(&length)));
    }
    list.iter().enumerate().map(choice).collect()
}
