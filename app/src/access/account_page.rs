//! One's own account: who one is, the password, the sessions.

use hub::Visitor;
use leptos::prelude::*;
use model::access::Role;
use model::api::SessionBody;

use super::browser_words::browser_words;
use super::first_run::FirstRun;
use super::password_field::{For, PasswordField};
use super::tabs::Head;
use super::{ACCOUNT, is_local_mode, visitor};
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{fact, hub, loaded, say, told};
use crate::sources::When;

/// The account; in local mode there is none, and the page offers to make one.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    if is_local_mode() {
        return view! { <FirstRun /> }.into_any();
    }
    loaded(load(), |(visitor, sessions)| view! { <Page visitor=visitor sessions=sessions /> }.into_any())
}

async fn load() -> Result<(Option<Visitor>, Vec<SessionBody>), Fault> {
    let visitor = visitor();
    let sessions = match &visitor {
        Some(visitor) => hub()?.sessions(visitor).await.map_err(told)?,
        None => Vec::new(),
    };
    Ok((visitor, sessions))
}

#[component]
fn Page(visitor: Option<Visitor>, sessions: Vec<SessionBody>) -> impl IntoView {
    let member = visitor.and_then(|visitor| visitor.caller.member().cloned());
    let name = member.as_ref().map(|member| member.name.clone()).unwrap_or_default();
    let role = member.map_or(Role::Viewer, |member| member.role);
    view! {
        <Head open=ACCOUNT />
        <section class="card access-section">
            <h2>{say("Vous", "You")}</h2>
            <dl class="facts">
                {fact(say("Nom", "Name"), name.clone().into_any())}
                {fact(say("Rôle", "Role"), role.label().get(lang()).to_owned().into_any())}
            </dl>
            <form method="post" action="/logout">
                <button class="button">{say("Se déconnecter", "Log out")}</button>
            </form>
        </section>
        <section class="card access-section" id="sessions">
            <h2>{say("Vos sessions", "Your sessions")}</h2>
            <ul class="access-list">{sessions.into_iter().map(session).collect_view()}</ul>
        </section>
        <section class="card access-section">
            <h2>{say("Changer de mot de passe", "Change the password")}</h2>
            <form class="access-form" method="post" action="/access/password">
                <input type="hidden" name="username" value=name autocomplete="username" />
                <PasswordField
                    name="present"
                    text=say("Mot de passe actuel", "Present password")
                    purpose=For::Entering
                />
                <PasswordField name="new" text=say("Nouveau mot de passe", "New password") purpose=For::Choosing />
                <p class="access__aside">
                    {say("Vos autres sessions seront fermées.", "Your other sessions will end.")}
                </p>
                <div class="settings__actions">
                    <button class="button button--primary">{say("Changer", "Change")}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn session(session: SessionBody) -> AnyView {
    let SessionBody { id, browser, address, last_seen_at, is_current, .. } = session;
    let heading = format!("session-{id}");
    let here = is_current.then(|| {
        view! { <span class="badge badge--neutral">{say("Celle-ci", "This one")}</span> }.into_any()
    });
    view! {
        <li class="access-item">
            <div>
                <p class="access-item__name" id=heading.clone()>
                    {browser_words(&browser)} {here}
                </p>
                <p class="access__aside">
                    {address} " · " {say("vue le ", "seen on ")} <When instant=last_seen_at />
                </p>
            </div>
            <form method="post" action=format!("/access/sessions/{id}/revoke")>
                <button class="button button--quiet" aria-describedby=heading>
                    {say("Fermer", "End")}
                </button>
            </form>
        </li>
    }
    .into_any()
}
