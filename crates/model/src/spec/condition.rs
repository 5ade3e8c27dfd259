//! Fields that are asked for only when another one holds a certain value.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{ConnectorSpec, FieldKind, FormField, IN_BROWSER};

/// When a field is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownWhen {
    /// The other field, which stands before this one.
    pub key: String,
    /// The values that show this one.
    pub values: Vec<String>,
}

impl ShownWhen {
    /// Shown when `key` holds one of `values`.
    pub fn is(key: &str, values: &[&str]) -> ShownWhen {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        ShownWhen { key: key.to_owned(), values }
    }
}

impl ConnectorSpec {
    /// Whether the form shows a field when it holds these values. What depends on a field that is not shown
    /// is not shown either.
    pub fn shows(&self, field: &FormField, values: &BTreeMap<String, String>) -> bool {
        if IN_BROWSER {
            return true;
        }
        let Some(condition) = &field.shown_when else { return true };
        let Some(other) = self.fields().take_while(|f| f.key != field.key).find(|f| f.key == condition.key)
        else {
            return false;
        };
        let held = values.get(&other.key).map(|value| other.clean(value)).unwrap_or_default();
        let held = if held.is_empty() { other.at_rest().to_owned() } else { held };
        condition.values.contains(&held) && self.shows(other, values)
    }
}

impl FormField {
    /// What the field means while nothing is stored.
    fn at_rest(&self) -> &str {
        match &self.kind {
            FieldKind::Choice { options } => options.first().map_or("", |option| option.value.as_str()),
            FieldKind::Toggle => "false",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Capabilities, ChoiceOption, FieldGroup};
    use super::*;
    use crate::text::Text;

    fn field(key: &str, kind: FieldKind, shown_when: Option<ShownWhen>) -> FormField {
        FormField {
            key: key.to_owned(),
            label: Text::same(key),
            help: Text::same("x."),
            example: "x".to_owned(),
            kind,
            required: true,
            shown_when,
        }
    }

    fn choice(values: &[&str]) -> FieldKind {
        let option = |value: &&str| ChoiceOption { value: (*value).to_owned(), label: Text::same(*value) };
        FieldKind::Choice { options: values.iter().map(option).collect() }
    }

    #[test]
    fn only_what_is_shown_is_required_and_judged() {
        let spec = ConnectorSpec {
            id: "x".to_owned(),
            name: "X".to_owned(),
            summary: Text::same("x"),
            groups: vec![FieldGroup {
                title: Text::same("x"),
                fields: vec![
                    field("auth", choice(&["none", "oauth"]), None),
                    field("grant", choice(&["client", "code"]), Some(ShownWhen::is("auth", &["oauth"]))),
                    field("address", FieldKind::Url, Some(ShownWhen::is("grant", &["code"]))),
                    field("name", FieldKind::Text, Some(ShownWhen::is("auth", &["none"]))),
                ],
            }],
            capabilities: Capabilities::default(),
        };
        for (values, missing) in [
            (&[][..], &["auth", "name"][..]),
            (&[("auth", "none"), ("name", "a")], &[]),
            (&[("auth", "oauth")], &["grant"]),
            (&[("auth", "oauth"), ("grant", "code")], &["address"]),
            // What is left over from another choice neither shows anything nor is judged.
            (&[("auth", "none"), ("grant", "code"), ("address", "no address"), ("name", "a")], &[]),
        ] {
            let held: BTreeMap<String, String> =
                values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            let keys: Vec<&str> = spec.missing(&held).iter().map(|field| field.key.as_str()).collect();
            assert_eq!(keys, missing, "{values:?}");
            assert_eq!(spec.validate(&held), [], "{values:?}");
        }
    }
}
