//! The pieces screens are made of. They take data and callbacks and keep no state of their own beyond
//! what is open or closed.

mod busy_button;
#[cfg(feature = "ssr")]
mod deal_status;
mod drawing;
mod empty_state;
mod error_state;
mod field_group;
mod footer;
mod header;
mod icon;
mod language_switch;
mod local_time;
mod mark;
mod notice;
mod reason;
mod run_badge;
mod skeleton;
mod theme_switch;

pub(crate) use busy_button::BusyButton;
#[cfg(feature = "ssr")]
pub(crate) use deal_status::{DealStatus, StatusDial};
pub(crate) use drawing::Drawing;
pub(crate) use empty_state::EmptyState;
pub(crate) use error_state::ErrorState;
pub(crate) use field_group::FieldGroup;
pub(crate) use footer::Footer;
pub(crate) use header::Header;
pub(crate) use icon::{Glyph, Icon};
pub(crate) use local_time::LocalTime;
pub(crate) use mark::Mark;
pub(crate) use notice::{Notice, Tone};
pub(crate) use reason::Reason;
pub(crate) use run_badge::RunBadge;
pub(crate) use skeleton::Skeleton;
