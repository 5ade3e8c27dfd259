//! A connector described as data.
//!
//! The description draws the form, validates it on both sides, says which values are sealed, and
//! writes the documentation. A new connector adds a value of this type and no code elsewhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::api::MASK;
use crate::text::Text;

mod condition;
mod facts;
mod key_file;
mod pairs;
mod pasted;

pub use condition::ShownWhen;
pub use facts::Fact;
pub use key_file::KeyFile;
pub use pairs::pairs;

/// No form that the browser takes over has fields of several lines, numbers, or fields that depend on others.
/// What looks at them is left out there: it would cost every visitor 6 kB.
const IN_BROWSER: bool = cfg!(target_arch = "wasm32");

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
    /// What the service can do. The engine's affair: whoever reads a description elsewhere does without.
    #[serde(skip_deserializing)]
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
    /// Whether the connection cannot work without it, where the field is shown.
    pub required: bool,
    /// When it is asked for; always where nothing is said. No form that the browser takes over has such
    /// fields: nothing is sent there.
    #[serde(skip_deserializing)]
    pub shown_when: Option<ShownWhen>,
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
    /// A UUID, with or without dashes; a pasted link whose path ends with one works too. What stands
    /// after the path, such as the id of a view, is not taken for it.
    Uuid,
    /// The address of a site; without a scheme, it is taken for `https`.
    Url,
    /// Yes or no, off when nothing is stored.
    Toggle,
    /// A key or token, in one word: sealed when stored, never sent back.
    Secret,
    /// A password that somebody chose, spaces and accents included, or a key of several lines: sealed when
    /// stored, never sent back.
    #[serde(skip_deserializing)]
    Password,
    /// The JSON key file of a service account, pasted whole ([`KeyFile`]): sealed when stored, never sent back.
    #[serde(skip_deserializing)]
    KeyFile,
    /// Text of several lines.
    #[serde(skip_deserializing)]
    LongText,
    /// Names and values: a JSON object of plain values, or a line `name: value` for each ([`pairs`]).
    #[serde(skip_deserializing)]
    Pairs,
    /// A whole number between two others, both included.
    #[serde(skip_deserializing)]
    Number {
        /// The smallest.
        min: u64,
        /// The largest.
        max: u64,
    },
    /// A folder on the machine the program runs on.
    Folder,
    /// One of a few words; nothing stored means the first.
    Choice {
        /// What one may choose from.
        options: Vec<ChoiceOption>,
    },
}

/// One of the words of a [`FieldKind::Choice`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// What is stored.
    pub value: String,
    /// What people read.
    pub label: Text,
}

/// What a service can do, as facts the engine relies on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// Records can be written.
    pub writes: bool,
    /// How many records one write call takes.
    pub write_batch: usize,
    /// How many calls may be in flight at once; the limiter still spaces them.
    pub in_flight: usize,
    /// How finely the service says when a record was modified, at least where the table has such a field;
    /// `None` where it never does.
    pub modified: Option<Grain>,
    /// A record deleted at the service is missing from the next reading.
    pub sees_deletions: bool,
    /// A field can be emptied.
    pub clears: bool,
    /// The longest text that one field takes, in characters; `None` where no limit is documented.
    pub longest_text: Option<u32>,
    /// Links from one record to others can be written.
    pub writes_links: bool,
    /// A record is created or changed by a key of the person's own in one call, so that the same creation sent
    /// twice makes one record.
    pub upserts: bool,
}

/// The smallest step between two moments a service tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// A thousandth of a second.
    Millisecond,
    /// A second.
    Second,
    /// A minute: two changes within one are not told apart.
    Minute,
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
        self.fields().any(|f| f.key == key && f.kind.is_secret())
    }

    /// The required fields that hold nothing, among those that these values make the form show.
    pub fn missing(&self, values: &BTreeMap<String, String>) -> Vec<&FormField> {
        self.fields()
            .filter(|f| f.required && values.get(&f.key).is_none_or(|v| v.trim().is_empty()))
            .filter(|f| self.shows(f, values))
            .collect()
    }

    /// Checks what was typed; the browser and the server call this same function.
    ///
    /// An empty field is not a fault here: a form may be saved half filled, see [`Self::missing`].
    pub fn validate(&self, values: &BTreeMap<String, String>) -> Vec<FieldFault> {
        let typed =
            |f: &FormField| values.get(&f.key).map(|v| v.trim()).filter(|v| !v.is_empty()).map(str::to_owned);
        self.fields().filter(|f| self.shows(f, values)).filter_map(|f| f.fault(&typed(f)?)).collect()
    }
}

