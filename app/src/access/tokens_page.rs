//! The words programs enter with.

use leptos::prelude::*;
use model::access::{Role, Scope};
use model::api::TokenBody;

use super::fault::AccessFault;
use super::local_mode::nothing_yet;
use super::tabs::Head;
use super::text_field::TextField;
use super::told_once::{self, NewToken};
use super::{TOKENS, is_local_mode, visitor};
use crate::api::Fault;
use crate::components::FieldGroup;
use crate::i18n::lang;
use crate::ledger::{hub, loaded, say, told};
use crate::sources::When;

/// The list of tokens, and the form for a new one.
#[component]
pub(crate) fn TokensPage() -> impl IntoView {
    if is_local_mode() {
        return nothing_yet();
    }
    loaded(load(), |tokens| view! { <Page tokens=tokens /> }.into_any())
}

async fn load() -> Result<Vec<TokenBody>, Fault> {
    match visitor() {
        Some(visitor) => hub()?.tokens(&visitor).await.map_err(told),
        None => Ok(Vec::new()),
    }
}

#[component]
fn Page(tokens: Vec<TokenBody>) -> impl IntoView {
    let none = tokens.is_empty().then(|| {
        view! { <p class="access__aside">{say("Aucun jeton pour le moment.", "No token yet.")}</p> }
            .into_any()
    });
    view! {
        <Head open=TOKENS />
        {use_context().map(|NewToken(new)| told_once::token(new))}
        <section class="card access-section">
            <h2>{say("Jetons", "Tokens")}</h2>
            {none}
            <ul class="access-list">{tokens.into_iter().map(token).collect_view()}</ul>
        </section>
        <section class="card access-section" id="new">
            <h2>{say("Créer un jeton", "Make a token")}</h2>
            <NewTokenForm />
        </section>
    }
    .into_any()
}

fn token(token: TokenBody) -> AnyView {
    let TokenBody { id, name, scope, member, hint, last_used_at, .. } = token;
    let heading = format!("token-{id}");
    let scope = Scope::from_word(&scope).map(|scope| scope.label().get(lang()).to_owned());
    let used = match last_used_at {
        Some(at) => view! {
            {say("utilisé le ", "used on ")}
            <When instant=at />
        }
        .into_any(),
        None => say("jamais utilisé", "never used").into_any(),
    };
    view! {
        <li class="access-item">
            <div>
                <p class="access-item__name" id=heading.clone()>
                    {name} <span class="badge badge--neutral">{scope}</span>
                </p>
                <p class="access__aside">
                    <code>{hint} "…"</code> " · " {member} " · " {used}
                </p>
            </div>
            <form method="post" action=format!("{TOKENS}/{id}/revoke")>
                <button class="button button--quiet" aria-describedby=heading>
                    {say("Révoquer", "Revoke")}
                </button>
            </form>
        </li>
    }
    .into_any()
}

#[component]
fn NewTokenForm() -> impl IntoView {
    let AccessFault { name, choice, .. } = use_context().unwrap_or_default();
    let role = visitor().and_then(|visitor| visitor.caller.member().map(|member| member.role));
    let scopes = Scope::CHOICES.into_iter().filter(move |scope| scope.is_for(role.unwrap_or(Role::Viewer)));
    let choices: Vec<AnyView> = scopes
        .map(|scope| {
            let id = format!("scope-{}", scope.word());
            let is_chosen = choice == scope.word() || (choice.is_empty() && scope == Scope::Read);
            view! {
                <span class="webhook-form__event">
                    <input type="radio" name="scope" value=scope.word() id=id.clone() checked=is_chosen />
                    <label for=id>{scope.label().get(lang()).to_owned()}</label>
                </span>
            }
            .into_any()
        })
        .collect();
    view! {
        <form class="access-form" method="post" action=TOKENS>
            <TextField
                name="name"
                text=say("Nom", "Name")
                help=say("Le programme qui s'en servira.", "The program that is going to use it.")
                value=name
            />
            <FieldGroup title=say("Ce qu'il permet", "What it allows").to_owned()>
                <div class="webhook-form__events">{choices}</div>
            </FieldGroup>
            <div class="settings__actions">
                <button class="button button--primary">{say("Créer", "Make")}</button>
            </div>
        </form>
    }
    .into_any()
}
