//! A field of a model, and what it may hold.

use serde_json::{Value, json};

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// One line of text.
    Char,
    /// Text of any length.
    Text,
    /// Formatted text.
    Html,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// An amount; its currency stands in another field.
    Monetary,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A moment, in UTC.
    Datetime,
    /// One of these keys, each with its label in English and in French.
    Selection(Vec<(String, String, String)>),
    /// A record of another model.
    Many2one(String),
    /// The records of another model whose field leads here.
    One2many(String, String),
    /// Any records of another model.
    Many2many(String),
    /// Bytes, in base64.
    Binary,
}

/// A field of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Technical name.
    pub name: String,
    /// The label in English and in French.
    pub label: (String, String),
    /// What it holds.
    pub kind: FieldType,
    /// Whether a record cannot be without it.
    pub required: bool,
    /// Whether clients cannot write it.
    pub readonly: bool,
    /// The many-to-one and the field of its record that this one repeats.
    pub related: Option<(String, String)>,
}

impl Field {
    /// A field that may be empty and written.
    #[must_use]
    pub fn new(name: &str, english: &str, french: &str, kind: FieldType) -> Self {
        let label = (english.to_owned(), french.to_owned());
        Self { name: name.to_owned(), label, kind, required: false, readonly: false, related: None }
    }

    /// Required.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Not to be written.
    #[must_use]
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// Repeats a field of the record that a many-to-one leads to.
    #[must_use]
    pub fn related(mut self, through: &str, field: &str) -> Self {
        self.related = Some((through.to_owned(), field.to_owned()));
        self.readonly()
    }

    /// The label in a language such as `fr_FR`; English where it is not known.
    pub(super) fn label(&self, lang: &str) -> &str {
        if lang.starts_with("fr") { &self.label.1 } else { &self.label.0 }
    }

    /// What `fields_get` tells, attribute by attribute.
    pub(super) fn describe(&self, lang: &str) -> Value {
        let mut told = json!({
            "name": self.name, "type": self.kind.word(), "string": self.label(lang), "required": self.required,
            "readonly": self.readonly, "store": !matches!(self.kind, FieldType::One2many(..)),
            "searchable": true, "sortable": !matches!(self.kind, FieldType::One2many(..) | FieldType::Binary),
        });
        match &self.kind {
            FieldType::Selection(options) => {
                let label = |(key, english, french): &(String, String, String)| {
                    json!([key, if lang.starts_with("fr") { french } else { english }])
                };
                told["selection"] = options.iter().map(label).collect();
            }
            FieldType::Many2one(model) | FieldType::Many2many(model) => told["relation"] = json!(model),
            FieldType::One2many(model, inverse) => {
                told["relation"] = json!(model);
                told["relation_field"] = json!(inverse);
            }
            FieldType::Monetary => told["currency_field"] = json!("currency_id"),
            _ => {}
        }
        told
    }
}

impl FieldType {
    /// A selection from keys and labels.
    #[must_use]
    pub fn selection(options: &[(&str, &str, &str)]) -> Self {
        let owned = |(key, english, french): &(&str, &str, &str)| {
            ((*key).to_owned(), (*english).to_owned(), (*french).to_owned())
        };
        Self::Selection(options.iter().map(owned).collect())
    }

    /// A many-to-one.
    #[must_use]
    pub fn to(model: &str) -> Self {
        Self::Many2one(model.to_owned())
    }

    /// The service's word for it.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Char => "char",
            Self::Text => "text",
            Self::Html => "html",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Monetary => "monetary",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Selection(_) => "selection",
            Self::Many2one(_) => "many2one",
            Self::One2many(..) => "one2many",
            Self::Many2many(_) => "many2many",
            Self::Binary => "binary",
        }
    }

    /// How a field that holds nothing is told.
    pub(super) fn empty(&self) -> Value {
        match self {
            Self::Integer => json!(0),
            Self::Float | Self::Monetary => json!(0.0),
            Self::One2many(..) | Self::Many2many(_) => json!([]),
            _ => json!(false),
        }
    }
}
