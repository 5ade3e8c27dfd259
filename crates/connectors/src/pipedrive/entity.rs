//! The kinds of records that are streams.

/// A stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Entity {
    Deals,
    Persons,
    Organizations,
}

impl Entity {
    pub(super) const ALL: [Entity; 3] = [Entity::Deals, Entity::Persons, Entity::Organizations];

    /// The stream's id, which is also its word in addresses and in the form.
    pub(super) fn id(self) -> &'static str {
        match self {
            Entity::Deals => "deals",
            Entity::Persons => "persons",
            Entity::Organizations => "organizations",
        }
    }

    /// The name people see, in the service's own words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Entity::Deals => "Deals",
            Entity::Persons => "Persons",
            Entity::Organizations => "Organizations",
        }
    }

    /// What webhooks call one of its records.
    pub(super) fn word(self) -> &'static str {
        match self {
            Entity::Deals => "deal",
            Entity::Persons => "person",
            Entity::Organizations => "organization",
        }
    }

    /// The one whose stream has this id.
    pub(super) fn of(stream: &str) -> Option<Entity> {
        Entity::ALL.into_iter().find(|entity| entity.id() == stream)
    }

    /// Where its fields are told.
    pub(super) fn fields(self) -> &'static str {
        match self {
            Entity::Deals => "dealFields",
            Entity::Persons => "personFields",
            Entity::Organizations => "organizationFields",
        }
    }
}