impl FieldKind {
    /// Whether a value is sealed.
    pub fn is_secret(&self) -> bool {
        matches!(self, FieldKind::Secret | FieldKind::Password | FieldKind::KeyFile)
    }

    /// Whether a value may have several lines.
    pub fn has_lines(&self) -> bool {
        use FieldKind::{KeyFile, LongText, Pairs, Password};
        matches!(self, LongText | Pairs | Password | KeyFile)
    }
}

impl FormField {
    /// What is wrong with this text, if anything.
    fn fault(&self, text: &str) -> Option<FieldFault> {
        let fault = |text| Some(FieldFault { key: self.key.clone(), text });
        let is_stray =
            |c: char| c.is_control() && !(self.kind.has_lines() && matches!(c, '\n' | '\r' | '\t'));
        if text.chars().any(is_stray) {
            return fault(Text::fixed(
                "Ce champ contient un caractère invisible (retour à la ligne, tabulation). Collez la valeur seule.",
                "This field holds an invisible character (line break, tab). Paste the value alone.",
            ));
        }
        match &self.kind {
            FieldKind::Text | FieldKind::Folder | FieldKind::LongText | FieldKind::Password => None,
            FieldKind::KeyFile | FieldKind::Pairs | FieldKind::Number { .. } if IN_BROWSER => None,
            // One that is stored and was not typed anew.
            FieldKind::KeyFile if text == MASK => None,
            FieldKind::KeyFile => KeyFile::read(text).err().and_then(fault),
            FieldKind::Pairs => pairs(text).err().map(|text| FieldFault { key: self.key.clone(), text }),
            FieldKind::Number { min, max }
                if !text.parse().is_ok_and(|n: u64| (*min..=*max).contains(&n)) =>
            {
                fault(Text::new(
                    format!("Ce champ attend un nombre entier entre {min} et {max}."),
                    format!("This field expects a whole number between {min} and {max}."),
                ))
            }
            FieldKind::Number { .. } => None,
            FieldKind::Choice { options } if !options.iter().any(|option| option.value == text) => {
                let known: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
                let known = known.join(", ");
                fault(Text::new(
                    format!("Ce champ attend un de ces mots : {known}."),
                    format!("This field expects one of these words: {known}."),
                ))
            }
            FieldKind::Choice { .. } => None,
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
            FieldKind::Uuid if pasted::uuid(text).is_none() => {
                let example = &self.example;
                fault(Text::new(
                    format!("Aucun identifiant trouvé dans ce texte. Il ressemble à {example}."),
                    format!("No id found in this text. It looks like {example}."),
                ))
            }
            FieldKind::Uuid => None,
            FieldKind::Url if !pasted::is_web_address(&self.clean(text)) => {
                let example = &self.example;
                fault(Text::new(
                    format!("Ce n'est pas l'adresse d'un site. Elle ressemble à {example}."),
                    format!("This is not the address of a site. It looks like {example}."),
                ))
            }
            FieldKind::Url => None,
            FieldKind::Toggle if toggle(text).is_none() => {
                fault(Text::fixed("Ce champ attend oui ou non.", "This field expects yes or no."))
            }
            FieldKind::Toggle => None,
        }
    }

    /// The value to keep for what was typed: trimmed, the id taken out of a pasted link, a UUID in
    /// small letters with its dashes, yes and no as `true` and `false`.
    pub fn clean(&self, typed: &str) -> String {
        let typed = typed.trim();
        match &self.kind {
            FieldKind::Id { prefix } => pasted::id(typed, prefix).unwrap_or(typed).to_owned(),
            FieldKind::Uuid => pasted::uuid(typed).unwrap_or_else(|| typed.to_owned()),
            FieldKind::Toggle => toggle(typed).map_or_else(|| typed.to_owned(), |on| on.to_string()),
            FieldKind::Url if typed.is_empty() || typed.contains("://") => typed.to_owned(),
            FieldKind::Url => format!("https://{typed}"),
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Pairs
            | FieldKind::Number { .. }
            | FieldKind::Secret
            | FieldKind::Password
            | FieldKind::KeyFile
            | FieldKind::Folder
            | FieldKind::Choice { .. } => typed.to_owned(),
        }
    }
}

