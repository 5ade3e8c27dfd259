//! What has just been done to deals, said once: the address carries its word.

use std::fmt;

use leptos::prelude::*;
use model::{Lang, Status};

use super::address;
use super::back::{here, next_field};
use super::numbers::deals;
use crate::components::{Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::sources::asked;

/// What has just been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DealNotice {
    /// A deal was created.
    Created,
    /// A deal was changed.
    Saved,
    /// That deal has another status now: the one it had, the new one.
    MovedOne(i64, Status, Status),
    /// So many deals have another status now.
    Moved(u64, Status),
    /// So many deals have another status now; so many were left alone, since theirs had changed meanwhile.
    MovedBut(u64, u64, Status),
    /// So many deals have another status now, then the change stopped.
    MovedSome(u64, Status),
    /// So many deals were deleted, by the deletion of that number.
    Deleted(u64, i64),
    /// So many deals were deleted by that deletion, then it stopped.
    DeletedSome(u64, i64),
    /// The deals that were to be deleted were gone already.
    AlreadyGone,
    /// So many deals are there again, so many could not come back.
    Restored(u64, u64),
    /// So many deals of that deletion are there again, then its undoing stopped.
    RestoredSome(u64, i64),
    /// Nothing was chosen, so nothing was done.
    NothingChosen,
    /// A view was saved.
    ViewSaved,
    /// A view was deleted.
    ViewDeleted,
    /// The settings were saved.
    SettingsSaved,
}

/// The word in the address.
impl fmt::Display for DealNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DealNotice::Created => f.write_str("deal-created"),
            DealNotice::Saved => f.write_str("deal-saved"),
            DealNotice::MovedOne(id, from, to) => {
                write!(f, "deal-moved.{id}.{}.{}", from.word(), to.word())
            }
            DealNotice::Moved(count, status) => write!(f, "deals-moved.{count}.{}", status.word()),
            DealNotice::MovedBut(count, left, status) => {
                write!(f, "deals-moved-but.{count}.{left}.{}", status.word())
            }
            DealNotice::MovedSome(count, status) => write!(f, "deals-moved-some.{count}.{}", status.word()),
            DealNotice::Deleted(count, deletion) => write!(f, "deals-deleted.{count}.{deletion}"),
            DealNotice::DeletedSome(count, deletion) => write!(f, "deals-deleted-some.{count}.{deletion}"),
            DealNotice::AlreadyGone => f.write_str("deals-already-gone"),
            DealNotice::Restored(count, left_out) => write!(f, "deals-restored.{count}.{left_out}"),
            DealNotice::RestoredSome(count, deletion) => {
                write!(f, "deals-restored-some.{count}.{deletion}")
            }
            DealNotice::NothingChosen => f.write_str("no-deal-chosen"),
            DealNotice::ViewSaved => f.write_str("view-saved"),
            DealNotice::ViewDeleted => f.write_str("view-deleted"),
            DealNotice::SettingsSaved => f.write_str("deal-settings-saved"),
        }
    }
}

impl DealNotice {
    /// The notice of a word; none for a word that says nothing of deals.
    fn from_word(word: &str) -> Option<DealNotice> {
        let parts: Vec<&str> = word.splitn(4, '.').collect();
        Some(match parts[..] {
            ["deal-created"] => DealNotice::Created,
            ["deal-saved"] => DealNotice::Saved,
            ["deal-moved", id, from, to] => {
                DealNotice::MovedOne(id.parse().ok()?, Status::from_word(from)?, Status::from_word(to)?)
            }
            ["deals-moved", count, status] => {
                DealNotice::Moved(count.parse().ok()?, Status::from_word(status)?)
            }
            ["deals-moved-but", count, left, status] => {
                DealNotice::MovedBut(count.parse().ok()?, left.parse().ok()?, Status::from_word(status)?)
            }
            ["deals-moved-some", count, status] => {
                DealNotice::MovedSome(count.parse().ok()?, Status::from_word(status)?)
            }
            ["deals-deleted", count, deletion] => {
                DealNotice::Deleted(count.parse().ok()?, deletion.parse().ok()?)
            }
            ["deals-deleted-some", count, deletion] => {
                DealNotice::DeletedSome(count.parse().ok()?, deletion.parse().ok()?)
            }
            ["deals-already-gone"] => DealNotice::AlreadyGone,
            ["deals-restored", count, left_out] => {
                DealNotice::Restored(count.parse().ok()?, left_out.parse().ok()?)
            }
            ["deals-restored-some", count, deletion] => {
                DealNotice::RestoredSome(count.parse().ok()?, deletion.parse().ok()?)
            }
            ["no-deal-chosen"] => DealNotice::NothingChosen,
            ["view-saved"] => DealNotice::ViewSaved,
            ["view-deleted"] => DealNotice::ViewDeleted,
            ["deal-settings-saved"] => DealNotice::SettingsSaved,
            _ => return None,
        })
    }

