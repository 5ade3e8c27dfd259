//! The options of a choice: what people see, and what HubSpot keeps.

use std::collections::HashMap;

/// Options, their labels told apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Labels {
    /// Value and label, in the service's order.
    pairs: Vec<(String, String)>,
    by_value: HashMap<String, usize>,
    by_label: HashMap<String, usize>,
    /// Labels of values that nobody can choose any more.
    former: HashMap<String, String>,
}

impl Labels {
    /// Options by value and label. Where one label stands for several values, the value is added to it.
    pub(super) fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Labels {
        let pairs = told_apart(pairs.into_iter().collect());
        let by = |key: fn(&(String, String)) -> String| {
            pairs.iter().enumerate().map(|(place, pair)| (key(pair), place)).collect()
        };
        let former = HashMap::new();
        Labels { by_value: by(|pair| pair.0.clone()), by_label: by(|pair| folded(&pair.1)), former, pairs }
    }

    /// The same options; these values are told by label too, but not offered.
    pub(super) fn with_former(self, former: impl IntoIterator<Item = (String, String)>) -> Labels {
        Labels { former: former.into_iter().collect(), ..self }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The label of a value.
    pub(super) fn label(&self, value: &str) -> Option<&str> {
        let present = self.by_value.get(value).and_then(|place| self.pairs.get(*place));
        present.map(|pair| &pair.1).or_else(|| self.former.get(value)).map(String::as_str)
    }

    /// The value of a label: the very same one, else one that differs by case only.
    pub(super) fn value(&self, label: &str) -> Option<&str> {
        let exact = self.pairs.iter().find(|pair| pair.1 == label);
        let found = exact.or_else(|| self.pairs.get(*self.by_label.get(&folded(label))?));
        found.map(|pair| pair.0.as_str())
    }

    /// The labels, in order.
    pub(super) fn all(&self) -> Vec<String> {
        self.pairs.iter().map(|pair| pair.1.clone()).collect()
    }
}

fn folded(label: &str) -> String {
    label.trim().to_lowercase()
}

/// The same pairs; labels that stand more than once get their value added.
pub(super) fn told_apart(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for (_, label) in &pairs {
        *times.entry(folded(label)).or_default() += 1;
    }
    for (value, label) in &mut pairs {
        if times.get(&folded(label)).is_some_and(|times| *times > 1) {
            *label = format!("{label} ({value})");
        }
    }
    pairs
}
