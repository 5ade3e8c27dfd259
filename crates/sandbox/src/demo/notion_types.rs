//! A database with a property of every type, for clients that read schemas.

use serde_json::{Value, json};

use crate::notion::{DataSource, Property, PropertyType as T, Refusal, Simulator};

/// Name of the database; its data sources are `Everything` and `Others`, which the first links to.
pub const NOTION_TYPES: &str = "Every type";

/// Makes a database with every type of property, one row that is full and one that is empty.
///
/// # Errors
/// When a simulator refuses its own data.
pub fn notion_every_type(simulator: &Simulator) -> Result<DataSource, Refusal> {
    let person = simulator.person("lou.petit@example.com", "Lou Petit");
    let database = simulator.database(NOTION_TYPES);
    let prices = [Property::title("Name"), Property::new("Price", T::number())];
    let others = database.data_source("Others", prices);
    let table = database.data_source("Everything", properties(&others));
    others.add_property(Property::new(
        "Back",
        T::Relation { source: table.id(), synced: Some("Relation".into()) },
    ));
    let linked = others.insert([json!({"Name": "A", "Price": 1.5}), json!({"Name": "B", "Price": 2})])?;
    let full = json!({
        "Title": "Une ligne", "Text": {"rich_text": rich_text(&person.to_string())}, "Number": 12.5,
        "Select": "One", "Selects": ["One", "Two"], "Status": "Done", "Date": "2024-05-01",
        "Range": {"date": {"start": "2024-05-01T09:00:00", "end": "2024-05-01T10:30:00", "time_zone": "Europe/Paris"}},
        "Checkbox": true, "People": [person], "Relation": linked, "Url": "https://example.com",
        "Email": "a@example.com", "Phone": "+33 1 99 00 00 00", "Formula": 25,
        "Files": {"files": [
            {"name": "a.png", "external": {"url": "https://example.com/a.png"}},
            {"name": "b.pdf", "file": {"url": "https://files.example.com/b.pdf"}},
        ]},
        "Verification": {"verification": {"state": "verified", "verified_by": null, "date": null}},
        "Place": {"place": {"lat": 48.85, "lon": 2.35, "name": "Paris", "address": "Paris, France"}},
    });
    table.insert([full, json!({})])?;
    Ok(table)
}

fn rich_text(person: &str) -> Value {
    json!([
        {"text": {"content": "Gras"}, "annotations": {"bold": true}},
        {"text": {"content": " lien", "link": {"url": "https://example.com"}}},
        {"mention": {"user": {"id": person}}},
        {"mention": {"date": {"start": "2024-05-01"}}},
        {"equation": {"expression": "e=mc^2"}},
    ])
}

fn properties(others: &DataSource) -> Vec<Property> {
    let options = ["One", "Two", "Three"];
    vec![
        Property::title("Title").describe("The title"),
        Property::text("Text"),
        Property::new("Number", T::number()),
        Property::new("Select", T::select(&options)),
        Property::new("Selects", T::multi_select(&options)),
        Property::new("Status", T::status(&["Not started"], &["In progress"], &["Done"])),
        Property::new("Date", T::Date),
        Property::new("Range", T::Date),
        Property::new("Checkbox", T::Checkbox),
        Property::new("People", T::People),
        Property::new("Relation", T::Relation { source: others.id(), synced: Some("Back".into()) }),
        Property::new("Rollup", T::rollup("Relation", "Price", "sum")),
        Property::new("Originals", T::rollup("Relation", "Name", "show_original")),
        Property::new("Formula", T::formula("prop(\"Number\") * 2")),
        Property::new("Url", T::Url),
        Property::new("Email", T::Email),
        Property::new("Phone", T::PhoneNumber),
        Property::new("Created", T::CreatedTime),
        Property::new("Edited", T::LastEditedTime),
        Property::new("Created by", T::CreatedBy),
        Property::new("Edited by", T::LastEditedBy),
        Property::new("Number in list", T::UniqueId { prefix: Some("TASK".into()) }),
        Property::new("Files", T::Files),
        Property::new("Verification", T::Verification),
        Property::new("Place", T::Place),
        Property::new("Button", T::Button),
    ]
}
