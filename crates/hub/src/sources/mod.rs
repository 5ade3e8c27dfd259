//! Sources of data: folders of exports and services whose tables go into the canonical ones.
//!
//! [`manage`] and [`settings`] keep what is configured, [`check`] tests it, [`load`] reads it into the
//! database, [`watch`] does so by itself when files arrive; [`account`] and [`view`] tell how it went
//! and how it stands. [`idle`] keeps what is configured from changing under a run. On their way in, rows are
//! held against [`rules`], and [`recipes`] make columns of their columns, which [`trial`] shows beforehand.

mod account;
mod check;
mod columns;
mod example;
mod idle;
mod load;
mod manage;
mod reading;
mod recipes;
mod rules;
mod settings;
mod trial;
mod view;
mod watch;

pub use load::LoadRequest;
pub(crate) use load::Loading;
pub use manage::{NotSaved, SourceDraft};
pub(crate) use manage::{RESERVED, new_row};
pub use settings::SourceSettings;
pub(crate) use settings::makes_other_rows;
pub use view::{Checked, SourceView};
