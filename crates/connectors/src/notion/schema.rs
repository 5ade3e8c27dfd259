//! Data sources and properties as Notion describes them, and as the product sees them.
//!
//! Settings are read leniently: a type that appears tomorrow must not keep the others from being read.

use std::collections::BTreeMap;

use model::record::FieldKey;
use model::{StreamField, StreamSchema, ValueKind};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// A data source of the database.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) id: String,
    pub(super) name: String,
    /// It lies in the trash, with all its pages.
    pub(super) in_trash: bool,
    pub(super) properties: Vec<Property>,
}

/// A property of a data source.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property {
    /// As Notion gives it: percent-encoded.
    pub(super) id: FieldKey,
    pub(super) name: String,
    /// Notion's word for the type.
    pub(super) native_type: String,
    pub(super) holds: Holds,
    /// What one may choose from.
    pub(super) options: Vec<Choice>,
}

/// An option of a select, multi-select or status property.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
}

/// What the values of a property are, as far as the product tells them apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holds {
    Text,
    Number,
    Select,
    MultiSelect,
    Status,
    Date,
    Checkbox,
    People,
    /// An address of some kind, at most this many characters.
    Line(usize),
    /// Pages of another data source.
    Relation,
    Files,
    /// A result; each value tells its kind.
    Formula,
    /// A result over a relation.
    Rollup {
        kind: ValueKind,
        /// The id of the relation it is computed over.
        relation: Option<FieldKey>,
    },
    /// When the page was created or changed.
    Time,
    /// Who created or changed it.
    Person,
    /// Computed or chosen otherwise, read as text.
    Other,
    Unknown,
}

impl Source {
    pub(super) fn property(&self, id: &str) -> Option<&Property> {
        self.properties.iter().find(|property| &*property.id == id)
    }

    /// The data source as the product sees it.
    pub(super) fn stream(&self, create_options: bool) -> StreamSchema {
        StreamSchema {
            id: self.id.clone(),
            name: self.name.clone(),
            fields: self.properties.iter().map(|property| property.field(create_options)).collect(),
        }
    }

    /// What Notion said, with the id it begins with or names after `properties.` replaced by the name.
    pub(super) fn with_names(&self, said: &str) -> String {
        for property in &self.properties {
            for id in [property.id.to_string(), plain(&property.id)] {
                if let Some(rest) = said.strip_prefix(&id).filter(|rest| rest.starts_with(' ')) {
                    return format!("{}{rest}", property.name);
                }
                let place = format!("properties.{id}.");
                if said.contains(&place) {
                    return said.replace(&place, &format!("properties.{}.", property.name));
                }
            }
        }
        said.to_owned()
    }
}

impl Property {
    fn field(&self, create_options: bool) -> StreamField {
        StreamField {
            id: self.id.to_string(),
            name: self.name.clone(),
            kind: self.holds.kind(),
            native_type: self.native_type.clone(),
            writable: self.is_writable(),
            options: self.options.iter().map(|choice| choice.name.clone()).collect(),
            makes_options: create_options && matches!(self.holds, Holds::Select | Holds::MultiSelect),
            stands_for: BTreeMap::new(),
        }
    }

    /// Whether people fill it in and this connector writes it. All others are computed by Notion, or
    /// hold things that must exist beforehand (pages, files).
    pub(super) fn is_writable(&self) -> bool {
        matches!(
            self.holds,
            Holds::Text
                | Holds::Number
                | Holds::Select
                | Holds::MultiSelect
                | Holds::Status
                | Holds::Date
                | Holds::Checkbox
                | Holds::People
                | Holds::Line(_)
        )
    }
}

/// A property id without its percent-encoding.
pub(super) fn plain(id: &str) -> String {
    // Encoded, an id holds no separator: it is one key without a value.
    url::form_urlencoded::parse(id.as_bytes()).map(|(key, _)| key.into_owned()).collect()
}

