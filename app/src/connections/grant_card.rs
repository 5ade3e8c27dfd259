//! What a service has granted to a connection, and the way to its authorization page.

use hub::{AccountView, GrantView};
use leptos::prelude::*;
use model::access::Right;

use crate::access::may;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::sources::When;

/// Whether a connection is one that a person authorizes on the service's page.
pub(super) fn asks_a_person(account: &AccountView) -> bool {
    let is = |key: &str, word: &str| account.values.get(key).is_some_and(|value| value == word);
    is("auth_type", "oauth2") && is("oauth_grant", "authorization_code")
}

/// How the authorization stands, with the link that asks for it.
#[component]
pub(super) fn GrantCard(
    /// The connection's unique name.
    provider: String,
    /// What was granted; nothing before the first time.
    #[prop(optional_no_strip)]
    grant: Option<GrantView>,
) -> impl IntoView {
    let is_first = grant.is_none();
    let is_connected = grant.as_ref().is_some_and(|grant| grant.connected);
    let (tone, glyph, word) = match &grant {
        None => ("neutral", Glyph::Info, say("Pas encore autorisée", "Not authorized yet")),
        Some(_) if is_connected => ("good", Glyph::Check, say("Autorisée", "Authorized")),
        Some(_) => ("bad", Glyph::Cross, say("Autorisation perdue", "Authorization lost")),
    };
    let GrantView { expires_at, lost, .. } =
        grant.unwrap_or(GrantView { connected: false, expires_at: None, lost: None });
    let what_to_do = match (is_first, is_connected) {
        (true, _) => say(
            "Le service demandera votre accord sur sa page, puis vous ramènera ici.",
            "The service asks for your agreement on its page and then leads you back here.",
        ),
        (_, true) => say(
            "L'accès est renouvelé de lui-même avant son échéance.",
            "The access is renewed by itself before it ends.",
        ),
        (_, false) => say(
            "Reconnectez-vous pour que les synchronisations reprennent.",
            "Connect again so that syncs go on.",
        ),
    };
    view! {
        <section class="card grant" id="grant">
            <div class="source__head">
                <h2>{say("Autorisation", "Authorization")}</h2>
                <span class=format!("badge badge--{tone}")>
                    <Icon glyph=glyph />
                    {word}
                </span>
            </div>
            {lost.map(|why| view! { <p class="source__trouble">{bound(why.get(lang()))}</p> }.into_any())}
            {expires_at
                .filter(|_| is_connected)
                .map(|at| {
                    view! {
                        <p>
                            {bound(say("Échéance de l'accès : ", "The access ends: "))}
                            <When instant=at />
                        </p>
                    }
                    .into_any()
                })}
            <p class="sources__lead">{what_to_do}</p>
            // A way out of these pages: the server leads on to the service.
            {may(Right::Change).then(|| {
                view! {
                    <a class="button" class:button--primary=!is_connected href=format!("/oauth/start/{provider}") rel="external">
                        <Icon glyph=Glyph::Plug />
                        {if is_first { say("Connecter", "Connect") } else { say("Reconnecter", "Connect again") }}
                    </a>
                }
                .into_any()
            })}
        </section>
    }
    .into_any()
}
