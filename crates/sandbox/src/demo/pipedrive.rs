//! The demonstration as a Pipedrive: the same deals, with their organizations and contacts.

use serde_json::{Value, json};

use super::bench::BenchDeal;
use super::contacts::CONTACTS;
use super::{deals, given};
use crate::pipedrive::{Entity, FieldType, Simulator};

/// The custom fields of deals.
const SECTOR: &str = "Secteur";
const NOTES: &str = "Notes";

/// Fills a company: users, persons, organizations, deals.
pub fn pipedrive(simulator: &Simulator) {
    let owners = ["Julien Moreau", "Inès Caron"].map(|name| {
        let first = name.split(' ').next().unwrap_or_default().to_lowercase();
        (name, simulator.add_user(name, &format!("{first}@example.com")))
    });
    let persons = simulator.table(Entity::Persons);
    let contacts = persons.make(CONTACTS.iter().map(|contact| {
        let phones = if contact.phone.is_empty() { json!([]) } else { json!([{"value": contact.phone}]) };
        json!({"name": contact.name, "emails": [{"value": contact.email}], "phones": phones})
    }));
    let mut clients: Vec<&str> = Vec::new();
    for deal in deals::DEALS {
        if !clients.contains(&deal.client) {
            clients.push(deal.client);
        }
    }
    let organizations =
        simulator.table(Entity::Organizations).make(clients.iter().map(|name| json!({ "name": name })));
    let own = OwnFields::add(simulator);
    let table = simulator.table(Entity::Deals);
    table.make(deals::DEALS.iter().map(|deal| {
        let id = |ids: &[i64], place: Option<usize>| place.and_then(|place| ids.get(place).copied());
        let contact = CONTACTS.iter().position(|contact| contact.name == deal.contact);
        let owner = owners.iter().find(|(name, _)| *name == deal.assignee).map_or(1, |(_, id)| *id);
        let (stage, status) = stands(simulator, deal.status);
        json!({
            "title": deal.client, "value": deal.amount, "currency": "EUR", "stage_id": stage, "status": status,
            "person_id": id(&contacts, contact), "expected_close_date": given(deal.due), "owner_id": owner,
            "org_id": id(&organizations, clients.iter().position(|name| *name == deal.client)),
            "custom_fields": own.values(simulator, deal.sector, deal.notes),
        })
    }));
}

/// Adds this many deals, to measure with.
pub fn pipedrive_bench(simulator: &Simulator, records: usize) {
    let own = OwnFields::add(simulator);
    simulator.table(Entity::Deals).make((0..records).map(|number| {
        let deal = BenchDeal::of(number);
        let (stage, status) = stands(simulator, deal.status);
        json!({
            "title": deal.client, "value": deal.amount, "stage_id": stage, "status": status,
            "expected_close_date": deal.due, "custom_fields": own.values(simulator, deal.sector, &deal.notes),
        })
    }));
}

/// The codes of the custom fields.
struct OwnFields {
    sector: String,
    notes: String,
}

impl OwnFields {
    /// The fields of a company; added where there are none yet.
    fn add(simulator: &Simulator) -> Self {
        let table = simulator.table(Entity::Deals);
        let code =
            |name: &str, kind: FieldType| table.field(name).unwrap_or_else(|| table.add_field(name, &kind));
        Self { sector: code(SECTOR, FieldType::choice(deals::SECTORS)), notes: code(NOTES, FieldType::Text) }
    }

    fn values(&self, simulator: &Simulator, sector: &str, notes: &str) -> Value {
        let option = simulator.table(Entity::Deals).option(&self.sector, sector);
        json!({ &*self.sector: option, &*self.notes: given(notes) })
    }
}

/// The stage and the status that a word of the demonstration stands for.
fn stands(simulator: &Simulator, word: &str) -> (i64, &'static str) {
    let (place, status) = match word {
        "Qualified" => (1, "open"),
        "Negotiation" | "In progress" => (3, "open"),
        "Won" => (3, "won"),
        "Lost" => (2, "lost"),
        _ => (0, "open"),
    };
    (simulator.stages().get(place).map_or(0, |(id, _)| *id), status)
}
