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

    /// Where its fields are told.
    pub(super) fn fields(self) -> &'static str {
        match self {
            Entity::Deals => "dealFields",
            Entity::Persons => "personFields",
            Entity::Organizations => "organizationFields",
        }
    }
}
