//! Bodies about who may enter: sessions, tokens, members, and what they did.

use serde::{Deserialize, Serialize};

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallerBody {
    /// Their name; `null` in local mode.
    pub name: Option<String>,
    /// `owner`, `editor` or `viewer`.
    pub role: String,
    /// `local`, `session` or `token`.
    pub way: String,
}

/// A browser somebody has logged in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionBody {
    /// Its id.
    pub id: i64,
    /// What the browser said of itself.
    pub browser: String,
    /// Where it was last seen.
    pub address: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC; to the minute.
    pub last_seen_at: String,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// A word that programs enter with, all but itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenBody {
    /// Its id.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// `read`, `sync` or `admin`.
    pub scope: String,
    /// Who made it.
    pub member: String,
    /// Its first letters.
    #[cfg_attr(feature = "openapi", schema(example = "psr_3f9a1c"))]
    pub hint: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC; to the minute.
    pub last_used_at: Option<String>,
}

/// A token that was just made: it is told once.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTokenBody {
    /// The token.
    #[serde(flatten)]
    pub about: TokenBody,
    /// `psr_…`, for `Authorization: Bearer`; keep it, it is not shown again.
    pub token: String,
}

/// A token to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenDraft {
    /// What people are to call it.
    #[cfg_attr(feature = "openapi", schema(example = "Tableau de bord"))]
    pub name: String,
    /// `read`, `sync` or `admin`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^(read|sync|admin)$", example = "read"))]
    pub scope: String,
}

/// Somebody who may enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberBody {
    /// Their id.
    pub id: i64,
    /// What they log in with.
    pub name: String,
    /// `owner`, `editor` or `viewer`.
    pub role: String,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// Until when an invitation that was not accepted yet is good; RFC 3339, UTC.
    pub invited_until: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A member with the invitation to hand to them: it is told once.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitedBody {
    /// The member.
    #[serde(flatten)]
    pub member: MemberBody,
    /// The address, below the server's own, where they choose their password; good once, for seven days.
    #[cfg_attr(feature = "openapi", schema(example = "/invitation?word=…"))]
    pub invitation: String,
}

/// Somebody to be invited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberDraft {
    /// What they are to log in with: a name or an e-mail address.
    #[cfg_attr(feature = "openapi", schema(example = "camille@example.com"))]
    pub name: String,
    /// `owner`, `editor` or `viewer`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^(owner|editor|viewer)$", example = "viewer"))]
    pub role: String,
}

/// Another role for a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberUpdate {
    /// `owner`, `editor` or `viewer`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^(owner|editor|viewer)$", example = "editor"))]
    pub role: String,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditBody {
    /// Its id.
    pub id: i64,
    /// RFC 3339, UTC.
    pub at: String,
    /// Who, by the name of that moment.
    pub actor: String,
    /// From where; empty for the command line.
    pub address: String,
    /// A stable word: `login`, `configuration_saved`…
    pub action: String,
    /// The same for a person.
    pub label: String,
    /// To what.
    pub subject: String,
}
