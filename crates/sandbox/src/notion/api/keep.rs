//! Keeps what happens to a page, and tells those who want to be told.

use serde_json::{Map, Value, json};

use crate::notion::accept::Accepted;
use crate::notion::state::{PageState, Stamp, World};
use crate::notion::webhooks::Change;
use crate::notion::{Id, PropertyType};

/// Puts a page into the trash, or takes it out; whether there is one.
pub(in crate::notion) fn set_trashed(
    world: &mut World,
    source: Id,
    id: Id,
    in_trash: bool,
    stamp: Stamp,
) -> bool {
    let Some(page) = world.source_mut(source).and_then(|source| source.page_mut(id)) else { return false };
    page.edited = stamp;
    if std::mem::replace(&mut page.in_trash, in_trash) != in_trash {
        let change = if in_trash { Change::Deleted } else { Change::Undeleted };
        world.tell_page(source, id, change, stamp);
    }
    true
}

/// Keeps what was accepted: a new page, or new cells of a known one.
pub(in crate::notion) fn store(world: &mut World, source: Id, id: Id, accepted: Accepted, stamp: Stamp) {
    let Some(owner) = world.source_mut(source) else {
        return;
    };
    for (property, choice) in accepted.choices {
        let choices = owner.column_mut(&property).and_then(|column| column.kind.choices_mut());
        if let Some(choices) = choices.filter(|choices| choices.iter().all(|known| known.id != choice.id)) {
            choices.push(choice);
        }
    }
    let is_new = owner.page(id).is_none();
    if is_new {
        let cells = Map::new();
        owner.push(PageState { id, number: 0, created: stamp, edited: stamp, in_trash: false, cells });
    }
    let mut mirrored = Vec::new();
    for (property, cell) in &accepted.cells {
        let column = owner.column(property);
        if let Some(PropertyType::Relation { source: other, synced: Some(name) }) =
            column.map(|column| &column.kind)
        {
            let before = owner.page(id).map_or(Value::Null, |page| page.cell(property).clone());
            mirrored.push((*other, name.clone(), before, cell.clone()));
        }
    }
    let held = owner.page(id);
    let differs = |property: &str, cell: &Value| held.is_some_and(|page| page.cell(property) != cell);
    let changed = accepted.cells.iter().filter(|(property, cell)| differs(property, cell));
    let changed: Vec<String> =
        changed.filter_map(|(property, _)| Some(owner.column(property)?.shown_id())).collect();
    if let Some(page) = owner.page_mut(id) {
        page.cells.extend(accepted.cells);
        page.edited = stamp;
    }
    if is_new {
        world.tell_page(source, id, Change::Created, stamp);
    } else if !changed.is_empty() {
        world.tell_page(source, id, Change::Updated(&changed), stamp);
    }
    for (other, name, before, after) in mirrored {
        mirror(world, other, &name, id, (&before, &after), stamp);
    }
}

/// Shows a changed relation on its other side.
fn mirror(
    world: &mut World,
    source: Id,
    name: &str,
    page: Id,
    (before, after): (&Value, &Value),
    stamp: Stamp,
) {
    let Some(other) = world.source_mut(source) else { return };
    let Some((property, shown)) = other.column(name).map(|column| (column.id.clone(), column.shown_id()))
    else {
        return;
    };
    let ids = |list: &Value| -> Vec<Id> {
        list.as_array().into_iter().flatten().filter_map(|id| Id::parse(id.as_str()?)).collect()
    };
    let (before, after) = (ids(before), ids(after));
    for id in before.iter().chain(&after) {
        let Some(row) = other.page_mut(*id) else { continue };
        let cell = row.cells.entry(property.clone()).or_insert_with(|| json!([]));
        let Some(list) = cell.as_array_mut() else { continue };
        let own = json!(page);
        list.retain(|known| *known != own);
        if after.contains(id) {
            list.push(own);
        }
    }
    let differ = before.iter().filter(|id| !after.contains(id));
    let differ = differ.chain(after.iter().filter(|id| !before.contains(id)));
    for id in differ.filter(|id| world.page(**id).is_some()).copied().collect::<Vec<_>>() {
        world.tell_page(source, id, Change::Updated(std::slice::from_ref(&shown)), stamp);
    }
}
