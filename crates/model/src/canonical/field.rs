//! A field of the canonical schema.

use crate::text::Text;

/// A field: a column of the table, a key of the mapping, a line of the documentation.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name: in SQL, in JSON, in mappings.
    pub name: &'static str,
    /// What it holds.
    pub kind: FieldType,
    /// What one of it is, such as `EUR` or `%`; empty where nothing is counted.
    pub unit: &'static str,
    /// A row without it is refused.
    pub required: bool,
    /// Who fills it.
    pub filled: Filled,
    /// What it means, as a short title.
    pub meaning: Text,
    /// The column names it is recognised under besides its own, as [`crate::fold::fold`] leaves them;
    /// the most telling first.
    pub columns: &'static [&'static str],
}

/// What a field holds, and so how a text is read as it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Any text, its ends trimmed.
    Text,
    /// An amount, kept as whole cents.
    Money,
    /// A number, with decimals where there are.
    Number,
    /// A share between 0 and 100.
    Percent,
    /// A day, kept as `2026-11-21`.
    Date,
    /// Yes or no, kept as 1 or 0.
    YesNo,
    /// A year between 1800 and 2100.
    Year,
    /// A colour of wine; see [`super::Category`].
    Category,
    /// How bottles are packed; see [`super::Format`]. Kept as people wrote it.
    Format,
}

impl FieldType {
    /// Whether the database keeps it as text.
    pub fn is_text(self) -> bool {
        matches!(self, FieldType::Text | FieldType::Date | FieldType::Category | FieldType::Format)
    }

    /// Whether the database keeps it as a whole number.
    pub fn is_integer(self) -> bool {
        matches!(self, FieldType::Money | FieldType::YesNo | FieldType::Year)
    }
}

/// Who fills a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// A column of the source.
    Source,
    /// A column of the source where there is one, else the reader from the row's other fields.
    Reader,
    /// The database, from other rows or columns, once a load is done.
    Database,
}

impl Field {
    /// A field a column of the source fills.
    pub(super) const fn new(
        name: &'static str,
        kind: FieldType,
        meaning: Text,
        columns: &'static [&'static str],
    ) -> Field {
        let unit = match kind {
            FieldType::Money => "EUR",
            FieldType::Percent => "%",
            _ => "",
        };
        Field { name, kind, unit, required: false, filled: Filled::Source, meaning, columns }
    }

    /// A row cannot do without it.
    pub(super) const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// What one of it is.
    pub(super) const fn unit(mut self, unit: &'static str) -> Field {
        self.unit = unit;
        self
    }

    /// The reader or the database fills it.
    pub(super) const fn filled(mut self, by: Filled) -> Field {
        self.filled = by;
        self
    }

    /// Why a row without it is refused.
    pub fn missing(&self) -> Text {
        let meaning = &self.meaning;
        Text::new(format!("« {} » est vide", meaning.fr), format!("“{}” is empty", meaning.en))
    }

    /// Every folded column name that is this field.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let own = crate::fold::fold(self.name);
        let own = (self.filled != Filled::Database && !self.columns.contains(&own.as_str())).then_some(own);
        self.columns.iter().map(|name| (*name).to_owned()).chain(own)
    }
}
