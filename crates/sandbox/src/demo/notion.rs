//! The demonstration as a Notion database, with the French names its users would give.

use chrono::TimeDelta;
use serde_json::json;

use super::bench::BenchDeal;
use super::{deals, given};
use crate::notion::{DataSource, Id, Property, PropertyType, Refusal, Simulator};

/// Name of the database.
pub const NOTION_DATABASE: &str = "Affaires";
/// Name of the database for measuring.
pub const NOTION_BENCH: &str = "Mesures";

/// Makes the demonstration database; its one data source is returned.
///
/// # Errors
/// When a simulator refuses its own demonstration data.
pub fn notion(simulator: &Simulator) -> Result<DataSource, Refusal> {
    let database = simulator.database(NOTION_DATABASE);
    let source = database.data_source(NOTION_DATABASE, properties(PropertyType::People));
    for (place, deal) in deals::DEALS.iter().enumerate() {
        let person = Some(deal.assignee).filter(|name| !name.is_empty());
        let person = person.map(|name| simulator.person(&email(name), name));
        let row = json!({
            "Client": deal.client,
            "Statut": given(deal.status),
            "Montant": deal.amount,
            "Secteur": given(deal.sector),
            "Échéance": given(deal.due),
            "Responsable": person,
            "Notes": given(deal.notes),
        });
        source.insert_as(Id::named(&format!("deal/{}", place + 1)), &row)?;
    }
    Ok(source)
}

/// Makes a database with this many deals, made at twenty a minute until now: past the cap of one query
/// a client can only go on by the time of creation.
///
/// # Errors
/// When a simulator refuses its own data.
pub fn notion_bench(simulator: &Simulator, records: usize) -> Result<DataSource, Refusal> {
    let database = simulator.database(NOTION_BENCH);
    let source = database.data_source(NOTION_BENCH, properties(PropertyType::RichText));
    let ids = source.insert((0..records).map(|number| {
        let deal = BenchDeal::of(number);
        json!({
            "Client": deal.client,
            "Statut": deal.status,
            "Montant": deal.amount,
            "Secteur": deal.sector,
            "Échéance": deal.due,
            "Responsable": deal.assignee,
            "Notes": deal.notes,
        })
    }))?;
    let now = simulator.clock().now();
    for (age, id) in ids.into_iter().rev().enumerate() {
        let created = now - TimeDelta::seconds(3 * i64::try_from(age).unwrap_or(i64::MAX / 3));
        source.backdate(id, created, created);
    }
    Ok(source)
}

fn properties(assignee: PropertyType) -> Vec<Property> {
    let [lead, qualified, negotiation, won, in_progress, lost] = deals::STATUSES;
    let status = PropertyType::status(&[lead], &[qualified, negotiation, in_progress], &[won, lost]);
    vec![
        Property::title("Client"),
        Property::new("Statut", status),
        Property::new("Montant", PropertyType::euro()),
        Property::new("Secteur", PropertyType::select(deals::SECTORS)),
        Property::new("Échéance", PropertyType::Date),
        Property::new("Responsable", assignee),
        Property::text("Notes"),
        Property::new("Modifié le", PropertyType::LastEditedTime),
    ]
}

/// `Inès Caron` is `ines.caron@example.com`.
fn email(name: &str) -> String {
    let plain = |sign: char| match sign {
        ' ' => '.',
        'è' | 'é' => 'e',
        sign => sign.to_ascii_lowercase(),
    };
    format!("{}@example.com", name.chars().map(plain).collect::<String>())
}
