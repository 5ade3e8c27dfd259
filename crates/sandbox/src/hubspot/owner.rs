//! The people of the account, to whom records belong.

use serde_json::{Value, json};

/// A person.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub(super) id: u64,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    /// The person has left; records that were theirs keep their id.
    pub(super) is_archived: bool,
}

impl Owner {
    pub(super) fn json(&self) -> Value {
        json!({
            "id": self.id.to_string(), "email": self.email, "type": "PERSON", "firstName": self.first_name,
            "lastName": self.last_name, "userId": self.id + 1_000, "archived": self.is_archived,
            "createdAt": "2024-01-15T08:00:00.000Z", "updatedAt": "2024-01-15T08:00:00.000Z",
        })
    }
}
