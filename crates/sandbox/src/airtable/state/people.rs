//! Users of the service, as collaborator cells show them.

use serde_json::{Value, json};

use crate::airtable::Id;

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::airtable) struct Person {
    pub(in crate::airtable) id: Id,
    pub(in crate::airtable) email: String,
    pub(in crate::airtable) name: String,
}

/// All users.
#[derive(Debug, Default)]
pub(in crate::airtable) struct People(Vec<Person>);

impl People {
    /// Adds a user, or finds the one with this e-mail.
    pub(in crate::airtable) fn add(&mut self, email: &str, name: &str) -> Id {
        if let Some(known) = self.by_email(email) {
            return known.id;
        }
        let id = Id::named(*b"usr", email);
        self.0.push(Person { id, email: email.to_owned(), name: name.to_owned() });
        id
    }

    pub(in crate::airtable) fn get(&self, id: &str) -> Option<&Person> {
        self.0.iter().find(|person| person.id == *id)
    }

    pub(in crate::airtable) fn by_email(&self, email: &str) -> Option<&Person> {
        self.0.iter().find(|person| person.email.eq_ignore_ascii_case(email))
    }

    pub(in crate::airtable) fn by_name(&self, name: &str) -> Option<&Person> {
        self.0.iter().find(|person| person.name.eq_ignore_ascii_case(name))
    }
}

impl Person {
    pub(in crate::airtable) fn json(&self) -> Value {
        json!({"id": self.id, "email": self.email, "name": self.name})
    }
}
