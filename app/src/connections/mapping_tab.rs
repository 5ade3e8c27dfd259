//! Which field of the service is which of a deal, and which stage stands for which status.

use std::collections::BTreeMap;

use hub::{AccountView, DealsMapping, Stage};
use leptos::prelude::*;
use model::access::Right;
use model::{DealField, Lang, Mapping, Status};

use super::address;
use super::service_said::ServiceSaid;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::i18n::{lang, texts};
use crate::ledger::{bound, say};
use crate::pages::connectors::MappingRow;
use crate::permitted::Permitted;

/// A mapping that was sent and could not be stored; in the context, the form shows it.
#[derive(Clone)]
pub struct DealsMappingTyped {
    /// The service's field for each of a deal's, by its key.
    pub fields: BTreeMap<String, String>,
    /// The status for each stage, by its label.
    pub stages: BTreeMap<String, String>,
    /// What is wrong.
    pub fault: String,
}

impl DealsMappingTyped {
    /// The mapping with what was typed in place of what is stored.
    fn over(&self, mut stored: DealsMapping) -> DealsMapping {
        let entry = |(key, name): (&String, &String)| Some((DealField::from_key(key)?, name.clone()));
        stored.mapping = Mapping(self.fields.iter().filter_map(entry).collect());
        for stage in &mut stored.stages {
            stage.chosen = self.stages.get(&stage.label).and_then(|word| Status::from_word(word));
        }
        stored
    }
}

/// The tab: the form, and the way to a preview.
#[component]
pub(super) fn MappingTab(
    /// The connection.
    account: AccountView,
) -> impl IntoView {
    let (id, service) = (account.id, account.kind_name.clone());
    let told = match use_context::<ServiceSaid<DealsMapping>>() {
        Some(ServiceSaid(Ok(mapping))) => {
            view! { <MappingForm id=id service=service mapping=mapping /> }.into_any()
        }
        Some(ServiceSaid(Err(fault))) => {
            let title =
                say("Les champs du service n'ont pas pu être lus", "The service's fields could not be read");
            view! { <Notice tone=Tone::Bad title=title lines=fault.lines() /> }.into_any()
        }
        // Drawn as the answer to a form: the service was not asked.
        None => view! {
            <a class="button" href=format!("{}?tab=mapping", address(id))>
                {say("Demander au service", "Ask the service")}
            </a>
        }
        .into_any(),
    };
    let preview = |way: &'static str, label: &'static str, glyph| {
        view! {
            <form method="post" action=format!("/preview/{}/{way}", account.provider)>
                <button class="button">
                    <Icon glyph=glyph />
                    {label}
                </button>
            </form>
        }
        .into_any()
    };
    let import = preview("import", say("Aperçu de l'import", "Preview the import"), Glyph::Import);
    let export = preview("export", say("Aperçu de l'export", "Preview the export"), Glyph::Export);
    view! {
        <section class="card schedule">
            <h2>"Mapping"</h2>
            {told}
        </section>
        <section class="card schedule">
            <div>
                <h2>{say("Voir avant de synchroniser", "See before you sync")}</h2>
                <p class="sources__lead">
                    {bound(say(
                        "L'aperçu montre chaque changement, et s'applique d'un bouton. Rien n'est écrit avant.",
                        "The preview shows every change and is applied by a button. Nothing is written before.",
                    ))}
                </p>
            </div>
            <Permitted right=Right::Run>
                <div class="settings__actions">
                    {import}
                    {export}
                </div>
            </Permitted>
        </section>
    }
    .into_any()
}

