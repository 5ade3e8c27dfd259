//! The fields an employee has.

use serde_json::{Value, json};

/// The service's word for what a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// A line of text.
    Text,
    /// A day.
    Date,
    /// One of a list.
    List,
    /// An amount with its currency.
    Currency,
    /// A whole number.
    Int,
    /// Yes or no.
    Checkbox,
    /// What people are: active or not.
    Status,
}

impl FieldType {
    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            Self::List => "list",
            Self::Currency => "currency",
            Self::Int => "int",
            Self::Checkbox => "checkbox",
            Self::Status => "status",
        }
    }
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// What it is asked for by: an alias for a standard field, a number for one of the company's own.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) field_type: FieldType,
    /// Its number.
    number: u64,
}

impl Field {
    /// A field of the service.
    pub(super) fn standard(number: u64, alias: &str, name: &str, field_type: FieldType) -> Self {
        Self { key: alias.to_owned(), name: name.to_owned(), field_type, number }
    }

    /// A field of the company.
    pub(super) fn custom(number: u64, name: &str, field_type: FieldType) -> Self {
        Self { key: number.to_string(), name: name.to_owned(), field_type, number }
    }

    /// As `meta/fields` tells it; only a standard field has an alias.
    pub(super) fn meta(&self) -> Value {
        let mut told = json!({"id": self.number, "name": self.name, "type": self.field_type.word()});
        if self.key != self.number.to_string() {
            told["alias"] = json!(self.key);
        }
        told
    }

    /// As the head of a report tells it.
    pub(super) fn head(&self) -> Value {
        json!({"id": self.key, "type": self.field_type.word(), "name": self.name})
    }
}

/// What every company has.
pub(super) fn fields() -> Vec<Field> {
    use FieldType::{Checkbox, Currency, Date, Int, List, Status, Text};
    vec![
        Field::standard(1, "displayName", "Display Name", Text),
        Field::standard(2, "firstName", "First Name", Text),
        Field::standard(3, "lastName", "Last Name", Text),
        Field::standard(4, "jobTitle", "Job Title", List),
        Field::standard(5, "workEmail", "Work Email", Text),
        Field::standard(6, "department", "Department", List),
        Field::standard(7, "location", "Location", List),
        Field::standard(8, "supervisor", "Supervisor", Text),
        Field::standard(9, "hireDate", "Hire Date", Date),
        Field::standard(10, "terminationDate", "Termination Date", Date),
        Field::standard(11, "payRate", "Pay Rate", Currency),
        Field::standard(12, "status", "Status", Status),
        Field::custom(4314, "Jours de congé", Int),
        Field::custom(4315, "Badge remis", Checkbox),
    ]
}

/// The columns of the directory.
pub(super) const DIRECTORY: [&str; 8] =
    ["displayName", "firstName", "lastName", "jobTitle", "workEmail", "department", "location", "supervisor"];
