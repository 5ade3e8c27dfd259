//! The kinds of records.

/// What the company keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entity {
    /// Deals, which stand in stages.
    Deals,
    /// People.
    Persons,
    /// Companies and the like.
    Organizations,
}

impl Entity {
    /// All of them, in the order in which the world holds them.
    pub(super) const ALL: [Entity; 3] = [Entity::Deals, Entity::Persons, Entity::Organizations];

    /// Its place among all.
    pub(super) fn place(self) -> usize {
        self as usize
    }

    /// Its word in paths.
    pub(super) fn path(self) -> &'static str {
        match self {
            Entity::Deals => "deals",
            Entity::Persons => "persons",
            Entity::Organizations => "organizations",
        }
    }

    /// The word for its fields in paths.
    pub(super) fn fields_path(self) -> &'static str {
        match self {
            Entity::Deals => "dealFields",
            Entity::Persons => "personFields",
            Entity::Organizations => "organizationFields",
        }
    }

    /// Its word in sentences and in the results of a search.
    pub(super) fn word(self) -> &'static str {
        match self {
            Entity::Deals => "Deal",
            Entity::Persons => "Person",
            Entity::Organizations => "Organization",
        }
    }

    /// Its word in scopes.
    pub(super) fn scope(self) -> &'static str {
        match self {
            Entity::Deals => "deals",
            // One scope for both.
            Entity::Persons | Entity::Organizations => "contacts",
        }
    }

    /// What its records are called by.
    pub(super) fn title(self) -> &'static str {
        if self == Entity::Deals { "title" } else { "name" }
    }
}
