//! One source: how it stands, what it did, what it is configured with.

use hub::{SourceSettings, SourceView};
use leptos::prelude::*;
use leptos_meta::Title;
use model::Lang;
use model::access::Right;
use model::api::LoadBody;

use super::form::SourceFields;
use super::history::History;
use super::result_dialog::ResultDialog;
use super::status_card::StatusCard;
use super::toast::Toast;
use super::try_buttons::TryButtons;
use super::typed::Typed;
use super::{LIST, address, asked, name_in_address, outcome};
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{Pager, entries_before, found, hub, say, told};
use crate::permitted::Permitted;

/// Syncs on one page.
const HISTORY: u32 = 20;

/// What the page shows.
struct Told {
    source: SourceView,
    settings: SourceSettings,
    /// How many syncs there are, how many come before those shown, and these.
    total: u64,
    before: u32,
    loads: Vec<LoadBody>,
    /// The sync that was asked for, or that is going on.
    run: Option<LoadBody>,
    /// Whether its service has deals too, which are synced with the CRM's.
    has_deals: bool,
}

/// The page of a source.
#[component]
pub(crate) fn DetailPage() -> impl IntoView {
    let (name, before) = (name_in_address(), entries_before("history"));
    let run = asked("run").and_then(|id| id.parse().ok());
    let was_tested = asked("notice").as_deref() == Some("tested");
    let typed = use_context::<Typed>();
    found(LIST, async move { load(&name, before, run).await }, move |told| {
        view! { <Page told=told was_tested=was_tested typed=typed /> }.into_any()
    })
}

async fn load(name: &str, before: u32, run: Option<i64>) -> Result<Told, Fault> {
    let (hub, lang) = (hub()?, lang());
    let source = hub.source(name, lang).await.map_err(told)?;
    let settings = hub.source_settings(name).await.map_err(told)?;
    let (total, loads) = hub.loads(Some(name), HISTORY, before, lang).await.map_err(told)?;
    let loads = loads.into_iter().map(|(_, load)| load).collect();
    let run = match run.or(source.running) {
        // An address made by hand may name the run of another source, or none.
        Some(id) if hub.run(id, lang).await.is_ok_and(|run| run.provider == name) => {
            hub.load(id, lang).await.ok()
        }
        _ => None,
    };
    let has_deals = hub.config(name).await.is_ok();
    Ok(Told { source, settings, total, before, loads, run, has_deals })
}

#[component]
fn Page(told: Told, was_tested: bool, typed: Option<Typed>) -> impl IntoView {
    let Told { source, settings, total, before, loads, run, has_deals } = told;
    let (name, kind) = (source.name.clone(), source.kind_name.clone());
    let is_busy = source.running.is_some();
    let checked = source.checked.clone().filter(|_| was_tested);
    view! {
        <Title text=name.clone() />
        <div class="page-head source-head">
            <a class="link" href=LIST>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Retour", "Back")}
            </a>
            <div class="sources__head">
                <div>
                    <h1 id="source-name">{name.clone()}</h1>
                    <p class="source-head__kind">
                        "Type : " <span class="tag">{kind.clone()}</span>
                    </p>
                </div>
                <div class="source__actions">
                    <TryButtons name=name.clone() described_by="source-name".to_owned() />
                </div>
            </div>
        </div>
        <Toast />
        {checked.map(outcome::of_test)}
        {run.map(|run| outcome::of_load(&name, run))}
        <div class="sources" id="source" data-live data-busy=is_busy.to_string()>
            <StatusCard source=source />
            <section class="card" id="history">
                <div class="card__head">
                    <h2>{say("Historique des Syncs", "Sync history")}</h2>
                </div>
                {(total == 0).then(|| {
                    view! {
                        <p class="sources__lead">
                            {say(
                                "Aucune synchronisation pour le moment. Appuyez sur « Sync » pour la première.",
                                "No sync yet. Press “Sync” for the first one.",
                            )}
                        </p>
                    }
                    .into_any()
                })}
                <Pager address=address(&name) name="history" before=before shown=loads.len() size=HISTORY all=Some(total) />
                {(!loads.is_empty()).then(|| view! { <History loads=loads /> }.into_any())}
            </section>
        </div>
        <Elsewhere name=name.clone() />
        {has_deals.then(|| deals(&name, &kind))}
        <Settings settings=settings typed=typed />
        <p class="source-end">
            <a class="button button--quiet source-end__delete" href=format!("{}/delete", address(&name))>
                {say("Supprimer ce connecteur", "Delete this connector")}
            </a>
        </p>
        <ResultDialog />
    }
    .into_any()
}

/// Where one goes on from a source: its columns, its quality, its rows.
#[component]
fn Elsewhere(name: String) -> impl IntoView {
    let link = |href: String, title: &'static str, text: &'static str| {
        view! {
            <a class="card elsewhere__link" href=href>
                <strong>{title}</strong>
                <span>{text}</span>
            </a>
        }
        .into_any()
    };
    let at = address(&name);
    view! {
        <nav class="elsewhere" aria-label=say("Pages de ce connecteur", "Pages of this connector")>
            {link(
                format!("{at}/mapping"),
                "Mapping",
                say("Quelle colonne va dans quel champ", "Which column goes into which field"),
            )}
            {link(
                format!("{at}/quality"),
                say("Qualité", "Quality"),
                say("Ce qui manque et ce qui surprend", "What is missing and what surprises"),
            )}
            {link(
                "/data".to_owned(),
                say("Données", "Data"),
                say("Clients, produits, ventes, stocks, contacts", "Customers, products, sales, stock, contacts"),
            )}
        </nav>
    }
    .into_any()
}

/// A service that has deals too: those go both ways, from the tab of the connection.
fn deals(name: &str, kind: &str) -> AnyView {
    let lead = match lang() {
        Lang::Fr => format!(
            "Les opportunités de {kind} peuvent être synchronisées avec les deals du CRM, dans les deux sens."
        ),
        Lang::En => format!("The opportunities of {kind} can be synced with the CRM's deals, both ways."),
    };
    view! {
        <section class="card deals-link">
            <div>
                <h2>"Deals"</h2>
                <p class="sources__lead">{lead}</p>
            </div>
            <a class="button" href=format!("/connectors?tab={name}")>
                {say("Synchroniser les deals", "Sync deals")}
                <Icon glyph=Glyph::ArrowRight />
            </a>
        </section>
    }
    .into_any()
}

#[component]
fn Settings(settings: SourceSettings, typed: Option<Typed>) -> impl IntoView {
    let SourceSettings { name, spec, guide, values, .. } = settings;
    // What was sent stands before what is stored; a stored secret still counts.
    let typed = match typed {
        Some(mut typed) => {
            let secrets = values.into_iter().filter(|(key, _)| spec.is_secret(key));
            typed.values.extend(secrets);
            typed
        }
        None => Typed { values, ..Typed::default() },
    };
    view! {
        <Permitted right=Right::Change>
            <form class="card source-form" id="settings" method="post" action=address(&name)>
                <SourceFields spec=spec guide=guide typed=typed />
                <div class="settings__actions">
                    <button class="button button--primary">
                        <Icon glyph=Glyph::Check />
                        {say("Enregistrer", "Save")}
                    </button>
                    <a class="button" href=address(&name)>
                        {say("Annuler", "Cancel")}
                    </a>
                </div>
            </form>
        </Permitted>
    }
    .into_any()
}
