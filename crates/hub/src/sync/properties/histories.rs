//! People edit both sides, runs go both ways, in any order: both sides come to hold the same, what one
//! side changed alone is never lost, and once all is said nothing is written any more.

use model::deal::FieldValue;
use model::{DealField, Slot};
use proptest::collection::vec;
use proptest::prelude::*;

use super::world::{Did, MAPPED, World};
use crate::sync::plan::base_of;

/// Something that happens.
#[derive(Clone, Debug)]
enum Event {
    /// A deal of that client comes into the CRM.
    Deal(u8, u8),
    /// A record of that client comes into the service.
    Record(u8, u8),
    /// Which deal, which field, which value.
    Here(usize, usize, u8),
    /// Which record, which field, which value.
    There(usize, usize, u8),
    Import,
    Export,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        2 => (0..6_u8, any::<u8>()).prop_map(|(client, choice)| Event::Deal(client, choice)),
        2 => (0..6_u8, any::<u8>()).prop_map(|(client, choice)| Event::Record(client, choice)),
        4 => (any::<usize>(), any::<usize>(), any::<u8>()).prop_map(|(a, b, c)| Event::Here(a, b, c)),
        4 => (any::<usize>(), any::<usize>(), any::<u8>()).prop_map(|(a, b, c)| Event::There(a, b, c)),
        1 => Just(Event::Import),
        1 => Just(Event::Export),
    ];
    vec(event, 1..60)
}

/// The world after these events. Every run is made twice: the second has nothing to do.
fn after(events: &[Event]) -> World {
    let mut world = World::new();
    let mut made = [[false; 6]; 2];
    for event in events {
        match event {
            // One of a client on each side, so that they find each other.
            Event::Deal(client, choice) if !std::mem::replace(&mut made[0][usize::from(*client)], true) => {
                world.new_deal(&format!("P{client}"), *choice);
            }
            Event::Record(client, choice) if !std::mem::replace(&mut made[1][usize::from(*client)], true) => {
                world.new_record(&format!("P{client}"), *choice);
            }
            Event::Here(which, field, choice) if !world.deals.is_empty() => {
                let field = MAPPED[field % MAPPED.len()];
                let (value, at) = (world.value(field, *choice), world.now());
                let (id, count) = (which % world.deals.len(), world.deals.len());
                let deal = world.deals.values_mut().nth(id % count).unwrap();
                deal.values.set(field, value);
                deal.updated_at = at;
            }
            Event::There(which, field, choice) if !world.records.is_empty() => {
                let field = MAPPED[field % MAPPED.len()];
                let (value, at) = (world.value(field, *choice), world.now());
                let id = which % world.records.len();
                let record = world.records.values_mut().nth(id).unwrap();
                record.values.set(field, value);
                record.modified_at = at;
            }
            Event::Import => {
                world.import();
                assert_eq!(world.import(), Did::default(), "a second import has nothing to do");
            }
            Event::Export => {
                world.export();
                assert_eq!(world.export(), Did::default(), "a second export has nothing to do");
            }
            _ => {}
        }
    }
    world
}

/// What a linked deal must hold in a field after an import and an export.
fn due(world: &World, id: &str, field: DealField) -> Option<Slot<FieldValue>> {
    let (deal_id, content) = &world.links[id];
    let (deal, record) = (&world.deals[deal_id], &world.records[id]);
    let base = base_of(content);
    let (here, there, base) = (deal.values.get(field), record.values.get(field), base.get(field));
    let due = if here == there || there == base {
        here
    } else if base.is_absent() {
        // They differ since they met: the import takes what is there, but nothing for something.
        if *there == Slot::Empty { return None } else { there }
    } else if here == base || deal.updated_at <= record.modified_at {
        there
    } else {
        here
    };
    Some(due.clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_sides_come_to_hold_the_same_and_then_rest(events in events()) {
        let mut world = after(&events);
        let links: Vec<String> = world.links.keys().cloned().collect();
        let due: Vec<_> = links
            .iter()
            .flat_map(|id| MAPPED.map(|field| (id.clone(), field)))
            .map(|(id, field)| { let due = due(&world, &id, field); (id, field, due) })
            .collect();
        let refused = world.import().refused + world.export().refused;
        prop_assert_eq!(refused, 0);

        for (id, field, due) in due {
            let deal = &world.deals[&world.links[&id].0];
            if let Some(due) = due {
                prop_assert_eq!(deal.values.get(field), &due, "{} {:?} here", &id, field);
                if field != DealField::Assignee {
                    prop_assert_eq!(world.records[&id].values.get(field), &due, "{} {:?} there", &id, field);
                }
            }
        }
        // Every deal has its record and every record its deal, once.
        prop_assert_eq!((world.links.len(), world.links.len()), (world.deals.len(), world.records.len()));
        // What an export made is linked without its read-only fields; the next import notes them.
        prop_assert_eq!(world.import().written, 0);
        for round in 0..50 {
            prop_assert_eq!(world.import(), Did::default(), "import {}", round);
            prop_assert_eq!(world.export(), Did::default(), "export {}", round);
        }
    }
}
