//! Fields that lead to records of other objects.

/// The field that names the records of a standard object, where it is not `Name`. Objects that are not
/// listed, and not made by a customer, may have neither: their ids are shown.
const NAMED_OTHERWISE: [(&str, &str); 5] = [
    ("Case", "CaseNumber"),
    ("Contract", "ContractNumber"),
    ("Order", "OrderNumber"),
    ("Solution", "SolutionName"),
    ("Task", "Subject"),
];

/// Standard objects whose records have a `Name`.
const NAMED: [&str; 20] = [
    "Account",
    "Asset",
    "BusinessHours",
    "Campaign",
    "Contact",
    "Entitlement",
    "Group",
    "Individual",
    "Lead",
    "Opportunity",
    "Organization",
    "Pricebook2",
    "PricebookEntry",
    "Product2",
    "Profile",
    "Quote",
    "RecordType",
    "ServiceContract",
    USER,
    "UserRole",
];

/// The object of people.
pub(super) const USER: &str = "User";

/// A link as a query follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The name by which a query reaches the record.
    pub(super) relationship: String,
    /// The field that names the record.
    pub(super) name_field: &'static str,
    /// The objects that the record may be one of.
    pub(super) to: Vec<String>,
}

impl Link {
    /// `None` where the record's name cannot be asked for.
    pub(super) fn read(relationship: Option<String>, to: Vec<String>) -> Option<Link> {
        let name_field = match to.as_slice() {
            [] => None,
            [one] => name_field(one),
            // Through a link to several objects, a query sees what they have in common.
            _ => Some("Name"),
        };
        Some(Link { relationship: relationship?, name_field: name_field?, to })
    }

    /// The path to the record's name.
    pub(super) fn path(&self) -> String {
        format!("{}.{}", self.relationship, self.name_field)
    }

    /// The object in which a name is looked for; `None` where it could be that of several.
    pub(super) fn target(&self) -> Option<&str> {
        match self.to.as_slice() {
            [one] => Some(one),
            several => several.iter().find(|object| *object == USER).map(String::as_str),
        }
    }
}

/// The field that names an object's records, where that is known.
pub(super) fn name_field(object: &str) -> Option<&'static str> {
    let other = NAMED_OTHERWISE.iter().find(|(known, _)| *known == object).map(|(_, field)| *field);
    let is_named = object.ends_with("__c") || NAMED.contains(&object);
    other.or(is_named.then_some("Name"))
}