#[component]
fn MappingForm(id: i64, service: String, mapping: DealsMapping) -> impl IntoView {
    let typed = use_context::<DealsMappingTyped>();
    let mapping = typed.as_ref().map(|typed| typed.over(mapping.clone())).unwrap_or(mapping);
    let DealsMapping { mapping, fields, stages, sent } = mapping;
    let fault = typed.map(|typed| {
        let title = say("Le mapping n'a pas été enregistré", "The mapping was not saved");
        view! {
            <div role="alert" tabindex="-1" autofocus>
                <Notice tone=Tone::Bad title=title lines=vec![bound(&typed.fault)] />
            </div>
        }
        .into_any()
    });
    let rows = DealField::ALL.map(|field| {
        let name = mapping.0.get(&field).cloned().unwrap_or_default();
        view! {
            <MappingRow provider=id.to_string() field=field name=name choices=fields.clone() service=service.clone() />
        }
        .into_any()
    });
    let stages = (!stages.is_empty()).then(|| view! { <Stages stages=stages sent=sent /> }.into_any());
    view! {
        {fault}
        <Permitted right=Right::Change>
            <form class="schedule__form" method="post" action=format!("{}/mapping", address(id))>
                <fieldset class="settings__group mapping">
                    <legend class="settings__legend">{say("Les champs", "The fields")}</legend>
                    <p class="mapping__help">
                        {bound(say(
                            "À gauche le champ du CRM, à droite celui du service qui le contient.",
                            "On the left the CRM's field, on the right the service's field that holds it.",
                        ))}
                    </p>
                    {rows.into_iter().collect_view()}
                </fieldset>
                {stages}
                <div class="settings__actions">
                    <button class="button button--primary">
                        <Icon glyph=Glyph::Check />
                        {say("Enregistrer", "Save")}
                    </button>
                </div>
            </form>
        </Permitted>
    }
    .into_any()
}

/// A line per stage, filled in as far as names and the service tell; and what each status is sent as.
#[component]
fn Stages(stages: Vec<Stage>, sent: Vec<(Status, Option<String>)>) -> impl IntoView {
    let rows = stages.into_iter().enumerate().map(|(place, stage)| row(place, stage)).collect_view();
    let sent = sent.into_iter().map(|(status, label)| {
        let becomes = label.unwrap_or_else(|| {
            say("aucune étape : ces deals sont refusés", "no stage: such deals are refused").to_owned()
        });
        view! {
            <div class="fact">
                <dt>{status.word()}</dt>
                <dd>{bound(&becomes)}</dd>
            </div>
        }
        .into_any()
    });
    view! {
        <fieldset class="settings__group mapping">
            <legend class="settings__legend">{say("Les étapes", "The stages")}</legend>
            <p class="mapping__help">
                {bound(say(
                    "Quel statut chaque étape du service donne au deal. « d'office » : d'après son nom, ou d'après ce qu'en dit le service.",
                    "Which status each stage of the service gives to the deal. “as it is”: by its name, or by what the service says of it.",
                ))}
            </p>
            {rows}
        </fieldset>
        <div>
            <h3>{say("À l'export", "When exporting")}</h3>
            <dl class="facts facts--wide">{sent.collect_view()}</dl>
        </div>
    }
    .into_any()
}

fn row(place: usize, stage: Stage) -> AnyView {
    let Stage { label, chosen, usual } = stage;
    let (id, name) = (format!("stage-{place}"), format!("status_words[{label}]"));
    let options = Status::ALL.map(|status| {
        view! {
            <option value=status.word() selected=chosen == Some(status)>
                {status.word()}
            </option>
        }
        .into_any()
    });
    let as_it_is = match (usual, lang()) {
        (Some(status), Lang::Fr) => format!("{} (d'office)", status.word()),
        (Some(status), Lang::En) => format!("{} (as it is)", status.word()),
        (None, _) => texts().mapping.words_none.to_owned(),
    };
    view! {
        <div class="mapping__row">
            <label class="mapping__crm" for=id.clone()>
                {label}
            </label>
            <span class="mapping__arrow">
                <Icon glyph=Glyph::ArrowRight />
            </span>
            <span class="field__select">
                <select class="field__input" id=id name=name>
                    <option value="">{as_it_is}</option>
                    {options.into_iter().collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    }
    .into_any()
}
