//! Before a member is removed: what goes.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::Lang;
use model::api::MemberBody;

use super::MEMBERS;
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{ConfirmDelete, found, hub, say, told};

/// Asks whether it is meant.
#[component]
pub(crate) fn RemovePage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok()).unwrap_or_default();
    found(MEMBERS, load(id), |member| view! { <Page member=member /> }.into_any())
}

async fn load(id: i64) -> Result<MemberBody, Fault> {
    hub()?.member(id).await.map_err(told)
}

#[component]
fn Page(member: MemberBody) -> impl IntoView {
    let heading = match lang() {
        Lang::Fr => format!("Retirer {}", member.name),
        Lang::En => format!("Remove {}", member.name),
    };
    let goes = view! {
        <p>
            {say(
                "Le compte, ses sessions et ses jetons : tout accès est fermé aussitôt.",
                "The account, its sessions and its tokens: every way in closes at once.",
            )}
        </p>
    };
    let stays = say(
        "Ce que ce membre a fait, et sa trace dans le journal.",
        "What this member did, and its trace in the log.",
    );
    view! {
        <ConfirmDelete
            heading=heading
            back=MEMBERS.to_owned()
            goes=goes.into_any()
            stays=stays.to_owned()
            button=say("Retirer ce membre", "Remove this member")
        />
    }
}
