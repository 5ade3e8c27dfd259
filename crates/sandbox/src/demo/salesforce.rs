//! The demonstration as a Salesforce organisation.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bench::BenchDeal;
use super::contacts::CONTACTS;
use super::{deals, given};
use crate::salesforce::Simulator;

/// Fills an organisation: users, accounts, contacts, opportunities.
pub fn salesforce(simulator: &Simulator) {
    let owners = owners(simulator, deals::DEALS.iter().map(|deal| deal.assignee));
    let mut accounts: BTreeMap<&str, String> = BTreeMap::new();
    for deal in deals::DEALS {
        accounts
            .entry(deal.client)
            .or_insert_with(|| simulator.table("Account").make([json!({"Name": deal.client})]).remove(0));
    }
    simulator.table("Contact").make(CONTACTS.iter().map(|contact| {
        let (first, last) = contact.name.split_once(' ').unwrap_or(("", contact.name));
        json!({"FirstName": first, "LastName": last, "Email": contact.email, "Phone": given(contact.phone)})
    }));
    simulator.table("Opportunity").make(deals::DEALS.iter().map(|deal| {
        let (stage, probability) = stage(deal.status);
        // An opportunity always has a day on which it closes.
        let close = if deal.due.is_empty() { "2027-12-31" } else { deal.due };
        owned(
            &owners,
            deal.assignee,
            json!({
                "Name": deal.client, "AccountId": accounts.get(deal.client), "StageName": stage,
                "Probability": probability, "Amount": deal.amount, "CloseDate": close,
                "Description": given(deal.notes), "Type": "New Business",
            }),
        )
    }));
}

/// Adds this many opportunities.
pub fn salesforce_bench(simulator: &Simulator, records: usize) {
    let deals: Vec<BenchDeal> = (0..records).map(BenchDeal::of).collect();
    let owners = owners(simulator, deals.iter().map(|deal| deal.assignee.as_str()));
    simulator.table("Opportunity").make(deals.iter().map(|deal| {
        let (stage, probability) = stage(deal.status);
        let record = json!({
            "Name": deal.client, "StageName": stage, "Probability": probability, "Amount": deal.amount,
            "CloseDate": deal.due, "Description": deal.notes,
        });
        owned(&owners, &deal.assignee, record)
    }));
}

/// A user for each of these names; their ids.
fn owners<'a>(simulator: &Simulator, names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, String> {
    let mut owners = BTreeMap::new();
    for name in names.filter(|name| !name.is_empty()) {
        owners.entry(name).or_insert_with(|| {
            let (first, last) = name.split_once(' ').unwrap_or(("", name));
            let login = format!("{}@example.com", name.replace(' ', ".").to_lowercase());
            let user = json!({"FirstName": first, "LastName": last, "Username": login, "IsActive": true});
            simulator.table("User").make([user]).remove(0)
        });
    }
    owners
}

/// A record with its owner; without one, it is the technical user's.
fn owned(owners: &BTreeMap<&str, String>, name: &str, mut record: Value) -> Value {
    if let Some(owner) = owners.get(name) {
        record["OwnerId"] = json!(owner);
    }
    record
}

/// The stage of an organisation as it comes, and its probability.
fn stage(status: &str) -> (&'static str, u8) {
    match status {
        "Qualified" => ("Qualification", 10),
        "Negotiation" => ("Negotiation/Review", 90),
        "Won" | "In progress" => ("Closed Won", 100),
        "Lost" => ("Closed Lost", 0),
        _ => ("Prospecting", 10),
    }
}
