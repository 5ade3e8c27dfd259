//! The properties of a type of object.

use serde_json::{Value, json};

use super::pipeline::Pipeline;

/// A property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) kind: PropertyType,
    pub(super) is_read_only: bool,
    pub(super) is_hidden: bool,
    pub(super) is_unique: bool,
    /// Told although nobody asks for it.
    pub(super) is_default: bool,
}

/// What a property holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PropertyType {
    /// A line.
    Text,
    /// Several lines.
    LongText,
    /// An address, which the service writes in small letters.
    Email,
    /// A telephone number.
    Phone,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// An instant.
    DateTime,
    /// One option: value and label of each.
    Choice(Vec<(String, String)>),
    /// Several options.
    Choices(Vec<(String, String)>),
    /// A person of the account, whose options are told elsewhere.
    Owner,
    /// A stage of the record's pipeline.
    Stage,
    /// A pipeline.
    Pipeline,
}

impl PropertyType {
    /// One of these options.
    #[must_use]
    pub fn choice(options: &[(&str, &str)]) -> Self {
        Self::Choice(owned(options))
    }

    /// Several of these options.
    #[must_use]
    pub fn choices(options: &[(&str, &str)]) -> Self {
        Self::Choices(owned(options))
    }

    /// Type and type of field, in the service's words.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Text | Self::Email => ("string", "text"),
            Self::LongText => ("string", "textarea"),
            Self::Phone => ("string", "phonenumber"),
            Self::Number => ("number", "number"),
            Self::Bool => ("bool", "booleancheckbox"),
            Self::Date => ("date", "date"),
            Self::DateTime => ("datetime", "date"),
            Self::Choice(_) | Self::Owner => ("enumeration", "select"),
            Self::Choices(_) => ("enumeration", "checkbox"),
            Self::Stage => ("enumeration", "radio"),
            Self::Pipeline => ("enumeration", "select"),
        }
    }
}

fn owned(options: &[(&str, &str)]) -> Vec<(String, String)> {
    options.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect()
}

impl Property {
    /// A property that can be read and written.
    #[must_use]
    pub fn new(name: &str, label: &str, kind: PropertyType) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            kind,
            is_read_only: false,
            is_hidden: false,
            is_unique: false,
            is_default: false,
        }
    }

    /// One that the service fills.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.is_read_only = true;
        self
    }

    /// One that people do not see.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.is_hidden = true;
        self
    }

    /// One of which no two records hold the same.
    #[must_use]
    pub fn unique(mut self) -> Self {
        self.is_unique = true;
        self
    }

    pub(super) fn told(mut self) -> Self {
        self.is_default = true;
        self
    }

    /// Value and label of each option.
    pub(super) fn options(&self, pipelines: &[Pipeline]) -> Vec<(String, String)> {
        let pair = |id: &String, label: &String| (id.clone(), label.clone());
        match &self.kind {
            PropertyType::Choice(options) | PropertyType::Choices(options) => options.clone(),
            PropertyType::Bool => owned(&[("true", "Yes"), ("false", "No")]),
            PropertyType::Stage => {
                let stages = pipelines.iter().flat_map(|pipeline| &pipeline.stages);
                stages.map(|stage| pair(&stage.id, &stage.label)).collect()
            }
            PropertyType::Pipeline => {
                pipelines.iter().map(|pipeline| pair(&pipeline.id, &pipeline.label)).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn json(&self, place: usize, pipelines: &[Pipeline]) -> Value {
        let (kind, field) = self.kind.words();
        let options: Vec<Value> = self
            .options(pipelines)
            .iter()
            .enumerate()
            .map(|(place, (value, label))| {
                json!({"label": label, "value": value, "description": "", "displayOrder": place, "hidden": false})
            })
            .collect();
        let mut told = json!({
            "name": self.name, "label": self.label, "type": kind, "fieldType": field, "description": "",
            "groupName": "information", "options": options, "displayOrder": place, "calculated": false,
            "externalOptions": self.kind == PropertyType::Owner, "hasUniqueValue": self.is_unique,
            "hidden": self.is_hidden, "hubspotDefined": true, "formField": !self.is_read_only,
            "archived": false, "createdAt": "2024-01-15T08:00:00.000Z", "updatedAt": "2024-01-15T08:00:00.000Z",
            "modificationMetadata": {
                "archivable": false, "readOnlyDefinition": true, "readOnlyOptions": false,
                "readOnlyValue": self.is_read_only,
            },
        });
        if self.kind == PropertyType::Owner {
            told["referencedObjectType"] = json!("OWNER");
        }
        told
    }
}