    fn sentence(self) -> String {
        let (fr, en) = match self {
            DealNotice::Created => ("Deal créé".to_owned(), "Deal created".to_owned()),
            DealNotice::Saved => ("Deal enregistré".to_owned(), "Deal saved".to_owned()),
            DealNotice::Moved(1, status) | DealNotice::MovedOne(_, _, status) => {
                (format!("Nouveau statut : {}", status.word()), format!("New status: {}", status.word()))
            }
            DealNotice::Moved(count, status) => (
                format!("{} : nouveau statut {}", deals(count), status.word()),
                format!("{}: new status {}", deals(count), status.word()),
            ),
            DealNotice::MovedBut(0, left, _) => (
                format!("Aucun deal changé : {}", overtaken(left, Lang::Fr)),
                format!("No deal changed: {}", overtaken(left, Lang::En)),
            ),
            DealNotice::MovedBut(count, left, status) => (
                format!(
                    "{} : nouveau statut {} ; {}",
                    deals(count),
                    status.word(),
                    overtaken(left, Lang::Fr)
                ),
                format!("{}: new status {}; {}", deals(count), status.word(), overtaken(left, Lang::En)),
            ),
            DealNotice::MovedSome(count, status) => (
                format!(
                    "{} : nouveau statut {}, puis la base de données n'a plus répondu ; les autres n'ont pas changé",
                    deals(count),
                    status.word()
                ),
                format!(
                    "{}: new status {}, then the database no longer answered; the others are as they were",
                    deals(count),
                    status.word()
                ),
            ),
            DealNotice::DeletedSome(count, _) => (
                format!(
                    "{} supprimé{}, puis la base de données n'a plus répondu ; les autres sont toujours là",
                    deals(count),
                    if count > 1 { "s" } else { "" }
                ),
                format!(
                    "{} deleted, then the database no longer answered; the others are still there",
                    deals(count)
                ),
            ),
            DealNotice::Deleted(count, _) => (
                format!("{} supprimé{}", deals(count), if count > 1 { "s" } else { "" }),
                format!("{} deleted", deals(count)),
            ),
            DealNotice::AlreadyGone => {
                ("Ces deals étaient déjà supprimés".to_owned(), "These deals were deleted already".to_owned())
            }
            DealNotice::Restored(count, 0) => (
                format!("{} rétabli{}", deals(count), if count > 1 { "s" } else { "" }),
                format!("{} restored", deals(count)),
            ),
            DealNotice::Restored(count, left_out) => (
                format!(
                    "{} sur {} : une synchronisation a remplacé le reste",
                    deals(count),
                    deals(count + left_out)
                ),
                format!("{} of {}: a sync has replaced the rest", deals(count), deals(count + left_out)),
            ),
            DealNotice::RestoredSome(count, _) => (
                format!(
                    "{} rétabli{}, puis la base de données n'a plus répondu ; le reste peut encore revenir",
                    deals(count),
                    if count > 1 { "s" } else { "" }
                ),
                format!(
                    "{} restored, then the database no longer answered; the rest can still come back",
                    deals(count)
                ),
            ),
            DealNotice::NothingChosen => (
                "Aucun deal choisi : cochez ceux que vous voulez changer".to_owned(),
                "No deal chosen: tick those you want to change".to_owned(),
            ),
            DealNotice::ViewSaved => ("Vue enregistrée".to_owned(), "View saved".to_owned()),
            DealNotice::ViewDeleted => ("Vue supprimée".to_owned(), "View deleted".to_owned()),
            DealNotice::SettingsSaved => ("Réglage enregistré".to_owned(), "Setting saved".to_owned()),
        };
        match lang() {
            Lang::Fr => bound(&fr),
            Lang::En => en,
        }
    }
}

