//! What is done to many deals and stops before its end: how far it came, why it stopped, and the way on or back.

use model::Text;

use super::{BulkChange, Deletion, Undone};
use crate::Error;

/// A deletion.
pub(super) fn deleted(done: &Deletion, cause: Error) -> Error {
    let (deleted, number) = (done.deleted, done.number.unwrap_or_default());
    let done = match deleted {
        1 => Text::fixed("1 deal a été supprimé", "1 deal was deleted"),
        _ => Text::new(format!("{deleted} deals ont été supprimés"), format!("{deleted} deals were deleted")),
    };
    let next = Text::new(
        format!("Annulez la suppression n° {number}, ou supprimez de nouveau le reste."),
        format!("Take deletion {number} back, or delete the rest again."),
    );
    stopped(&done, cause, &next)
}

/// Another status.
pub(super) fn changed(done: &BulkChange, cause: Error) -> Error {
    let changed = done.changed;
    let done = match changed {
        1 => Text::fixed("1 deal a changé de statut", "1 deal has another status"),
        _ => Text::new(
            format!("{changed} deals ont changé de statut"),
            format!("{changed} deals have another status"),
        ),
    };
    let next = Text::fixed(
        "Recommencez : ce qui est fait n'est pas refait.",
        "Try again: what is done is not done twice.",
    );
    stopped(&done, cause, &next)
}

/// A deletion that is taken back.
pub(super) fn restored(done: &Undone, cause: Error) -> Error {
    let restored = done.restored;
    let done = match restored {
        1 => Text::fixed("1 deal est revenu", "1 deal came back"),
        _ => Text::new(format!("{restored} deals sont revenus"), format!("{restored} deals came back")),
    };
    let next = Text::fixed("Annulez de nouveau : le reste suivra.", "Undo again: the rest will follow.");
    stopped(&done, cause, &next)
}

fn stopped(done: &Text, cause: Error, next: &Text) -> Error {
    let message = Text::new(
        format!("{}, puis tout s'est arrêté : {}", done.fr, cause.message.fr),
        format!("{}, then everything stopped: {}", done.en, cause.message.en),
    );
    let hint = match &cause.hint {
        Some(hint) => Text::new(format!("{} {}", hint.fr, next.fr), format!("{} {}", hint.en, next.en)),
        None => next.clone(),
    };
    Error { message, hint: Some(hint), ..cause }
}
