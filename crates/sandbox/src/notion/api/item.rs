//! One property of a page in full: what a page object only begins to show.

use serde_json::{Value, json};

use super::Request;
use super::list::{self, Paging};
use crate::notion::render::Cell;
use crate::notion::state::World;
use crate::notion::{PropertyType, Refusal};

pub(super) fn item(
    world: &mut World,
    request: &Request<'_>,
    page: &str,
    property: &str,
) -> Result<Value, Refusal> {
    Request::needs(request.grant.read)?;
    let (source, page) = request.page(world, page)?;
    let column = source
        .column(property)
        .ok_or_else(|| Refusal::validation(format!("Could not find property with name or id: {property}")))?;
    let paging = Paging::from_query(request)?;
    let at = Cell { world, source, page, column, now: request.job.now, with_email: request.with_email() };
    let (id, kind) = (column.shown_id(), column.kind.name());
    let value = at.value(usize::MAX);
    let one =
        |kind: &str, value: &Value| json!({"object": "property_item", "id": id, "type": kind, kind: value});
    let question = format!("item/{}/{id}", page.id);
    let (items, summary) = match &column.kind {
        PropertyType::Title
        | PropertyType::RichText
        | PropertyType::People
        | PropertyType::Relation { .. } => {
            let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
            (list.iter().map(|item| one(kind, item)).collect(), json!({}))
        }
        PropertyType::Rollup { relation, .. } => {
            let related = at.related(relation);
            (related.iter().map(|id| one("relation", &json!({ "id": id }))).collect(), value)
        }
        _ => return Ok(one(kind, &value)),
    };
    let path = format!("{}{}", request.job.url, request.job.asked.path());
    let mut list = list::page(world, request, &paging, "property_item", &question, items)?;
    let next = list["next_cursor"]
        .as_str()
        .map(|cursor| format!("{path}?start_cursor={cursor}&page_size={}", paging.size));
    let mut described = json!({"id": id, "next_url": next, "type": kind});
    described[kind] = match summary["function"].as_str() {
        // The aggregate is whole only with the last page.
        Some(function) if next.is_some() => {
            json!({"type": "incomplete", "incomplete": {}, "function": function})
        }
        _ => summary,
    };
    list["property_item"] = described;
    Ok(list)
}
