//! The head of the pages about access, and the way from one to the other.

use leptos::prelude::*;
use leptos_meta::Title;
use model::access::Right;

use super::fault::FaultNotice;
use super::{ACCOUNT, AUDIT, MEMBERS, TOKENS, may, notice};
use crate::ledger::say;

/// Heading, tabs and what has just been done; who does not look after everybody sees their own tabs only.
#[component]
pub(super) fn Head(
    /// The address of the open one.
    open: &'static str,
) -> impl IntoView {
    let title = say("Accès", "Access");
    let may_manage = may(Right::Manage);
    let tabs = [
        (ACCOUNT, say("Mon compte", "My account"), true),
        (TOKENS, say("Jetons", "Tokens"), true),
        (MEMBERS, say("Membres", "Members"), may_manage),
        (AUDIT, say("Journal", "Log"), may_manage),
    ];
    let links = tabs.into_iter().filter(|(_, _, is_shown)| *is_shown).map(|(href, label, _)| {
        view! {
            <a class="tab" href=href aria-current=(href == open).then_some("page")>
                {label}
            </a>
        }
        .into_any()
    });
    view! {
        <Title text=title />
        <div class="page-head ledger__head">
            <h1>{title}</h1>
        </div>
        <nav class="tabs tabs--parts" aria-label=say("Pages des accès", "Pages about access")>
            {links.collect_view()}
        </nav>
        {notice()}
        <FaultNotice />
    }
    .into_any()
}
