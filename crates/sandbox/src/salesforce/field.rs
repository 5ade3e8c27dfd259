//! The fields of an object, as whoever customises it declares them.

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) kind: FieldType,
    pub(super) nillable: bool,
    pub(super) createable: bool,
    pub(super) updateable: bool,
    /// The service fills it when a record is created without it.
    pub(super) defaulted: bool,
    pub(super) calculated: bool,
    pub(super) external_id: bool,
    pub(super) unique: bool,
    pub(super) restricted: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// The record's own id.
    Id,
    /// One line of at most so many characters.
    Text(usize),
    /// Several lines.
    TextArea(usize),
    /// A phone number.
    Phone,
    /// An address of the web.
    Url,
    /// An e-mail address.
    Email,
    /// One of several values.
    Picklist(Vec<Pick>),
    /// Some of several values, with semicolons between.
    MultiPicklist(Vec<Pick>),
    /// One of the stages of opportunities.
    Stage,
    /// A record of one of these objects, and the name by which a query reaches it.
    Reference(Vec<String>, String),
    /// Yes or no.
    Boolean,
    /// A whole number.
    Int,
    /// A number.
    Double,
    /// An amount of money.
    Currency,
    /// A percentage: 12.5 is 12.5 %.
    Percent,
    /// A day.
    Date,
    /// An instant.
    DateTime,
    /// A file.
    Base64,
    /// An address in parts, read only.
    Address,
}

/// A value of a picklist.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// What is stored.
    pub value: String,
    /// What people see.
    pub label: String,
    /// Whether it can be chosen; records may hold it all the same.
    pub active: bool,
}

impl Pick {
    /// A value that is shown in other words.
    #[must_use]
    pub fn new(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned(), active: true }
    }

    /// Values that are shown as they are.
    #[must_use]
    pub fn all(values: &[&str]) -> Vec<Self> {
        values.iter().map(|value| Self::new(value, value)).collect()
    }
}

impl Field {
    /// A field that anybody may fill and leave empty.
    #[must_use]
    pub fn new(name: &str, label: &str, kind: FieldType) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            kind,
            nillable: true,
            createable: true,
            updateable: true,
            defaulted: false,
            calculated: false,
            external_id: false,
            unique: false,
            restricted: false,
        }
    }

    /// A link to a record of another object, and the name by which a query reaches it.
    #[must_use]
    pub fn to(name: &str, label: &str, object: &str, relationship: &str) -> Self {
        Self::new(name, label, FieldType::Reference(vec![object.to_owned()], relationship.to_owned()))
    }

    /// Never empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.nillable = false;
        self
    }

    /// Never empty, and filled by the service where nothing is given.
    #[must_use]
    pub fn defaulted(mut self) -> Self {
        self.defaulted = true;
        self.required()
    }

    /// Computed by the service.
    #[must_use]
    pub fn calculated(mut self) -> Self {
        self.calculated = true;
        self.read_only()
    }

    /// Not to be written.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        (self.createable, self.updateable) = (false, false);
        self
    }

    /// A key of another system: records can be addressed by it.
    #[must_use]
    pub fn external_id(mut self) -> Self {
        self.external_id = true;
        self
    }

    /// No two records hold the same.
    #[must_use]
    pub fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// Takes no other values than those of its list.
    #[must_use]
    pub fn restricted(mut self) -> Self {
        self.restricted = true;
        self
    }

    /// Whether a customer made it.
    pub(super) fn is_custom(&self) -> bool {
        self.name.ends_with("__c")
    }

    /// The characters it takes at most, where it is a text.
    pub(super) fn longest(&self) -> Option<usize> {
        match self.kind {
            FieldType::Text(length) | FieldType::TextArea(length) => Some(length),
            FieldType::Phone => Some(40),
            FieldType::Url => Some(255),
            FieldType::Email => Some(80),
            _ => None,
        }
    }
}
