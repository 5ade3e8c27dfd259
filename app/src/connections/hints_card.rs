//! Whether the service of a connection says when something changes there.

use leptos::prelude::*;
use model::api::HintsBody;

use super::address;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::ledger::{bound, fact, say};
use crate::sources::When;

/// The card; nothing where the service cannot tell.
#[component]
pub(super) fn HintsCard(
    /// The connection's number.
    id: i64,
    /// How it stands.
    hints: HintsBody,
) -> impl IntoView {
    if hints.arrangement.is_none() {
        return ().into_any();
    }
    let action = format!("{}/hints", address(id));
    let is_off = hints.state == "off";
    let body = match (is_off, hints.reachable) {
        (true, false) => unreachable(),
        (true, true) => switched_off(action, hints),
        (false, _) => switched_on(action, hints),
    };
    view! {
        <section class="card hints" id="hints">
            <h2>{say("À chaque changement", "At every change")}</h2>
            <p class="sources__lead">
                {bound(
                    say(
                        "Le service prévient Passerelle dès qu'un enregistrement change ; elle relit alors ce qui a changé. \
                         La planification reste utile : un message peut se perdre.",
                        "The service tells Passerelle as soon as a record changes, and what has changed is read again. A \
                         schedule stays useful: a message may get lost.",
                    ),
                )}
            </p>
            {body}
        </section>
    }
    .into_any()
}

/// Nobody said at which address services reach this program.
fn unreachable() -> AnyView {
    let title = say("Le service ne peut pas joindre Passerelle", "The service cannot reach Passerelle");
    let line = say(
        "Démarrez Passerelle avec PASSERELLE_PUBLIC_URL, l'adresse https publique à laquelle elle répond.",
        "Start Passerelle with PASSERELLE_PUBLIC_URL, the public https address at which it answers.",
    );
    view! { <Notice tone=Tone::Neutral title=title lines=vec![bound(line)] /> }.into_any()
}

fn switched_off(action: String, hints: HintsBody) -> AnyView {
    view! {
        <form class="hints__form" method="post" action=action>
            {hints.steps.map(|steps| view! { <p>{bound(&steps)}</p> }.into_any())}
            <div class="settings__actions">
                <button class="button button--primary">
                    <Icon glyph=Glyph::Check />
                    {say("Activer", "Switch on")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn switched_on(action: String, hints: HintsBody) -> AnyView {
    let asks_a_person = hints.arrangement.as_deref() != Some("asked");
    let is_on = hints.state == "on";
    let problem = hints.problem.map(|problem| {
        let title = say("Le service ne prévient plus", "The service does not tell any more");
        view! { <Notice tone=Tone::Bad title=title lines=vec![bound(&problem)] /> }.into_any()
    });
    let steps = (asks_a_person && !is_on).then(|| {
        let secret = hints.secret_label.map(|label| secret_form(action.clone(), label));
        view! {
            {hints.steps.map(|steps| view! { <p>{bound(&steps)}</p> }.into_any())}
            {hints
                .address
                .map(|address| copied("hook-address", say("Adresse à copier dans le service", "Address to copy into the service"), address))}
            {hints
                .verification_token
                .map(|token| copied("hook-token", say("Jeton à saisir dans le service", "Token to type in the service"), token))}
            {secret}
        }
        .into_any()
    });
    let moment = |label, instant: Option<String>| {
        instant.map(|at| fact(label, view! { <When instant=at /> }.into_any()))
    };
    let standing = if is_on { say("Activés", "On") } else { say("En attente", "Waiting") };
    view! {
        {problem}
        {steps}
        <dl class="facts facts--wide">
            {fact(say("Messages du service", "Service’s messages"), standing.into_any())}
            {hints.table.map(|table| fact(say("Table", "Table"), bound(&table).into_any()))}
            {moment(say("Dernier message", "Last message"), hints.heard_at)}
            {moment(say("Renouvelés avant le", "Renewed before"), hints.expires_at)}
            {moment(say("Dernier message refusé", "Last refused message"), hints.refused_at)}
        </dl>
        <form class="hints__form" method="post" action=format!("{action}/off")>
            <div class="settings__actions">
                <button class="button">{say("Désactiver", "Switch off")}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Something to copy: it can be selected whole, with or without script.
fn copied(id: &'static str, label: &'static str, value: String) -> AnyView {
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {label}
            </label>
            <input class="field__input" id=id value=value readonly autocomplete="off" spellcheck="false" />
        </div>
    }
    .into_any()
}

fn secret_form(action: String, label: String) -> AnyView {
    view! {
        <form class="hints__form" method="post" action=action>
            <div class="field">
                <label class="field__label" for="hook-secret">
                    {label}
                </label>
                <input
                    class="field__input"
                    type="password"
                    id="hook-secret"
                    name="secret"
                    required
                    autocomplete="off"
                    spellcheck="false"
                />
            </div>
            <div class="settings__actions">
                <button class="button button--primary">{say("Enregistrer le secret", "Save the secret")}</button>
            </div>
        </form>
    }
    .into_any()
}
