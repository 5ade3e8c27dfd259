//! Who may enter.

use leptos::prelude::*;
use model::Lang;
use model::access::Role;
use model::api::MemberBody;

use super::fault::AccessFault;
use super::local_mode::nothing_yet;
use super::role_choice::RoleChoice;
use super::tabs::Head;
use super::text_field::TextField;
use super::told_once::{self, Invited};
use super::{MEMBERS, is_local_mode};
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{bound, hub, loaded, say, told};
use crate::sources::{When, label};

/// The list of members, and the form that invites.
#[component]
pub(crate) fn MembersPage() -> impl IntoView {
    if is_local_mode() {
        return nothing_yet();
    }
    loaded(load(), |members| view! { <Page members=members /> }.into_any())
}

async fn load() -> Result<Vec<MemberBody>, Fault> {
    hub()?.members().await.map_err(told)
}

#[component]
fn Page(members: Vec<MemberBody>) -> impl IntoView {
    view! {
        <Head open=MEMBERS />
        {use_context().map(|Invited(invited)| told_once::invitation(invited))}
        <section class="card access-section">
            <h2>{say("Membres", "Members")}</h2>
            <ul class="access-list">{members.into_iter().map(member).collect_view()}</ul>
        </section>
        <section class="card access-section" id="new">
            <h2>{say("Inviter", "Invite")}</h2>
            <InviteForm />
        </section>
    }
    .into_any()
}

fn member(member: MemberBody) -> AnyView {
    let MemberBody { id, name, role, has_password, invited_until, .. } = member;
    let heading = format!("member-{id}");
    let role_of = match lang() {
        Lang::Fr => format!("Rôle de {name}"),
        Lang::En => format!("Role of {name}"),
    };
    let standing = match invited_until {
        Some(until) => view! {
            {say("invitation valable jusqu'au ", "invitation good until ")}
            <When instant=until />
        }
        .into_any(),
        None if has_password => ().into_any(),
        None => say("invitation expirée", "invitation expired").into_any(),
    };
    view! {
        <li class="access-item">
            <div>
                <p class="access-item__name" id=heading.clone()>
                    {name}
                </p>
                <p class="access__aside">{standing}</p>
            </div>
            <div class="access-item__actions">
                <form class="access-item__role" method="post" action=format!("{MEMBERS}/{id}/role")>
                    <RoleChoice id=format!("role-{id}") chosen=role label=Some(role_of) />
                    <button class="button button--quiet" aria-describedby=heading.clone()>
                        {say("Changer", "Change")}
                    </button>
                </form>
                <form method="post" action=format!("{MEMBERS}/{id}/invitation")>
                    <button class="button button--quiet" aria-describedby=heading.clone()>
                        {say("Nouveau lien", "New link")}
                    </button>
                </form>
                <a class="button button--quiet" href=format!("{MEMBERS}/{id}/delete") aria-describedby=heading>
                    {say("Retirer", "Remove")}
                </a>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn InviteForm() -> impl IntoView {
    let AccessFault { name, choice, .. } = use_context().unwrap_or_default();
    let chosen = if choice.is_empty() { Role::Viewer.word().to_owned() } else { choice };
    view! {
        <form class="access-form" method="post" action=MEMBERS>
            <TextField
                name="name"
                text=say("Nom ou adresse e-mail", "Name or e-mail address")
                help=say(
                    "Aucun message n'est envoyé : vous remettrez vous-même le lien.",
                    "No message is sent: you hand the link over yourself.",
                )
                value=name
            />
            <div class="field">
                {label("field-role".to_owned(), say("Rôle", "Role").to_owned(), true)}
                <RoleChoice id="field-role".to_owned() chosen=chosen />
                <div class="field__help">
                    <p>
                        {bound(say(
                            "Lecture : tout voir. Édition : tout, sauf les accès. Propriétaire : tout.",
                            "Viewer: sees everything. Editor: everything but access. Owner: everything.",
                        ))}
                    </p>
                </div>
            </div>
            <div class="settings__actions">
                <button class="button button--primary">{say("Inviter", "Invite")}</button>
            </div>
        </form>
    }
    .into_any()
}