/// The notice of the address, with the way back where there is one. With script it floats, and goes away by
/// itself.
pub(crate) fn notice() -> Option<AnyView> {
    let notice = DealNotice::from_word(&asked("notice")?)?;
    let undo = match notice {
        DealNotice::Deleted(_, deletion) | DealNotice::DeletedSome(_, deletion) => {
            Some(undo(deletion, say("Annuler", "Undo")))
        }
        DealNotice::RestoredSome(_, deletion) => {
            Some(undo(deletion, say("Rétablir le reste", "Restore the rest")))
        }
        DealNotice::MovedOne(id, from, to) => Some(move_back(id, from, to)),
        _ => None,
    };
    let tone = match notice {
        DealNotice::NothingChosen | DealNotice::AlreadyGone => Tone::Neutral,
        DealNotice::Restored(_, 1..)
        | DealNotice::MovedBut(..)
        | DealNotice::MovedSome(..)
        | DealNotice::DeletedSome(..)
        | DealNotice::RestoredSome(..) => Tone::Warning,
        _ => Tone::Good,
    };
    Some(
        view! {
            <div class="sources__notice" role="status" data-toast>
                <Notice tone=tone title=notice.sentence()>
                    {undo}
                </Notice>
            </div>
        }
        .into_any(),
    )
}

/// That so many deals were left alone, and why.
fn overtaken(left: u64, lang: Lang) -> String {
    match (lang, left) {
        (Lang::Fr, 1) => format!("{} a changé de statut entre-temps et reste tel quel", deals(left)),
        (Lang::Fr, _) => format!("{} ont changé de statut entre-temps et restent tels quels", deals(left)),
        (Lang::En, 1) => format!("{} has changed its status meanwhile and stays as it is", deals(left)),
        (Lang::En, _) => format!("{} have changed their status meanwhile and stay as they are", deals(left)),
    }
}

/// Takes a deletion back, or what is left of it.
fn undo(deletion: i64, label: &'static str) -> AnyView {
    view! {
        <form method="post" action="/deals/undo" data-background="submit">
            {next_field(here())}
            <input type="hidden" name="deletion" value=deletion />
            <button class="button">{label}</button>
        </form>
    }
    .into_any()
}

/// Gives a deal the status again that it had, unless it has another by now.
fn move_back(id: i64, from: Status, to: Status) -> AnyView {
    view! {
        <form method="post" action=format!("{}/status", address(id)) data-background="submit">
            {next_field(here())}
            <input type="hidden" name="statut" value=from.word() />
            <input type="hidden" name="seen" value=to.word() />
            <button class="button">{say("Annuler", "Undo")}</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_is_read_back() {
        for notice in [
            DealNotice::Created,
            DealNotice::Saved,
            DealNotice::MovedOne(7, Status::Prospect, Status::InProgress),
            DealNotice::Moved(3, Status::InProgress),
            DealNotice::MovedBut(3, 1, Status::InProgress),
            DealNotice::MovedSome(500, Status::Lost),
            DealNotice::Deleted(1, 7),
            DealNotice::DeletedSome(500, 7),
            DealNotice::RestoredSome(500, 7),
            DealNotice::AlreadyGone,
            DealNotice::Restored(2, 1),
            DealNotice::NothingChosen,
            DealNotice::ViewSaved,
            DealNotice::ViewDeleted,
            DealNotice::SettingsSaved,
        ] {
            assert_eq!(DealNotice::from_word(&notice.to_string()), Some(notice));
        }
        for word in
            ["", "saved", "deals-moved.3", "deals-moved.3.signé", "deals-deleted.x.1", "deals-deleted.1.-"]
        {
            assert_eq!(DealNotice::from_word(word), None, "{word}");
        }
    }
}