impl Holds {
    fn kind(&self) -> ValueKind {
        match self {
            Holds::Text | Holds::Line(_) | Holds::Formula | Holds::Other => ValueKind::Text,
            Holds::Number => ValueKind::Number,
            Holds::Select | Holds::Status => ValueKind::Choice,
            Holds::MultiSelect | Holds::People | Holds::Relation | Holds::Files => ValueKind::List,
            Holds::Date => ValueKind::Date,
            Holds::Checkbox => ValueKind::Bool,
            Holds::Rollup { kind, .. } => *kind,
            Holds::Time => ValueKind::DateTime,
            Holds::Person => ValueKind::Person,
            Holds::Unknown => ValueKind::Unsupported,
        }
    }

    /// The type called `native` with these settings.
    fn parse(native: &str, settings: &Json) -> Holds {
        match native {
            "title" | "rich_text" => Holds::Text,
            "number" => Holds::Number,
            "select" => Holds::Select,
            "multi_select" => Holds::MultiSelect,
            "status" => Holds::Status,
            "date" => Holds::Date,
            "checkbox" => Holds::Checkbox,
            "people" => Holds::People,
            // Limits: developers.notion.com/reference/request-limits.
            "url" => Holds::Line(2_000),
            "email" | "phone_number" => Holds::Line(200),
            "relation" => Holds::Relation,
            "files" => Holds::Files,
            "formula" => Holds::Formula,
            "rollup" => Holds::Rollup {
                kind: rollup_kind(settings["function"].as_str().unwrap_or_default()),
                relation: ["relation_property_id", "relation_property_name"]
                    .iter()
                    .find_map(|key| settings[*key].as_str())
                    .map(FieldKey::from),
            },
            "created_time" | "last_edited_time" => Holds::Time,
            "created_by" | "last_edited_by" => Holds::Person,
            "unique_id" | "place" | "verification" => Holds::Other,
            _ => Holds::Unknown,
        }
    }
}

/// What a rollup with this function gives.
fn rollup_kind(function: &str) -> ValueKind {
    match function {
        "show_original" | "show_unique" => ValueKind::List,
        "earliest_date" | "latest_date" | "date_range" => ValueKind::Date,
        "count_per_group" | "percent_per_group" => ValueKind::Unsupported,
        _ => ValueKind::Number,
    }
}

/// A data source as it stands in an answer.
#[derive(Deserialize)]
pub(super) struct RawSource {
    id: String,
    #[serde(default)]
    title: Vec<Segment>,
    #[serde(default)]
    in_trash: bool,
    /// By name, in the service's order.
    properties: Map<String, Json>,
}

/// A piece of formatted text.
#[derive(Deserialize)]
pub(super) struct Segment {
    #[serde(default)]
    plain_text: String,
}

/// What the pieces say together.
pub(super) fn joined(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.plain_text.as_str()).collect()
}

impl RawSource {
    pub(super) fn parse(self) -> Source {
        let properties = self.properties.into_iter().filter_map(|(name, raw)| property(name, &raw));
        let mut properties: Vec<Property> = properties.collect();
        // Notion gives them in no order that people know; the title comes first there as here.
        properties.sort_by_key(|property| property.native_type != "title");
        let known: Vec<(FieldKey, String)> =
            properties.iter().map(|property| (property.id.clone(), property.name.clone())).collect();
        for property in &mut properties {
            if let Holds::Rollup { relation, .. } = &mut property.holds {
                // Here the id is not encoded, unlike everywhere else, or the name stands in its place.
                *relation = relation.as_ref().and_then(|named| {
                    let same =
                        |(id, name): &&(FieldKey, String)| plain(id) == plain(named) || **named == **name;
                    known.iter().find(same).map(|(id, _)| id.clone())
                });
            }
        }
        Source { id: self.id, name: joined(&self.title), in_trash: self.in_trash, properties }
    }
}

fn property(name: String, raw: &Json) -> Option<Property> {
    let native_type = raw["type"].as_str()?;
    let settings = &raw[native_type];
    let options = settings["options"].as_array().into_iter().flatten();
    Some(Property {
        id: raw["id"].as_str()?.into(),
        name,
        holds: Holds::parse(native_type, settings),
        options: options.filter_map(|option| Choice::deserialize(option).ok()).collect(),
        native_type: native_type.to_owned(),
    })
}
