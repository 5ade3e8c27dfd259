//! The types an Airtable field can have.
//!
//! Source: airtable.com/developers/web/api/field-model. How a type looks in JSON is
//! `field_json`; which cells it accepts is `accept`; how cells are shown is `render`.

use serde_json::Value;

use super::Id;

/// An option of a select field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// `sel…`.
    pub id: Id,
    /// What records show.
    pub name: String,
    /// Colour name, e.g. `blueLight2`.
    pub color: String,
}

impl Choice {
    /// An option of this name. Its id follows from the name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        const COLORS: [&str; 5] = ["blueLight2", "cyanLight2", "tealLight2", "greenLight2", "yellowLight2"];
        let color = COLORS[name.len() % COLORS.len()].to_owned();
        Self { id: Id::named(*b"sel", name), name: name.to_owned(), color }
    }
}

/// The two parts of a link between tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The table linked to.
    pub table: Id,
    /// The field there that shows the link from the other side.
    pub inverse: Option<Id>,
    /// Whether the interface prefers one record; the API accepts several all the same.
    pub single: bool,
}

/// A field's type with its options.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are Airtable's own")]
pub enum FieldType {
    SingleLineText,
    Email,
    Url,
    PhoneNumber,
    MultilineText,
    RichText,
    Number {
        precision: u8,
    },
    Currency {
        precision: u8,
        symbol: String,
    },
    Percent {
        precision: u8,
    },
    Duration {
        format: String,
    },
    Rating {
        max: u8,
    },
    Checkbox,
    Date {
        format: String,
    },
    DateTime {
        time_zone: String,
        date_format: String,
        time_format: String,
    },
    SingleSelect {
        choices: Vec<Choice>,
    },
    MultipleSelects {
        choices: Vec<Choice>,
    },
    SingleCollaborator,
    MultipleCollaborators,
    MultipleRecordLinks(Link),
    MultipleAttachments,
    Barcode,
    Formula {
        source: String,
    },
    Rollup {
        link: Id,
        target: Id,
        source: String,
    },
    MultipleLookupValues {
        link: Id,
        target: Id,
    },
    Count {
        link: Id,
    },
    AutoNumber,
    CreatedTime,
    LastModifiedTime {
        of: Vec<Id>,
    },
    CreatedBy,
    LastModifiedBy,
    Button,
    AiText,
    ExternalSyncSource {
        choices: Vec<Choice>,
    },
    /// A type this simulator does not know, as a service may add at any time: read-only.
    Other {
        name: String,
        options: Option<Value>,
    },
}

impl FieldType {
    /// A select with these options.
    #[must_use]
    pub fn single_select(names: &[&str]) -> Self {
        Self::SingleSelect { choices: names.iter().map(|name| Choice::new(name)).collect() }
    }

    /// A multiple select with these options.
    #[must_use]
    pub fn multiple_selects(names: &[&str]) -> Self {
        Self::MultipleSelects { choices: names.iter().map(|name| Choice::new(name)).collect() }
    }

    /// A currency amount.
    #[must_use]
    pub fn currency(precision: u8, symbol: &str) -> Self {
        Self::Currency { precision, symbol: symbol.to_owned() }
    }

    /// A day, shown as `2024-05-01`.
    #[must_use]
    pub fn date() -> Self {
        Self::Date { format: "iso".into() }
    }

    /// A moment; text without offset is read in this time zone (`utc`, `client` or an IANA name).
    #[must_use]
    pub fn date_time(time_zone: &str) -> Self {
        Self::DateTime {
            time_zone: time_zone.to_owned(),
            date_format: "iso".into(),
            time_format: "24hour".into(),
        }
    }

    /// A link to another table. Adding the field adds its inverse there.
    #[must_use]
    pub fn link_to(table: Id) -> Self {
        Self::MultipleRecordLinks(Link { table, inverse: None, single: false })
    }

    /// A formula over the fields of the same record, e.g. `{Amount} * 1.2`.
    #[must_use]
    pub fn formula(source: &str) -> Self {
        Self::Formula { source: source.to_owned() }
    }

    /// The last change of the record's cells that are not computed.
    #[must_use]
    pub fn last_modified_time() -> Self {
        Self::LastModifiedTime { of: Vec::new() }
    }

    /// Whether the API refuses to write it.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        use FieldType as T;
        self.is_computed()
            || matches!(
                self,
                T::AutoNumber | T::Button | T::AiText | T::ExternalSyncSource { .. } | T::Other { .. }
            )
    }

    /// Whether its value is derived at reading and never stored.
    pub(super) fn is_computed(&self) -> bool {
        use FieldType as T;
        matches!(
            self,
            T::Formula { .. }
                | T::Rollup { .. }
                | T::MultipleLookupValues { .. }
                | T::Count { .. }
                | T::CreatedTime
                | T::LastModifiedTime { .. }
                | T::CreatedBy
                | T::LastModifiedBy
        )
    }

    /// Whether an upsert may match on it.
    pub(super) fn can_merge_on(&self) -> bool {
        use FieldType as T;
        matches!(
            self,
            T::Number { .. }
                | T::SingleLineText
                | T::MultilineText
                | T::SingleSelect { .. }
                | T::MultipleSelects { .. }
                | T::Date { .. }
        )
    }

    pub(super) fn choices(&self) -> Option<&Vec<Choice>> {
        match self {
            Self::SingleSelect { choices }
            | Self::MultipleSelects { choices }
            | Self::ExternalSyncSource { choices } => Some(choices),
            _ => None,
        }
    }

    pub(super) fn choices_mut(&mut self) -> Option<&mut Vec<Choice>> {
        match self {
            Self::SingleSelect { choices }
            | Self::MultipleSelects { choices }
            | Self::ExternalSyncSource { choices } => Some(choices),
            _ => None,
        }
    }
}