/// Whether a toggle's value says yes; what a form sends for a ticked box counts too.
pub fn is_on(value: &str) -> bool {
    toggle(value).unwrap_or_default()
}

/// Yes or no, as people, forms and programs write it.
fn toggle(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "on" | "1" | "oui" | "yes" => Some(true),
        "false" | "off" | "0" | "non" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> FormField {
        FormField {
            key: "x".to_owned(),
            label: Text::same("X"),
            help: Text::same("X."),
            example: "E".to_owned(),
            kind,
            required: false,
            shown_when: None,
        }
    }

    #[test]
    fn a_uuid_is_found_in_whatever_is_pasted() {
        const ID: &str = "1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b";
        let uuid = field(FieldKind::Uuid);
        for typed in [
            ID,
            " 1F2E3D4C5B6A47988A9B0C1D2E3F4A5B ",
            "1f2e3d4c5b6a47988a9b0c1d2e3f4a5b",
            "https://www.notion.so/acme/1f2e3d4c5b6a47988a9b0c1d2e3f4a5b?v=aaaaaaaaaaaa4aaaaaaaaaaaaaaaaaaa",
            "https://www.notion.so/1f2e3d4c5b6a47988a9b0c1d2e3f4a5b?v=aaaaaaaaaaaa4aaaaaaaaaaaaaaaaaaa&pvs=4",
            "https://www.notion.so/acme/Deals-2024-1f2e3d4c5b6a47988a9b0c1d2e3f4a5b#bbbbbbbbbbbb4bbbbbbbbbbbbbbbbbbb",
            "https://acme.notion.site/1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5b/",
            "https://www.notion.so/acme/Caf%C3%A9-1f2e3d4c5b6a47988a9b0c1d2e3f4a5b",
        ] {
            assert_eq!(uuid.clean(typed), ID, "{typed}");
            assert_eq!(uuid.fault(typed.trim()), None, "{typed}");
        }
        for typed in [
            "Deals",
            "1f2e3d4c5b6a47988a9b0c1d2e3f4a5",
            "1f2e3d4c5b6a47988a9b0c1d2e3f4a5bf",
            "1f2e3d4c5b6a47988a9b0c1d2e3f4a5g",
            "1f2e3d4c5-b6a-4798-8a9b-0c1d2e3f4a5b",
            "https://www.notion.so/acme?v=aaaaaaaaaaaa4aaaaaaaaaaaaaaaaaaa",
            "é1f2e3d4c5b6a47988a9b0c1d2e3f4a5b",
        ] {
            assert!(uuid.fault(typed).is_some(), "{typed}");
            assert_eq!(uuid.clean(typed), typed);
        }
    }

    #[test]
    fn an_address_is_that_of_a_site() {
        let url = field(FieldKind::Url);
        for (typed, kept) in [
            ("cave.odoo.com", "https://cave.odoo.com"),
            (" https://cave.odoo.com/odoo ", "https://cave.odoo.com/odoo"),
            ("http://192.168.1.10:8069", "http://192.168.1.10:8069"),
        ] {
            assert_eq!(url.clean(typed), kept);
            assert_eq!(url.fault(typed.trim()), None, "{typed}");
        }
        for typed in ["ftp://cave.odoo.com", "https://", "ma cave", "https://me:secret@cave.odoo.com"] {
            assert!(url.fault(typed).is_some(), "{typed}");
        }
    }

    #[test]
    fn a_key_has_lines_and_a_token_has_none() {
        let key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----";
        assert!(field(FieldKind::Password).fault(key).is_none());
        assert!(field(FieldKind::Password).fault("a\u{1b}b").is_some());
        assert!(field(FieldKind::Secret).fault("abc\ndef").is_some());
    }

    #[test]
    fn yes_and_no_in_every_form() {
        let on = field(FieldKind::Toggle);
        for (typed, kept, says) in [
            ("true", "true", true),
            ("on", "true", true),
            (" Oui ", "true", true),
            ("1", "true", true),
            ("false", "false", false),
            ("non", "false", false),
            ("", "", false),
        ] {
            assert_eq!((on.clean(typed).as_str(), is_on(typed)), (kept, says), "{typed}");
        }
        assert!(on.fault("peut-être").is_some() && !is_on("peut-être"));
    }
}
