//! The rights of a token, as HubSpot names them.

use super::call::{Action, Call};

/// Seeing the people of the account.
pub const OWNERS_READ: &str = "crm.objects.owners.read";

/// Every right there is here.
pub const EVERY_SCOPE: &[&str] = &[
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.custom.read",
    "crm.objects.custom.write",
    "crm.objects.deals.read",
    "crm.objects.deals.write",
    OWNERS_READ,
    "crm.schemas.companies.read",
    "crm.schemas.contacts.read",
    "crm.schemas.custom.read",
    "crm.schemas.deals.read",
];

/// The right that a call needs; `None` where any token will do.
///
/// Custom objects share one right, whatever their names.
pub(super) fn needed(call: &Call, object: Option<&str>) -> Option<String> {
    let family = object.map_or("custom", |name| match name {
        "deals" | "contacts" | "companies" => name,
        _ => "custom",
    });
    let right = match &call.action {
        Action::Account | Action::Authorize | Action::Token | Action::Nowhere => return None,
        Action::Owners => return Some(OWNERS_READ.to_owned()),
        Action::Schemas => return Some("crm.schemas.custom.read".to_owned()),
        Action::Properties | Action::Pipelines => return Some(format!("crm.schemas.{family}.read")),
        Action::List | Action::Get(_) | Action::BatchRead | Action::Search | Action::Associations(_) => {
            "read"
        }
        Action::Create
        | Action::Update(_)
        | Action::Archive(_)
        | Action::BatchCreate
        | Action::BatchUpdate
        | Action::BatchUpsert
        | Action::BatchArchive => "write",
    };
    Some(format!("crm.objects.{family}.{right}"))
}
