//! The values of a picklist: what is stored, and what people see.

use std::collections::HashMap;

use serde::Deserialize;

/// The values of one field.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Choices(Vec<Choice>);

#[derive(Clone, Debug, PartialEq)]
struct Choice {
    value: String,
    label: String,
    /// Whether it can be chosen; records may hold it all the same.
    active: bool,
}

/// A value as it is described.
#[derive(Deserialize)]
pub(super) struct RawChoice {
    active: bool,
    /// Without a translation it is the value.
    label: Option<String>,
    value: String,
}

impl Choices {
    /// A label that two active values share says which of them it is.
    pub(super) fn read(raw: Vec<RawChoice>) -> Choices {
        let choice = |raw: RawChoice| {
            let label = raw.label.filter(|label| !label.is_empty()).unwrap_or_else(|| raw.value.clone());
            Choice { value: raw.value, label, active: raw.active }
        };
        let mut choices: Vec<Choice> = raw.into_iter().map(choice).collect();
        let mut times: HashMap<String, usize> = HashMap::new();
        for choice in choices.iter().filter(|choice| choice.active) {
            *times.entry(choice.label.clone()).or_default() += 1;
        }
        for choice in &mut choices {
            if times.get(&choice.label).is_some_and(|times| *times > 1) {
                choice.label = format!("{} ({})", choice.label, choice.value);
            }
        }
        Choices(choices)
    }

    /// The labels one may choose from.
    pub(super) fn labels(&self) -> Vec<String> {
        self.0.iter().filter(|choice| choice.active).map(|choice| choice.label.clone()).collect()
    }

    /// The label of a stored value; a value that was taken off the list without a trace is its own.
    pub(super) fn label<'a>(&'a self, value: &'a str) -> &'a str {
        self.0.iter().find(|choice| choice.value == value).map_or(value, |choice| &choice.label)
    }

    /// The value that a text stands for: by its label exactly, then without case, then by the value itself.
    pub(super) fn value(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        let lower = text.to_lowercase();
        let active = || self.0.iter().filter(|choice| choice.active);
        let found = active()
            .find(|choice| choice.label == text)
            .or_else(|| active().find(|choice| choice.label.to_lowercase() == lower))
            .or_else(|| active().find(|choice| choice.value.to_lowercase() == lower));
        found.map(|choice| choice.value.as_str())
    }
}
