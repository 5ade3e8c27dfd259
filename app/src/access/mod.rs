//! The pages that let people in: the login, an invitation, one's own account, tokens, members and what was done.
//!
//! Drawn on the server and whole without script, like the ledger they stand in.

mod account_page;
mod audit_page;
mod browser_words;
mod fault;
mod first_run;
mod invitation_page;
mod local_mode;
mod login_page;
mod members_page;
mod password_field;
mod remove_page;
mod role_choice;
mod tabs;
mod text_field;
mod tokens_page;
mod told_once;

use axum::http::request::Parts;
use hub::{Caller, Visitor};
use leptos::prelude::*;
use model::access::Right;

use crate::ledger::say;
use crate::sources::{asked, passing};

pub(crate) use account_page::AccountPage;
pub(crate) use audit_page::AuditPage;
pub use fault::AccessFault;
pub(crate) use invitation_page::InvitationPage;
pub use invitation_page::InvitedAs;
pub(crate) use login_page::LoginPage;
pub(crate) use members_page::MembersPage;
pub(crate) use remove_page::RemovePage;
pub(crate) use tokens_page::TokensPage;
pub use told_once::{Invited, NewToken};

/// The page of one's own account.
const ACCOUNT: &str = "/access";
/// The page of tokens.
const TOKENS: &str = "/access/tokens";
/// The page of members.
const MEMBERS: &str = "/access/members";
/// The page of what was done.
const AUDIT: &str = "/access/audit";

/// Who reads the page; nobody before a login.
pub(crate) fn visitor() -> Option<Visitor> {
    use_context::<Parts>()?.extensions.get::<Visitor>().cloned()
}

/// Whether whoever asks may do that.
pub(crate) fn may(right: Right) -> bool {
    visitor().is_some_and(|visitor| visitor.caller.may(right))
}

/// Whether nobody has to log in.
fn is_local_mode() -> bool {
    visitor().is_some_and(|visitor| visitor.caller == Caller::Local)
}

/// What has just been done, said once: the address carries its word.
fn notice() -> Option<AnyView> {
    let title = match asked("notice")?.as_str() {
        "protected" => say("L'accès est protégé", "The access is protected"),
        "password" => say(
            "Mot de passe modifié ; vos autres sessions sont fermées",
            "Password changed; your other sessions are over",
        ),
        "revoked" => say("Révoqué : cet accès est fermé", "Revoked: this way in is closed"),
        "role" => say("Rôle modifié", "Role changed"),
        "removed" => say("Membre retiré", "Member removed"),
        "out" => say("Vous êtes déconnecté", "You are logged out"),
        _ => return None,
    };
    Some(passing(title))
}
