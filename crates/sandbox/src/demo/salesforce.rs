//! The demonstration as a Salesforce organisation.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bench::BenchDeal;
use super::contacts::CONTACTS;
use super::{deals, given};
use crate::salesforce::Simulator;

/// Fills an organisation: accounts, contacts, opportunities.
pub fn salesforce(simulator: &Simulator) {
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
        json!({
            "Name": deal.client, "AccountId": accounts.get(deal.client), "StageName": stage,
            "Probability": probability, "Amount": deal.amount, "CloseDate": close,
            "Description": given(deal.notes), "Type": "New Business",
        })
    }));
}

/// Adds this many opportunities.
pub fn salesforce_bench(simulator: &Simulator, records: usize) {
    simulator.table("Opportunity").make((0..records).map(opportunity));
}

fn opportunity(number: usize) -> Value {
    let deal = BenchDeal::of(number);
    let (stage, probability) = stage(deal.status);
    json!({
        "Name": deal.client, "StageName": stage, "Probability": probability, "Amount": deal.amount,
        "CloseDate": deal.due, "Description": deal.notes,
    })
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
