//! The types of objects that every account has, and what is particular to each.

use model::DealField;

/// The type of deals.
pub(super) const DEALS: &str = "deals";
/// The stage of a deal, and the pipeline that it follows from.
pub(super) const STAGE: &str = "dealstage";
pub(super) const PIPELINE: &str = "pipeline";
/// Which of their properties is which of a deal's fields. The name of a deal stands for its client: the company
/// is associated, and associations are read only.
pub(super) const DEAL_FIELDS: &[(DealField, &str)] = &[
    (DealField::Client, "dealname"),
    (DealField::Statut, STAGE),
    (DealField::MontantBrut, "amount"),
    (DealField::DateEcheance, "closedate"),
    (DealField::Assignee, "hubspot_owner_id"),
    (DealField::Notes, "description"),
];

/// A type of object that every account has.
pub(super) struct Standard {
    pub(super) name: &'static str,
    /// What one record of it is called, in the names of events.
    pub(super) noun: &'static str,
    /// The id of the type, by which newer events name it.
    pub(super) type_id: &'static str,
    /// As HubSpot's pages call it.
    pub(super) label: &'static str,
    /// The types whose records are told by name along with its own.
    pub(super) links: &'static [&'static str],
}

/// Every one that is offered.
pub(super) const STANDARD: [Standard; 3] = [
    Standard { name: DEALS, noun: "deal", type_id: "0-3", label: "Deals", links: &["companies", "contacts"] },
    Standard { name: "contacts", noun: "contact", type_id: "0-1", label: "Contacts", links: &["companies"] },
    Standard { name: "companies", noun: "company", type_id: "0-2", label: "Companies", links: &[] },
];

/// The label of a type that every account has.
pub(super) fn label(object: &str) -> &str {
    STANDARD.iter().find(|standard| standard.name == object).map_or(object, |standard| standard.label)
}

/// The properties that name a record of this type.
pub(super) fn naming(object: &str) -> &'static [&'static str] {
    match object {
        "contacts" => &["firstname", "lastname", "email"],
        "companies" => &["name", "domain"],
        _ => &["dealname"],
    }
}

/// The property that says when a record was created; the account's own types have their own name for it.
pub(super) fn created(object: &str) -> &'static str {
    if STANDARD.iter().any(|standard| standard.name == object) { "createdate" } else { "hs_createdate" }
}

/// The property that says when a record was last modified; contacts alone have their own name for it.
pub(super) fn modified(object: &str) -> &'static str {
    if object == "contacts" { "lastmodifieddate" } else { "hs_lastmodifieddate" }
}
