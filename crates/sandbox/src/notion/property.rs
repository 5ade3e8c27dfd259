//! Properties of a data source, as a test describes them and as the simulator keeps them.

use super::Id;

/// The group of an option of a status property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// “To-do”.
    ToDo,
    /// “In progress”.
    InProgress,
    /// “Complete”.
    Complete,
}

/// An option of a select, multi-select or status property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Made up from the name.
    pub id: String,
    /// Name.
    pub name: String,
    /// Colour, by Notion's name.
    pub color: String,
    /// Its group, which only counts in a status property.
    pub group: Group,
}

impl Choice {
    /// An option of this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let id = Id::named(&format!("option/{name}")).to_string();
        Self { id, name: name.to_owned(), color: "default".into(), group: Group::ToDo }
    }

    /// With this colour.
    #[must_use]
    pub fn color(mut self, color: &str) -> Self {
        color.clone_into(&mut self.color);
        self
    }

    /// In this group.
    #[must_use]
    pub fn group(mut self, group: Group) -> Self {
        self.group = group;
        self
    }

    pub(super) fn is(&self, key: &str) -> bool {
        self.name == key || self.id == key
    }
}

/// The type of a property with its settings.
#[derive(Clone, Debug, PartialEq)]
pub enum PropertyType {
    /// The title; every data source has exactly one.
    Title,
    /// Text.
    RichText,
    /// Number in a format such as `euro`.
    Number {
        /// `number`, `euro`, `percent`…
        format: String,
    },
    /// One option.
    Select(Vec<Choice>),
    /// Several options.
    MultiSelect(Vec<Choice>),
    /// One option, of options that the API cannot add.
    Status(Vec<Choice>),
    /// Day or time, or a range of them.
    Date,
    /// Yes or no.
    Checkbox,
    /// Users.
    People,
    /// Pages of a data source.
    Relation {
        /// The other data source.
        source: Id,
        /// The property on the other side that shows the same, by name.
        synced: Option<String>,
    },
    /// A value computed over a relation.
    Rollup {
        /// Name of the relation.
        relation: String,
        /// Name of the property on the other side.
        target: String,
        /// `sum`, `count`, `show_original`…
        function: String,
    },
    /// A formula. It is not computed: a row's value is set from the inside.
    Formula {
        /// The text of the formula.
        expression: String,
    },
    /// Web address.
    Url,
    /// E-mail address.
    Email,
    /// Telephone number.
    PhoneNumber,
    /// When the page was made.
    CreatedTime,
    /// When it was last edited.
    LastEditedTime,
    /// Who made it.
    CreatedBy,
    /// Who last edited it.
    LastEditedBy,
    /// Running number.
    UniqueId {
        /// Before the number.
        prefix: Option<String>,
    },
    /// Files.
    Files,
    /// Whether someone vouches for the page.
    Verification,
    /// A place on the map.
    Place,
    /// A button.
    Button,
}

impl PropertyType {
    /// A number without a format.
    #[must_use]
    pub fn number() -> Self {
        Self::Number { format: "number".into() }
    }

    /// A number of euros.
    #[must_use]
    pub fn euro() -> Self {
        Self::Number { format: "euro".into() }
    }

    /// A select with these options.
    #[must_use]
    pub fn select(names: &[&str]) -> Self {
        Self::Select(names.iter().map(|name| Choice::new(name)).collect())
    }

    /// A multi-select with these options.
    #[must_use]
    pub fn multi_select(names: &[&str]) -> Self {
        Self::MultiSelect(names.iter().map(|name| Choice::new(name)).collect())
    }

    /// A status with these options in its three groups.
    #[must_use]
    pub fn status(to_do: &[&str], in_progress: &[&str], complete: &[&str]) -> Self {
        let groups = [(to_do, Group::ToDo), (in_progress, Group::InProgress), (complete, Group::Complete)];
        let choices = groups
            .into_iter()
            .flat_map(|(names, group)| names.iter().map(move |name| Choice::new(name).group(group)));
        Self::Status(choices.collect())
    }

    /// A relation to a data source.
    #[must_use]
    pub fn relation(source: Id) -> Self {
        Self::Relation { source, synced: None }
    }

    /// A formula.
    #[must_use]
    pub fn formula(expression: &str) -> Self {
        Self::Formula { expression: expression.to_owned() }
    }

    /// A rollup over a relation.
    #[must_use]
    pub fn rollup(relation: &str, target: &str, function: &str) -> Self {
        Self::Rollup { relation: relation.into(), target: target.into(), function: function.into() }
    }

    /// The name of the type in the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::RichText => "rich_text",
            Self::Number { .. } => "number",
            Self::Select(_) => "select",
            Self::MultiSelect(_) => "multi_select",
            Self::Status(_) => "status",
            Self::Date => "date",
            Self::Checkbox => "checkbox",
            Self::People => "people",
            Self::Relation { .. } => "relation",
            Self::Rollup { .. } => "rollup",
            Self::Formula { .. } => "formula",
            Self::Url => "url",
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::CreatedTime => "created_time",
            Self::LastEditedTime => "last_edited_time",
            Self::CreatedBy => "created_by",
            Self::LastEditedBy => "last_edited_by",
            Self::UniqueId { .. } => "unique_id",
            Self::Files => "files",
            Self::Verification => "verification",
            Self::Place => "place",
            Self::Button => "button",
        }
    }

    /// Whether the API refuses to write it.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        matches!(
            self,
            Self::Rollup { .. }
                | Self::Formula { .. }
                | Self::CreatedTime
                | Self::LastEditedTime
                | Self::CreatedBy
                | Self::LastEditedBy
                | Self::UniqueId { .. }
                | Self::Button
        )
    }

    /// The options, if it has any.
    #[must_use]
    pub fn choices(&self) -> Option<&[Choice]> {
        match self {
            Self::Select(choices) | Self::MultiSelect(choices) | Self::Status(choices) => Some(choices),
            _ => None,
        }
    }

    pub(super) fn choices_mut(&mut self) -> Option<&mut Vec<Choice>> {
        match self {
            Self::Select(choices) | Self::MultiSelect(choices) | Self::Status(choices) => Some(choices),
            _ => None,
        }
    }
}

/// A property to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Name.
    pub name: String,
    /// Type.
    pub kind: PropertyType,
    /// What it is for.
    pub description: Option<String>,
}

impl Property {
    /// A property of this type.
    #[must_use]
    pub fn new(name: &str, kind: PropertyType) -> Self {
        Self { name: name.to_owned(), kind, description: None }
    }

    /// The title.
    #[must_use]
    pub fn title(name: &str) -> Self {
        Self::new(name, PropertyType::Title)
    }

    /// A text.
    #[must_use]
    pub fn text(name: &str) -> Self {
        Self::new(name, PropertyType::RichText)
    }

    /// With a description.
    #[must_use]
    pub fn describe(mut self, text: &str) -> Self {
        self.description = Some(text.to_owned());
        self
    }
}
