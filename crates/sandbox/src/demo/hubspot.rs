//! The demonstration as a HubSpot account.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bench::BenchDeal;
use super::{contacts, deals};
use crate::hubspot::{Pipeline, Property, PropertyType, Refusal, Simulator};

/// Fills an account: people, companies, contacts and deals, with a pipeline of the account's own.
///
/// # Errors
/// When a simulator refuses its own demonstration data.
pub fn hubspot(simulator: &Simulator) -> Result<(), Refusal> {
    simulator.change_pipelines(|pipelines| *pipelines = vec![pipeline()]);
    let deals = simulator.records("deals");
    let sectors: Vec<(&str, &str)> = deals::SECTORS.iter().map(|sector| (*sector, *sector)).collect();
    deals.add_property(Property::new("secteur", "Secteur", PropertyType::choice(&sectors)));
    let people = owners(simulator, deals::DEALS.iter().map(|deal| deal.assignee));

    let persons = simulator.records("contacts");
    let mut known = BTreeMap::new();
    for contact in contacts::CONTACTS {
        let (first, last) = contact.name.split_once(' ').unwrap_or((contact.name, ""));
        let person =
            json!({"firstname": first, "lastname": last, "email": contact.email, "phone": contact.phone});
        known.insert(contact.name, persons.add([person])?.concat());
    }
    let companies = simulator.records("companies");
    let mut clients = BTreeMap::new();
    for deal in deals::DEALS {
        if !clients.contains_key(deal.client) {
            clients.insert(deal.client, companies.add([json!({"name": deal.client})])?.concat());
        }
        let id = deals.add([json!({
            "dealname": deal.client, "dealstage": stage(deal.status), "amount": deal.amount.to_string(),
            "secteur": deal.sector, "closedate": midday(deal.due), "description": deal.notes,
            "hubspot_owner_id": people.get(deal.assignee),
        })].map(without_null))?.concat();
        if let Some(company) = clients.get(deal.client) {
            deals.link(&id, "companies", company)?;
        }
        if let Some(contact) = known.get(deal.contact) {
            deals.link(&id, "contacts", contact)?;
        }
    }
    Ok(())
}

/// Adds this many deals, for measuring.
///
/// # Errors
/// When a simulator refuses its own data.
pub fn hubspot_bench(simulator: &Simulator, records: usize) -> Result<(), Refusal> {
    let made: Vec<BenchDeal> = (0..records).map(BenchDeal::of).collect();
    let people = owners(simulator, made.iter().map(|deal| deal.assignee.as_str()));
    let deal = |deal: &BenchDeal| {
        json!({
            "dealname": deal.client, "dealstage": stage(deal.status), "amount": deal.amount.to_string(),
            "secteur": deal.sector, "closedate": midday(&deal.due), "description": deal.notes,
            "hubspot_owner_id": people.get(deal.assignee.as_str()),
        })
    };
    simulator.records("deals").add(made.iter().map(deal)).map(drop)
}

/// A pipeline whose stages have the names of the demonstration's statuses.
fn pipeline() -> Pipeline {
    Pipeline::new(
        "default",
        "Ventes",
        &[
            ("lead", "Lead", 0.1),
            ("qualified", "Qualified", 0.3),
            ("negotiation", "Negotiation", 0.7),
            ("won", "Won", 1.0),
            ("inprogress", "In progress", 1.0),
            ("lost", "Lost", 0.0),
        ],
    )
}

/// The stage of a status; a deal without one has just come in.
fn stage(status: &str) -> String {
    if status.is_empty() { "lead".to_owned() } else { status.to_lowercase().replace(' ', "") }
}

/// The people of these names, made once; their ids.
fn owners<'a>(simulator: &Simulator, names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, String> {
    let mut made = BTreeMap::new();
    for name in names.filter(|name| !name.is_empty()) {
        made.entry(name).or_insert_with(|| {
            let (first, last) = name.split_once(' ').unwrap_or((name, ""));
            let address = format!("{first}.{last}@example.com").to_lowercase();
            simulator.add_owner(first, last, &address)
        });
    }
    made
}

/// The service keeps an instant where people see a day.
fn midday(day: &str) -> String {
    if day.is_empty() { String::new() } else { format!("{day}T11:00:00.000Z") }
}

fn without_null(mut record: Value) -> Value {
    if let Some(fields) = record.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    record
}
