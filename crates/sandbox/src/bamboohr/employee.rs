//! An employee: texts by field, as the service keeps them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::people::Person;

/// One employee.
#[derive(Clone, Debug)]
pub(super) struct Employee {
    pub(super) id: u64,
    /// Nothing where a field holds nothing.
    pub(super) values: BTreeMap<String, String>,
}

impl Employee {
    /// The employee of that number; the same at every start.
    pub(super) fn new(id: u64) -> Self {
        let person = Person::of(id);
        let boss = Person::of(id % 7);
        let is_gone = id.is_multiple_of(9);
        let values = [
            ("displayName", person.name()),
            ("firstName", person.first.to_owned()),
            ("lastName", person.last.to_owned()),
            ("jobTitle", person.title.to_owned()),
            ("workEmail", format!("p{id}@example.com")),
            ("department", person.department.to_owned()),
            ("location", person.town.to_owned()),
            ("supervisor", if id.is_multiple_of(5) { String::new() } else { boss.name() }),
            ("hireDate", person.hired.to_string()),
            // The service's word for no day.
            ("terminationDate", if is_gone { "2026-06-30" } else { "0000-00-00" }.to_owned()),
            ("payRate", format!("{}.00 EUR", person.salary)),
            ("status", if is_gone { "Inactive" } else { "Active" }.to_owned()),
            ("4314", (id % 30).to_string()),
            ("4315", if id.is_multiple_of(2) { "yes" } else { "no" }.to_owned()),
        ];
        let values = values.into_iter().filter(|(_, value)| !value.is_empty());
        Self { id, values: values.map(|(key, value)| (key.to_owned(), value)).collect() }
    }

    pub(super) fn is_active(&self) -> bool {
        self.values.get("status").is_none_or(|status| status == "Active")
    }

    /// These fields of it, as a report answers them; what holds nothing is null.
    pub(super) fn row<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Map<String, Value> {
        let mut row = Map::from_iter([("id".to_owned(), json!(self.id.to_string()))]);
        row.extend(keys.into_iter().map(|key| (key.to_owned(), json!(self.values.get(key)))));
        row
    }
}
