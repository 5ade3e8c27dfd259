//! The types of objects that every account has.

use super::property::{Property, PropertyType as T};
use super::state::Object;

/// When a record was changed; contacts alone have their own name for it.
pub(super) fn modified_name(object: &str) -> &'static str {
    if object == "contacts" { "lastmodifieddate" } else { "hs_lastmodifieddate" }
}

/// When a record was created; the account's own types have their own name for it.
pub(super) fn created_name(object: &str) -> &'static str {
    if matches!(object, "deals" | "contacts" | "companies") { "createdate" } else { "hs_createdate" }
}

/// What one record is called, in the names of events; nothing for the account's own types.
pub(super) fn noun(object: &str) -> Option<&'static str> {
    match object {
        "deals" => Some("deal"),
        "contacts" => Some("contact"),
        "companies" => Some("company"),
        _ => None,
    }
}

/// Deals, contacts and companies, without records.
pub(super) fn objects() -> Vec<Object> {
    vec![
        Object::new("0-3", "deals", "Deals", "dealname", deals()),
        Object::new("0-1", "contacts", "Contacts", "email", contacts()),
        Object::new("0-2", "companies", "Companies", "name", companies()),
    ]
}

/// What the service itself keeps of every record.
pub(super) fn kept(object: &str) -> Vec<Property> {
    vec![
        Property::new("hs_object_id", "Record ID", T::Number).read_only().unique().told(),
        Property::new(created_name(object), "Create Date", T::DateTime).read_only().told(),
        Property::new(modified_name(object), "Last Modified Date", T::DateTime).read_only().told(),
    ]
}

fn deals() -> Vec<Property> {
    vec![
        Property::new("dealname", "Deal Name", T::Text).told(),
        Property::new("pipeline", "Pipeline", T::Pipeline).told(),
        Property::new("dealstage", "Deal Stage", T::Stage).told(),
        Property::new("amount", "Amount", T::Number).told(),
        Property::new("closedate", "Close Date", T::DateTime).told(),
        Property::new("hubspot_owner_id", "Deal owner", T::Owner),
        Property::new("description", "Deal Description", T::LongText),
        Property::new(
            "dealtype",
            "Deal Type",
            T::choice(&[("newbusiness", "New Business"), ("existingbusiness", "Existing Business")]),
        ),
        Property::new("hs_is_closed", "Is Deal Closed?", T::Bool).read_only(),
        Property::new("hs_was_imported", "Performed in an import", T::Bool).read_only().hidden(),
    ]
}

fn contacts() -> Vec<Property> {
    vec![
        Property::new("email", "Email", T::Email).unique().told(),
        Property::new("firstname", "First Name", T::Text).told(),
        Property::new("lastname", "Last Name", T::Text).told(),
        Property::new("phone", "Phone Number", T::Phone),
        Property::new("hubspot_owner_id", "Contact owner", T::Owner),
        Property::new(
            "lifecyclestage",
            "Lifecycle Stage",
            T::choice(&[("lead", "Lead"), ("customer", "Customer")]),
        ),
    ]
}

fn companies() -> Vec<Property> {
    vec![
        Property::new("name", "Company name", T::Text).told(),
        Property::new("domain", "Company Domain Name", T::Text).told(),
        Property::new("city", "City", T::Text),
        Property::new(
            "industry",
            "Industry",
            T::choice(&[("WINE_AND_SPIRITS", "Wine and Spirits"), ("RETAIL", "Retail")]),
        ),
    ]
}
