//! A base with a field of every type, for clients that read schemas.

use serde_json::json;

use crate::airtable::{Base, Choice, Field, FieldType, Id, Refusal, Simulator};

/// Id of the base.
pub const TYPES_BASE: &str = "appEveryFieldType";
/// Name of its table; the other one, `Others`, is what it links to.
pub const EVERYTHING: &str = "Everything";

/// Makes a base with every type of field, one record that is full and one that is empty.
///
/// # Errors
/// When a simulator refuses its own data.
pub fn every_type(simulator: &Simulator) -> Result<Base, Refusal> {
    let base = simulator.base(TYPES_BASE, "Every type").map_err(|_| Refusal::no_permission_or_model())?;
    let person = simulator.person("lou.petit@example.com", "Lou Petit");
    let others =
        base.table("Others", [Field::text("Name"), Field::new("Price", FieldType::Number { precision: 2 })]);
    let table = base.table(EVERYTHING, stored_fields(others.id()));
    let missing = || Refusal::unknown_field("Link");
    let link = table.field_id("Link").ok_or_else(missing)?;
    let target = others.field_id("Price").ok_or_else(missing)?;
    let watched = table.field_id("Number").ok_or_else(missing)?;
    for field in derived_fields(link, target, watched) {
        table.add_field(field);
    }
    let linked = others.insert([json!({"Name": "A", "Price": 1.5}), json!({"Name": "B", "Price": 2})])?;
    let full = json!({
        "Text": "One line", "Email": "a@example.com", "Url": "https://example.com", "Phone": "+33 1 99 00 00 00",
        "Long text": "Two\nlines", "Rich text": "**Bold**\n", "Number": 12.5, "Currency": 99.9, "Percent": 0.123,
        "Duration": 5400, "Rating": 4, "Checkbox": true, "Date": "2024-05-01",
        "Date and time": "2024-05-01T10:00:00.000Z", "Select": "One", "Selects": ["One", "Two"],
        "Person": {"id": person}, "People": [{"id": person}], "Link": linked,
        "Files": [{"url": "https://example.com/a.png", "filename": "a.png"}],
        "Barcode": {"text": "01234567", "type": "upce"}, "Button": {"label": "Open", "url": "https://example.com"},
        "Generated text": {"state": "generated", "isStale": false, "value": "Un résumé"}, "Sync source": "One",
        "Something new": {"not": "known"},
    });
    table.insert([full, json!({})])?;
    Ok(base)
}

fn stored_fields(others: Id) -> Vec<Field> {
    use FieldType as T;
    let options = ["One", "Two", "Three"];
    vec![
        Field::text("Text").describe("The primary field"),
        Field::new("Email", T::Email),
        Field::new("Url", T::Url),
        Field::new("Phone", T::PhoneNumber),
        Field::new("Long text", T::MultilineText),
        Field::new("Rich text", T::RichText),
        Field::new("Number", T::Number { precision: 2 }),
        Field::new("Currency", T::currency(2, "€")),
        Field::new("Percent", T::Percent { precision: 1 }),
        Field::new("Duration", T::Duration { format: "h:mm".into() }),
        Field::new("Rating", T::Rating { max: 5 }),
        Field::new("Checkbox", T::Checkbox),
        Field::new("Date", T::date()),
        Field::new("Date and time", T::date_time("Europe/Paris")),
        Field::new("Select", T::single_select(&options)),
        Field::new("Selects", T::multiple_selects(&options)),
        Field::new("Person", T::SingleCollaborator),
        Field::new("People", T::MultipleCollaborators),
        Field::new("Link", T::link_to(others)),
        Field::new("Files", T::MultipleAttachments),
        Field::new("Barcode", T::Barcode),
        Field::new("Button", T::Button),
        Field::new("Generated text", T::AiText),
        Field::new("Sync source", T::ExternalSyncSource { choices: options.map(Choice::new).to_vec() }),
        Field::new("Something new", T::Other { name: "manualSort".into(), options: None }),
    ]
}

fn derived_fields(link: Id, target: Id, watched: Id) -> Vec<Field> {
    use FieldType as T;
    vec![
        Field::new("Formula", T::formula("{Number} * 2")),
        Field::new("Broken formula", T::formula("{Number} * {No such field}")),
        Field::new("Not a number", T::formula("{Number} * 0 / 0")),
        Field::new("Rollup", T::Rollup { link, target, source: "SUM(values)".into() }),
        Field::new("Lookup", T::MultipleLookupValues { link, target }),
        Field::new("Count", T::Count { link }),
        Field::new("Auto number", T::AutoNumber),
        Field::new("Created", T::CreatedTime),
        Field::new("Modified", T::last_modified_time()),
        Field::new("Number modified", T::LastModifiedTime { of: vec![watched] }),
        Field::new("Created by", T::CreatedBy),
        Field::new("Modified by", T::LastModifiedBy),
    ]
}
