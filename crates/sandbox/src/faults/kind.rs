//! What a request does, in words that fit every service.

/// The kind of a request, or a group of kinds to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Group: every request.
    Any,
    /// Group: [`Kind::Account`], [`Kind::Schema`] and [`Kind::Define`].
    Meta,
    /// Group: whatever changes records.
    Write,
    /// Who am I, what may I see.
    Account,
    /// Tables and fields.
    Schema,
    /// Creating or changing tables and fields.
    Define,
    /// One page of records.
    List,
    /// One record.
    Get,
    /// New records.
    Create,
    /// Changes to known records.
    Update,
    /// Create-or-update by key fields.
    Upsert,
    /// Deleting records.
    Delete,
    /// A file for a record.
    Upload,
    /// Asking to be told of changes, and no longer.
    Subscribe,
    /// A path the service does not have.
    Unknown,
}

impl Kind {
    /// Whether a request of kind `other` belongs to this kind or group.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        match self {
            Self::Any => true,
            Self::Meta => matches!(other, Self::Meta | Self::Account | Self::Schema | Self::Define),
            Self::Write => {
                let writes =
                    [Self::Write, Self::Create, Self::Update, Self::Upsert, Self::Delete, Self::Upload];
                writes.contains(&other)
            }
            exact => exact == other,
        }
    }
}
