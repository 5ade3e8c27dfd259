//! Bodies of schedules.

use serde::{Deserialize, Serialize};

use crate::run::Direction;
use crate::schedule::Frequency;

/// When a connection runs by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScheduleBody {
    /// How often: `{"kind":"daily","at":"06:00"}`; kinds: `manual`, `hourly` with `minute`, `daily` with
    /// `at`, `weekly` with `day` (1 is Monday) and `at`, `cron` with `expression`.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub frequency: Frequency,
    /// The same in words: « Tous les jours à 06:00 ».
    pub description: String,
    /// The IANA time zone its times are in.
    #[cfg_attr(feature = "openapi", schema(example = "Europe/Paris"))]
    pub time_zone: String,
    /// `import` or `export`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub direction: Direction,
    /// The next three moments, RFC 3339 with the zone's offset; none when manual or paused.
    pub next: Vec<String>,
    /// How many runs failed one after the other.
    pub failures: u32,
    /// Why it stopped by itself; saved again, it goes on.
    pub paused: Option<String>,
    /// When it stopped by itself; RFC 3339, UTC.
    pub paused_at: Option<String>,
    /// Why no run began the last time one was due.
    pub skipped: Option<String>,
    /// When that was; RFC 3339, UTC.
    pub skipped_at: Option<String>,
}

/// A change of a schedule. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScheduleUpdate {
    /// How often, as in the answer.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<Frequency>,
    /// The IANA time zone its times are in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// `import` or `export`.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}
