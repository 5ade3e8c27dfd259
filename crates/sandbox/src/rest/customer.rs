//! The customers: the same at every start, and of every shape that JSON has.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::json;

/// One customer, as it is answered.
#[derive(Clone, Debug)]
pub(super) struct Customer {
    pub(super) id: u64,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) json: String,
    pub(super) csv: String,
}

/// The names of the columns in CSV.
pub(super) const HEADER: &str = "id;name;email;city;amount;created_at;updated_at\r\n";

const CITIES: [(&str, &str); 5] = [
    ("Beaune", "21200"),
    ("Épernay", "51200"),
    ("Saint-Émilion", "33330"),
    ("Nîmes", "30000"),
    ("Colmar", "68000"),
];

impl Customer {
    /// The customer of that number as it is at a moment; `edition` changes its name.
    pub(super) fn new(id: u64, edition: u32, updated_at: DateTime<Utc>) -> Self {
        let (city, zip) = CITIES[usize::try_from(id).unwrap_or_default() % CITIES.len()];
        let name = match edition {
            0 => format!("Cave n° {id} « {city} »"),
            edition => format!("Cave n° {id} « {city} », {edition}"),
        };
        let time = |moment: DateTime<Utc>| moment.to_rfc3339_opts(SecondsFormat::Micros, true);
        let created = time(first_day() + TimeDelta::minutes(i64::try_from(id).unwrap_or_default()));
        let updated = time(updated_at);
        let cents = id * 1_237 % 100_000;
        let amount = format!("{}.{:02}", cents / 100, cents % 100);
        let email = format!("client{id}@example.com");
        let tags: Vec<&str> =
            ["vip", "bio", "export"].into_iter().take(usize::try_from(id % 4).unwrap_or(0)).collect();
        // Written by hand where a number must keep its digits.
        let json = format!(
            r#"{{"id":{id},"name":{},"email":"{email}","active":{},"address":{{"city":{},"zip":"{zip}"}},"amount":{amount},"account":90071992547409{:04}3,"born":{},"tags":{},"created_at":"{created}","updated_at":"{updated}"}}"#,
            json!(name),
            !id.is_multiple_of(3),
            json!(city),
            id % 10_000,
            if id.is_multiple_of(5) { json!(null) } else { json!(format!("19{:02}-02-28", 50 + id % 50)) },
            json!(tags),
        );
        let french = amount.replace('.', ",");
        let csv =
            format!("{id};\"{}\";{email};{city};{french};{created};{updated}\r\n", name.replace('"', "\"\""));
        Self { id, updated_at, json, csv }
    }
}

/// When the first customers came.
pub(super) fn first_day() -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap_or_default()
}
