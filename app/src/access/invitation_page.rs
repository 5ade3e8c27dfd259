//! An invitation: whoever follows it chooses a password.

use leptos::prelude::*;
use leptos_meta::Title;
use model::Lang;

use super::fault::FaultNotice;
use super::password_field::{For, PasswordField};
use crate::i18n::lang;
use crate::ledger::say;
use crate::sources::asked;

/// Whom an invitation is for; in the context, its page names them.
#[derive(Clone)]
pub struct InvitedAs(pub String);

/// The form with which a member begins.
#[component]
pub(crate) fn InvitationPage() -> impl IntoView {
    let title = say("Votre invitation", "Your invitation");
    let lead = use_context().map(|InvitedAs(name)| match lang() {
        Lang::Fr => format!("Vous vous connecterez sous le nom {name}. Choisissez votre mot de passe."),
        Lang::En => format!("You will log in as {name}. Choose your password."),
    });
    view! {
        <Title text=title />
        <div class="access-door">
            <h1>{title}</h1>
            {lead.map(|lead| view! { <p class="page-head__lead">{lead}</p> }.into_any())}
            <FaultNotice />
            <form class="card access-form" method="post" action="/invitation">
                <input type="hidden" name="word" value=asked("word").unwrap_or_default() />
                <PasswordField name="password" text=say("Mot de passe", "Password") purpose=For::Choosing />
                <div class="settings__actions">
                    <button class="button button--primary">{say("Entrer", "Enter")}</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
