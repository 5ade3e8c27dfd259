//! Records found by a word.

use serde_json::{Value, json};

use super::Entity;
use super::list::{Asked, Page};
use super::refusal::Refusal;
use super::state::World;

/// What `GET …/search` finds: in titles and names only, which is all that is asked for here.
///
/// # Errors
/// The word is too short, or a parameter is wrong.
pub(super) fn search(world: &World, entity: Entity, asked: &Asked) -> Result<Page, Refusal> {
    let text =
        |name: &str| asked.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let is_exact = text("exact_match") == "true";
    let term = text("term").trim().to_lowercase();
    if term.chars().count() < if is_exact { 1 } else { 2 } {
        return Err(Refusal::invalid("term", "must be at least 2 characters long"));
    }
    // Without case: documented for exact matches too.
    let fits = |name: &str| {
        let name = name.to_lowercase();
        if is_exact { name == term } else { name.contains(&term) }
    };
    let found = world.set(entity).records.iter().filter_map(|(id, record)| {
        let name = record.values.get(entity.title()).and_then(Value::as_str)?;
        let item = json!({"id": id, "type": entity.word().to_lowercase(), entity.title(): name});
        fits(name).then(|| json!({"result_score": 1, "item": item}))
    });
    let items: Vec<Value> = found.take(asked.limit()?).collect();
    Ok(Page { data: json!({ "items": items }), next_cursor: Value::Null })
}
