//! Connections of any kind: made, changed, tested, synced and told in one way, whatever service is behind
//! them and wherever their rows go.
//!
//! What is particular to deals stays with [`crate::connections`] and [`crate::sync`], what is particular to
//! the canonical tables with [`crate::sources`].

mod history;
mod kinds;
mod manage;
mod naming;
mod schema;
mod sync;
mod test;
mod view;

pub(crate) use history::seconds_between;
pub use kinds::AccountKind;
pub use manage::{AccountDraft, AccountUpdate};
pub use sync::{AccountSync, Synced};
pub use test::{AccountTest, Exchange};
pub use view::AccountView;
