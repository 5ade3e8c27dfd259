//! Wakes what waits for its time when there is something new to do.

use tokio::sync::Notify;

/// Who can be woken. What another server did is seen without it, a little later.
#[derive(Default)]
pub(crate) struct Wakers {
    /// A schedule was changed.
    pub(crate) schedules: Notify,
    /// There may be messages to send.
    pub(crate) messages: Notify,
    /// A service said that something changed, or is to be asked to.
    pub(crate) hints: Notify,
}
