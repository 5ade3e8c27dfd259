//! A connector described as data.
//!
//! The description draws the form, validates it on both sides, says which values are sealed, and
//! writes the documentation. A new connector adds a value of this type and no code elsewhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// What a connector is and what it asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectorSpec {
    /// The stable word for it in paths, tables and settings, such as `airtable`.
    pub id: String,
    /// The service's name as people write it.
    pub name: String,
    /// One sentence: what one gets.
    pub summary: Text,
    /// The form, in groups.
    pub groups: Vec<FieldGroup>,
    /// What the service can do.
    pub capabilities: Capabilities,
}

/// Fields of a form that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldGroup {
    /// The heading.
    pub title: Text,
    /// The fields, in order.
    pub fields: Vec<FormField>,
}

/// One field of a connector's form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormField {
    /// The setting's name in JSON and in the database.
    pub key: String,
    /// The label.
    pub label: Text,
    /// What it is for and where to find it; a sentence that ends with a period.
    pub help: Text,
    /// A value as it looks in reality.
    pub example: String,
    /// What may be typed.
    pub kind: FieldKind,
    /// Whether the connection cannot work without it.
    pub required: bool,
}

/// What may be typed into a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// An id that usually starts with this prefix; a pasted link that contains one works too.
    Id {
        /// The service's prefix, such as `app`.
        prefix: String,
    },
    /// A secret: sealed when stored, never sent back.
    Secret,
}

/// What a service can do, as facts the engine relies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// Records can be written.
    pub writes: bool,
    /// How many records one write call takes.
    pub write_batch: usize,
    /// How many calls may be in flight at once; the limiter still spaces them.
    pub in_flight: usize,
    /// The service says when a record was modified, at least where the table has such a field.
    pub modified_times: bool,
}

/// Something wrong with what was typed into a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldFault {
    /// The field's key.
    pub key: String,
    /// What is wrong and what to do.
    pub text: Text,
}

impl ConnectorSpec {
    /// Every field of the form.
    pub fn fields(&self) -> impl Iterator<Item = &FormField> {
        self.groups.iter().flat_map(|group| &group.fields)
    }

    /// Whether the value of this field is sealed.
    pub fn is_secret(&self, key: &str) -> bool {
        self.fields().any(|f| f.key == key && f.kind == FieldKind::Secret)
    }

    /// The required fields that hold nothing.
    pub fn missing(&self, values: &BTreeMap<String, String>) -> Vec<&FormField> {
        self.fields()
            .filter(|f| f.required && values.get(&f.key).is_none_or(|v| v.trim().is_empty()))
            .collect()
    }

    /// Checks what was typed; the browser and the server call this same function.
    ///
    /// An empty field is not a fault here: a form may be saved half filled, see [`Self::missing`].
    pub fn validate(&self, values: &BTreeMap<String, String>) -> Vec<FieldFault> {
        let typed =
            |f: &FormField| values.get(&f.key).map(|v| v.trim()).filter(|v| !v.is_empty()).map(str::to_owned);
        self.fields().filter_map(|f| f.fault(&typed(f)?)).collect()
    }
}

impl FormField {
    /// What is wrong with this text, if anything.
    fn fault(&self, text: &str) -> Option<FieldFault> {
        let fault = |text| Some(FieldFault { key: self.key.clone(), text });
        if text.chars().any(char::is_control) {
            return fault(Text::fixed(
                "Ce champ contient un caractère invisible (retour à la ligne, tabulation). Collez la valeur seule.",
                "This field holds an invisible character (line break, tab). Paste the value alone.",
            ));
        }
        match &self.kind {
            FieldKind::Text => None,
            FieldKind::Secret if text.contains(char::is_whitespace) || !text.is_ascii() => {
                fault(Text::fixed(
                    "Un token ne contient ni espace ni accent. Copiez-le de nouveau depuis le service.",
                    "A token holds no space and no accent. Copy it again from the service.",
                ))
            }
            FieldKind::Secret => None,
            FieldKind::Id { .. } if self.clean(text).contains([' ', '/']) => {
                let example = &self.example;
                fault(Text::new(
                    format!("Aucun identifiant trouvé dans ce texte. Il ressemble à {example}."),
                    format!("No id found in this text. It looks like {example}."),
                ))
            }
            FieldKind::Id { .. } => None,
        }
    }

    /// The value to keep for what was typed: trimmed, and the id taken out of a pasted link.
    pub fn clean(&self, typed: &str) -> String {
        let typed = typed.trim();
        match &self.kind {
            FieldKind::Id { prefix } => find_id(typed, prefix).unwrap_or(typed).to_owned(),
            FieldKind::Text | FieldKind::Secret => typed.to_owned(),
        }
    }
}

/// The id in `text`, alone or as a segment of a link: the prefix and 14 letters or digits.
fn find_id<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .find(|segment| segment.len() == prefix.len() + 14 && segment.starts_with(prefix))
}
