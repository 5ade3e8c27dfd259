//! Reading records: a page of a listing, or one record.

use std::sync::Arc;

use super::order::{self, Key};
use super::query::{Query, flag};
use super::{Request, ok};
use crate::airtable::formula::{self, Formula};
use crate::airtable::iterators::{Mark, Order};
use crate::airtable::render::{self, Shape};
use crate::airtable::scope::Scope;
use crate::airtable::state::{BaseState, People, TableState, World};
use crate::airtable::{Id, Refusal};
use crate::faults::Answer;
use crate::faults::play::Paging;

/// A listing with its names resolved.
struct Plan {
    filters: Vec<Formula>,
    sort: Vec<(usize, bool)>,
    shape: Shape,
    page_size: usize,
    max: usize,
}

/// The marks of the records on a page, and of the one after it.
struct Page {
    marks: Vec<Mark>,
    next: Option<Mark>,
}

pub(super) fn list(
    world: &mut World,
    request: &Request<'_>,
    table: &str,
    in_body: bool,
) -> Result<Answer, Refusal> {
    let (base, table) = request.readable(world, table)?;
    let query = if in_body {
        Query::from_body(&request.json()?, request.query)?
    } else {
        Query::from_pairs(request.query)?
    };
    let plan = plan(table, &query)?;
    let (base_id, table_id) = (base.id, table.id);

    let life = world.limiter.limits().offset_life;
    let (listing, start) = match &query.offset {
        Some(token) => world.iterators.resume(token, request.now, life).map(|(id, mark)| (id, Some(mark)))?,
        None => (world.iterators.begin(request.now, life, &mut world.rng), None),
    };
    let (base, table) = request.readable(world, table_id.as_str())?;
    let given = start.map_or(0, |mark| mark.given);
    let page = if plan.sort.is_empty() {
        let from = start.map_or(0, |mark| mark.place);
        let kept = table
            .from(from)
            .filter(|(_, record)| plan.keeps(&Scope::new(base, table, record, &world.people, request.now)));
        page(kept.map(|(place, record)| (record.id, place, 0)), given, &plan)
    } else {
        let order = match world.iterators.order(listing, base.version) {
            Some(order) => order,
            None => plan.order(base, table, &world.people, request.now),
        };
        let found = start.and_then(|mark| order.places.iter().position(|place| *place == mark.place));
        // The record a page was to begin with may be gone: then its old position counts.
        let from = found.or(start.map(|mark| mark.index)).unwrap_or(0);
        let rest = order.places.iter().enumerate().skip(from);
        let page =
            page(rest.filter_map(|(index, place)| Some((table.at(*place)?.id, *place, index))), given, &plan);
        world.iterators.keep_order(listing, order);
        page
    };
    Ok(answer(world, request, (base_id, table_id), listing, &page, &plan.shape))
}

pub(super) fn get(
    world: &World,
    request: &Request<'_>,
    table: &str,
    record: &str,
) -> Result<Answer, Refusal> {
    let (base, table) = request.readable(world, table)?;
    let mut shape = Shape::default();
    let query: Vec<(String, String)> =
        request.query.iter().filter(|(key, _)| key != "returnFieldsByFieldId").cloned().collect();
    shape.spoken = Query::from_pairs(&query)?.spoken()?;
    for (_, value) in request.query.iter().filter(|(key, _)| key == "returnFieldsByFieldId") {
        shape.by_id = flag(&serde_json::json!(value))?;
    }
    let record = Id::parse(record).and_then(|id| table.get(id)).ok_or_else(Refusal::not_found)?;
    Ok(ok(render::record(&Scope::new(base, table, record, &world.people, request.now), &shape)))
}

