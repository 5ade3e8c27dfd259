//! The demonstration as an Airtable base.

use serde_json::json;

use super::{contacts, deals, given};
use crate::airtable::{Base, Field, FieldType, Id, Refusal, Simulator};

/// Id of the base.
pub const BASE: &str = "appPasserelleDemo";
/// Its name.
pub const BASE_NAME: &str = "Démo Passerelle";
/// Name of the table of deals.
pub const DEALS: &str = "Deals";
/// Name of the table of contacts.
pub const CONTACTS: &str = "Contacts";

/// Makes the demonstration base.
///
/// # Errors
/// When a simulator refuses its own demonstration data.
pub fn airtable(simulator: &Simulator) -> Result<Base, Refusal> {
    let base = simulator.base(BASE, BASE_NAME).map_err(|_| Refusal::no_permission_or_model())?;
    let deals = base.table(DEALS, deal_fields());
    let contacts = base.table(
        CONTACTS,
        [
            Field::text("Name"),
            Field::new("Email", FieldType::Email),
            Field::new("Phone", FieldType::PhoneNumber),
        ],
    );
    deals.add_field(Field::new("Contact", FieldType::link_to(contacts.id())));
    deals.add_field(Field::new("Weighted", FieldType::formula(WEIGHTED)));
    deals.add_field(Field::new("Signed", FieldType::Checkbox));

    let mut links = Vec::new();
    for (place, contact) in contacts::CONTACTS.iter().enumerate() {
        let id = Id::named(*b"rec", &format!("contact/{}", place + 1));
        contacts.insert_as(
            id,
            &json!({"Name": contact.name, "Email": contact.email, "Phone": given(contact.phone)}),
        )?;
        links.push((contact.name, id));
    }
    for (place, deal) in deals::DEALS.iter().enumerate() {
        let contact = links.iter().find(|(name, _)| *name == deal.contact).map(|(_, id)| id);
        let row = json!({
            "Name": deal.client,
            "Status": given(deal.status),
            "Amount": deal.amount,
            "Sector": given(deal.sector),
            "Due Date": given(deal.due),
            "Assignee": given(deal.assignee),
            "Notes": given(deal.notes),
            "Contact": contact.map(|id| vec![id]),
            "Signed": deal.status == "Won",
        });
        deals.insert_as(Id::named(*b"rec", &format!("deal/{}", place + 1)), &row)?;
    }
    Ok(base)
}

/// The fields of a table of deals.
pub(super) fn deal_fields() -> Vec<Field> {
    vec![
        Field::text("Name"),
        Field::new("Status", FieldType::single_select(&deals::STATUSES)),
        Field::new("Amount", FieldType::currency(2, "€")),
        Field::new("Sector", FieldType::single_select(deals::SECTORS)),
        Field::new("Due Date", FieldType::date()),
        Field::text("Assignee"),
        Field::new("Notes", FieldType::MultilineText),
        Field::new("Last Modified", FieldType::last_modified_time()),
    ]
}

/// Amount times the chance that the status stands for.
const WEIGHTED: &str = "ROUND({Amount} * SWITCH({Status}, 'Lead', 0.1, 'Qualified', 0.3, 'Negotiation', 0.7, \
                        'Won', 1, 'In progress', 1, 0), 2)";
