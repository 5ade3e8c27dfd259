//! What the audit log is told of deals that go and come back: by whoever did it, who alone knows how many it were.

use hub::{Deletion, Visitor};
use model::access::Action;

use crate::AppState;

/// Tells of a deletion, also of one that stopped halfway; not of one that found nothing to delete.
pub(crate) async fn note_deleted(state: &AppState, visitor: &Visitor, done: &Deletion) {
    if done.deleted > 0 {
        state.hub.note_action(visitor, Action::Deleted, &format!("deals ({})", done.deleted)).await;
    }
}

/// Tells that so many deals of a deletion came back.
pub(crate) async fn note_restored(state: &AppState, visitor: &Visitor, deletion: i64, restored: u64) {
    if restored > 0 {
        state.hub.note_action(visitor, Action::Restored, &format!("deletion {deletion} ({restored})")).await;
    }
}
