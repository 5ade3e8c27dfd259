//! E-mail addresses and phone numbers of a person.

use serde_json::{Value, json};

/// A list as it is kept; nothing where it is none. The first is the primary one unless another says so.
pub(super) fn read(value: &Value) -> Option<Value> {
    let given = value.as_array()?;
    let says = given.iter().any(|one| one["primary"] == true);
    let read = given.iter().enumerate().map(|(place, one)| {
        let primary = if says { one["primary"] == true } else { place == 0 };
        let label = one["label"].as_str().unwrap_or("work");
        Some(json!({"value": one["value"].as_str()?, "primary": primary, "label": label}))
    });
    read.collect::<Option<Vec<_>>>().map(Value::Array)
}
