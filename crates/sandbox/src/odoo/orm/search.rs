//! Finding records: domain, order, offset and limit.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::{Request, read};
use crate::faults::play::Paging;
use crate::odoo::domain::Domain;
use crate::odoo::refusal::Refusal;
use crate::odoo::state::{ModelState, Row, World};

pub(super) fn handle(world: &World, request: &Request<'_>, paging: Paging) -> Result<Value, Refusal> {
    let number = |name: &str| request.get(name).as_u64().and_then(|number| usize::try_from(number).ok());
    let limit = number("limit").filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let mut found =
        if request.method == "name_search" { by_name(world, request)? } else { matching(world, request)? };
    if matches!(paging, Paging::EmptyPage | Paging::EmptyListing) {
        found.clear();
    }
    if request.method == "search_count" {
        return Ok(json!(found.len().min(limit)));
    }
    let model = world.model(request.model)?;
    let order = Order::parse(model, request.get("order").as_str().unwrap_or("id"))?;
    let offset = number("offset").unwrap_or_default();
    let wanted = limit.saturating_add(offset);
    if wanted < found.len() {
        found.select_nth_unstable_by(wanted, |a, b| order.compare(world, model, a, b));
        found.truncate(wanted);
    }
    found.sort_by(|a, b| order.compare(world, model, a, b));
    let ids: Vec<i64> = found.into_iter().skip(offset).map(|row| row.id).collect();
    match request.method {
        "search" => Ok(json!(ids)),
        "name_search" => {
            Ok(ids.iter().map(|id| json!([id, world.display_name(request.model, *id)])).collect())
        }
        _ => read::read(world, request, &ids),
    }
}

/// The records that are seen and match the domain.
fn matching<'w>(world: &'w World, request: &Request<'_>) -> Result<Vec<&'w Row>, Refusal> {
    let model = world.model(request.model)?;
    let domain = Domain::parse(world, model, request.get("domain"))?;
    let hides = request.active_test() && model.field("active").is_some() && !domain.mentions("active");
    let companies = request.companies();
    let seen = |row: &&Row| {
        (!hides || row.values.get("active") == Some(&json!(true)))
            && read::is_of(row, companies.as_deref())
            && domain.matches(world, model, row)
    };
    Ok(model.rows.values().filter(seen).collect())
}

/// The records whose name, or login, answers to a text.
fn by_name<'w>(world: &'w World, request: &Request<'_>) -> Result<Vec<&'w Row>, Refusal> {
    let name = request.get("name").as_str().unwrap_or_default().to_lowercase();
    let exact = request.get("operator").as_str().is_some_and(|operator| operator.starts_with('='));
    let answers = |text: &str| {
        let text = text.to_lowercase();
        if exact { text == name } else { text.contains(&name) }
    };
    let mut found = matching(world, request)?;
    found.retain(|row| {
        let login = row.values.get("login").and_then(Value::as_str);
        name.is_empty() || answers(&world.display_name(request.model, row.id)) || login.is_some_and(answers)
    });
    Ok(found)
}

/// Columns to sort by, each ascending or descending.
struct Order<'a>(Vec<(&'a str, bool)>);

impl<'a> Order<'a> {
    fn parse(model: &ModelState, text: &'a str) -> Result<Self, Refusal> {
        let column = |part: &'a str| {
            let mut words = part.split_whitespace();
            let name = words.next().unwrap_or_default();
            model.known(name)?;
            Ok((name, words.next().is_some_and(|word| word.eq_ignore_ascii_case("desc"))))
        };
        text.split(',').map(column).collect::<Result<_, _>>().map(Order)
    }

    fn compare(&self, world: &World, model: &ModelState, a: &Row, b: &Row) -> Ordering {
        let mut order = Ordering::Equal;
        for (name, descending) in &self.0 {
            order = match *name {
                "id" => a.id.cmp(&b.id),
                "create_date" => a.created.cmp(&b.created),
                // The database puts what is empty last.
                "write_date" => a.written.is_none().cmp(&b.written.is_none()).then(a.written.cmp(&b.written)),
                name => model.field(name).map_or(Ordering::Equal, |field| {
                    compare(&world.value(model, a, field), &world.value(model, b, field))
                }),
            };
            if *descending {
                order = order.reverse();
            }
            if order != Ordering::Equal {
                break;
            }
        }
        order
    }
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        (Value::String(a), Value::String(b)) => a.cmp(b),
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
    }
}
