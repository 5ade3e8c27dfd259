//! The form for a new source: its name, its kind, and what the kind asks for.

use leptos::prelude::*;
use leptos_meta::Title;
use model::ConnectorSpec;
use model::access::Right;

use super::field::{complaint, label};
use super::form::SourceFields;
use super::result_dialog::ResultDialog;
use super::typed::Typed;
use super::{LIST, asked};
use crate::components::{ErrorState, Glyph, Icon};
use crate::ledger::{hub, say};
use crate::permitted::Permitted;

/// The page of the form. What was sent and could not be stored is shown again.
#[component]
pub(crate) fn NewPage() -> impl IntoView {
    let typed = use_context::<Typed>()
        .unwrap_or_else(|| Typed { kind: asked("type").unwrap_or_default(), ..Typed::default() });
    let hub = match hub() {
        Ok(hub) => hub,
        Err(fault) => return view! { <ErrorState fault=fault /> }.into_any(),
    };
    let kinds = hub.source_kinds();
    let chosen = kinds.iter().find(|spec| spec.id == typed.kind).cloned();
    let guide = hub.source_guide(&typed.kind).unwrap_or_default();
    let title = say("Ajouter un Connecteur", "Add a connector");
    view! {
        <Title text=title />
        <div class="page-head ledger__head">
            <a class="link" href=LIST>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Retour", "Back")}
            </a>
            <h1>{title}</h1>
            <p class="page-head__lead">{say("Enregistrez une nouvelle source", "Register a new source")}</p>
        </div>
        <Permitted right=Right::Change>
            <form class="card source-form" method="post" action="/connectors">
                <div class="settings__group">
                    <NameField typed=typed.clone() />
                    <KindField kinds=kinds typed=typed.clone() />
                </div>
                <div id="kind" class="source-form__swap">
                    <input type="hidden" name="fields_of" value=chosen.as_ref().map(|spec| spec.id.clone()).unwrap_or_default() />
                    {match chosen {
                        Some(spec) => view! { <SourceFields spec=spec guide=guide typed=typed /> }.into_any(),
                        None => {
                            view! {
                                <p class="sources__lead">
                                    {say(
                                        "Choisissez le type : ses réglages apparaissent ici.",
                                        "Choose the type: its settings appear here.",
                                    )}
                                </p>
                            }
                                .into_any()
                        }
                    }}
                </div>
                <div class="settings__actions">
                    <button class="button button--primary">
                        <Icon glyph=Glyph::Check />
                        {say("Enregistrer", "Save")}
                    </button>
                    <a class="button" href=LIST>
                        {say("Annuler", "Cancel")}
                    </a>
                </div>
            </form>
        </Permitted>
        <ResultDialog />
    }
    .into_any()
}

#[component]
fn NameField(typed: Typed) -> impl IntoView {
    let fault = typed.fault("connector_name");
    view! {
        <div class="field" class:field--wrong=fault.is_some()>
            {label("connector_name".to_owned(), say("Nom du connecteur", "Connector name").to_owned(), true)}
            <input
                class="field__input"
                id="connector_name"
                name="connector_name"
                value=typed.name
                placeholder=say("ex : isavigne_prod", "e.g. isavigne_prod")
                required
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby="connector_name-help"
                aria-invalid=fault.is_some().then_some("true")
            />
            <div class="field__help" id="connector_name-help">
                {complaint(fault.as_deref())}
                <p>
                    {say(
                        "Identificateur unique : lettres sans accent, chiffres, _ et -, sans espace.",
                        "Unique identifier: letters without accents, digits, _ and -, no spaces.",
                    )}
                </p>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn KindField(kinds: Vec<ConnectorSpec>, typed: Typed) -> impl IntoView {
    let fault = typed.fault("connector_type");
    let options = kinds.into_iter().map(|spec| {
        let is_chosen = spec.id == typed.kind;
        view! {
            <option value=spec.id selected=is_chosen>
                {spec.name}
            </option>
        }
        .into_any()
    });
    view! {
        <div class="field" class:field--wrong=fault.is_some()>
            {label("connector_type".to_owned(), say("Type de connecteur", "Connector type").to_owned(), true)}
            <span class="field__select">
                <select
                    class="field__input"
                    id="connector_type"
                    name="connector_type"
                    required
                    data-kinds
                    aria-describedby="connector_type-help"
                    aria-invalid=fault.is_some().then_some("true")
                >
                    <option value="">{say("-- Sélectionnez --", "-- Select --")}</option>
                    {options.collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
            <div class="field__help" id="connector_type-help">
                {complaint(fault.as_deref())}
                <noscript>
                    <button class="button source-form__show" formnovalidate>
                        {say("Afficher ses réglages", "Show its settings")}
                    </button>
                </noscript>
            </div>
        </div>
    }
    .into_any()
}