fn plan(table: &TableState, query: &Query) -> Result<Plan, Refusal> {
    let slot = |key: &str| table.slot(key).ok_or_else(|| Refusal::unknown_field(key));
    let view = match &query.view {
        Some(key) => Some(table.view(key).ok_or_else(|| Refusal::unknown_view(key))?),
        None => None,
    };
    let mut filters: Vec<Formula> = view.and_then(|view| view.filter.clone()).into_iter().collect();
    if let Some(source) = &query.formula {
        let formula = formula::parse(source).and_then(|formula| formula.bind(|key| table.slot(key)));
        filters.push(formula.map_err(|why| Refusal::invalid_formula(&why))?);
    }
    let mut sort = Vec::new();
    for (field, descends) in &query.sort {
        sort.push((slot(field)?, *descends));
    }
    if let (Some(view), true) = (view, sort.is_empty()) {
        sort.clone_from(&view.sort);
    }
    let fields = match &query.fields {
        Some(keys) => Some(keys.iter().map(|key| slot(key)).collect::<Result<_, _>>()?),
        None => None,
    };
    let shape =
        Shape { fields, by_id: query.by_id, spoken: query.spoken()?, comment_count: query.comment_count };
    Ok(Plan {
        filters,
        sort,
        shape,
        page_size: query.page_size.unwrap_or(100),
        max: query.max_records.unwrap_or(usize::MAX),
    })
}

impl Plan {
    fn keeps(&self, scope: &Scope<'_>) -> bool {
        self.filters.iter().all(|formula| formula.keeps(scope))
    }

    /// Places of the records that pass, in the order asked for.
    fn order(
        &self,
        base: &BaseState,
        table: &TableState,
        people: &People,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Order {
        let mut keyed: Vec<(Vec<Key>, u64)> = table
            .from(0)
            .filter_map(|(place, record)| {
                let scope = Scope::new(base, table, record, people, now);
                self.keeps(&scope)
                    .then(|| (self.sort.iter().map(|(slot, _)| order::key(&scope, *slot)).collect(), place))
            })
            .collect();
        keyed.sort_by(|(left, _), (right, _)| order::compare(left, right, &self.sort));
        Order {
            version: base.version,
            places: keyed.into_iter().map(|(_, place)| place).collect::<Arc<[u64]>>(),
        }
    }
}

/// Takes a page, and one record more to know whether there is a next page.
fn page(records: impl Iterator<Item = (Id, u64, usize)>, given: usize, plan: &Plan) -> Page {
    let size = plan.page_size.min(plan.max.saturating_sub(given));
    let more_allowed = given + size < plan.max;
    let mut marks: Vec<Mark> = records
        .take(size + usize::from(more_allowed))
        .enumerate()
        .map(|(at, (record, place, index))| Mark { record, place, index, given: given + at })
        .collect();
    let next = if marks.len() > size { marks.pop() } else { None };
    Page { marks, next }
}

fn answer(
    world: &mut World,
    request: &Request<'_>,
    (base, table): (Id, Id),
    listing: Id,
    page: &Page,
    shape: &Shape,
) -> Answer {
    let first = page.marks.first().copied();
    let (shown, next): (&[Mark], _) = match request.paging {
        Paging::Straight => (&page.marks, page.next),
        Paging::SamePageAgain => (&page.marks, first),
        Paging::EmptyPage => (&[], first),
        Paging::EmptyListing => (&[], None),
    };
    let places: Vec<u64> = shown.iter().map(|mark| mark.place).collect();
    let World { bases, people, iterators, .. } = world;
    let mut body = String::with_capacity(64 + places.len() * 400);
    body.push_str("{\"records\":[");
    if let Some(base) = bases.iter_mut().find(|known| known.id == base) {
        if *shape == Shape::default() {
            render::warm(base, table, people, &places, request.now);
        }
        if let Some(table) = base.by_id(table) {
            let mut fresh = String::new();
            for (at, record) in places.iter().filter_map(|place| table.at(*place)).enumerate() {
                if at > 0 {
                    body.push(',');
                }
                let scope = Scope::new(base, table, record, people, request.now);
                body.push_str(render::cached(&scope, shape, &mut fresh));
            }
        }
    }
    body.push(']');
    match next {
        Some(mark) => {
            let token = iterators.token(listing, mark);
            body.push_str(",\"offset\":\"");
            body.push_str(&token);
            body.push_str("\"}");
        }
        None => {
            iterators.end(listing);
            body.push('}');
        }
    }
    ok(body)
}
