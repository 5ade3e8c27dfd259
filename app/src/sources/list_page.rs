//! The list of sources: how they stand together, a card each, and what they did last.

use std::collections::BTreeMap;

use hub::SourceView;
use leptos::prelude::*;
use leptos_meta::Title;
use model::access::Right;
use model::api::{Health, LoadBody, SourceMetricsBody, SourceStatusBody};

use super::recent::Recent;
use super::result_dialog::ResultDialog;
use super::source_card::SourceCard;
use super::tab_row::TabRow;
use super::toast::Toast;
use crate::api::Fault;
use crate::components::EmptyState;
use crate::i18n::{lang, texts};
use crate::ledger::{figure, hub, loaded, say, told};
use crate::permitted::Permitted;

/// How many of the last syncs are shown.
const RECENT: u32 = 10;

/// What the page shows.
struct Told {
    services: Vec<(String, String)>,
    sources: Vec<SourceView>,
    recent: Vec<(String, LoadBody)>,
    status: SourceStatusBody,
    metrics: SourceMetricsBody,
}

/// The page of all sources.
#[component]
pub(crate) fn ListPage() -> impl IntoView {
    loaded(load(), |told| view! { <Page told=told /> }.into_any())
}

async fn load() -> Result<Told, Fault> {
    let (hub, lang) = (hub()?, lang());
    Ok(Told {
        services: services(&hub).await.map_err(told)?,
        sources: hub.sources(lang).await.map_err(told)?,
        recent: hub.loads(None, RECENT, 0, lang).await.map_err(told)?.1,
        status: hub.source_status().await.map_err(told)?,
        metrics: hub.source_metrics().await.map_err(told)?,
    })
}

/// Id and name of every connection of the CRM, as its tab has them.
async fn services(hub: &hub::Hub) -> hub::Result<Vec<(String, String)>> {
    let mut services = Vec::new();
    for config in hub.configs().await? {
        let name = hub.connection_form(&config.provider).await?.name;
        services.push((config.provider, name));
    }
    Ok(services)
}

#[component]
fn Page(told: Told) -> impl IntoView {
    let Told { services, sources, recent, status, metrics } = told;
    let t = &texts().connectors;
    let title = say("Sources de Données", "Data sources");
    let is_empty = sources.is_empty();
    let has_rows = metrics.total_records_synced > 0;
    view! {
        <Title text=title />
        <div class="page-head">
            <h1>{t.title}</h1>
            <p class="page-head__lead">{t.lead}</p>
        </div>
        <TabRow services=services />
        <Toast />
        <div class="sources__head">
            <div>
                <h2>{title}</h2>
                <p class="sources__lead">{say("Gérez vos connecteurs", "Manage your connectors")}</p>
            </div>
            {(!is_empty)
                .then(|| {
                    view! {
                        <div class="sources__ways">
                            {has_rows.then(|| {
                                view! { <a class="button" href="/data">{say("Voir les données", "See the data")}</a> }
                                    .into_any()
                            })}
                            <a class="button button--primary" href="/connectors/new">
                                {say("+ Ajouter Connecteur", "+ Add connector")}
                            </a>
                        </div>
                    }
                    .into_any()
                })}
        </div>
        {if is_empty {
            view! { <Newcomer /> }.into_any()
        } else {
            view! { <Living sources=sources recent=recent status=status metrics=metrics /> }.into_any()
        }}
    }
}

/// What stands where there is no source yet.
#[component]
fn Newcomer() -> impl IntoView {
    view! {
        <div class="card">
            <EmptyState
                title=say("Aucune source pour le moment", "No source yet")
                text=say(
                    "Reliez un dossier d'exports iSaVigne ou votre Odoo : clients, produits, ventes, stocks et contacts arrivent ici, vérifiés ligne par ligne. Rien n'est modifié chez eux.",
                    "Connect a folder of iSaVigne exports or your Odoo: customers, products, sales, stock and contacts come here, checked row by row. Nothing is changed there.",
                )
                action=("/connectors/new", say("+ Ajouter Connecteur", "+ Add connector"))
            />
            <Permitted right=Right::Change>
                <form class="sources__example" method="post" action="/connectors/example">
                    <p>
                        {say(
                            "Pas d'export sous la main ? Regardez d'abord avec les fichiers d'une cave imaginaire ; vous pourrez tout supprimer ensuite.",
                            "No export at hand? Look around with the files of an imaginary cellar first; you can delete everything afterwards.",
                        )}
                    </p>
                    <button class="button">
                        {say("Essayer avec des fichiers d'exemple", "Try it with sample files")}
                    </button>
                </form>
            </Permitted>
        </div>
    }
}

/// What follows the sources: drawn anew while one of them is syncing.
#[component]
fn Living(
    sources: Vec<SourceView>,
    recent: Vec<(String, LoadBody)>,
    status: SourceStatusBody,
    metrics: SourceMetricsBody,
) -> impl IntoView {
    let kinds: BTreeMap<String, String> =
        sources.iter().map(|source| (source.name.clone(), source.kind_name.clone())).collect();
    let recent = recent.into_iter().map(|(name, load)| {
        let kind = kinds.get(&name).cloned();
        (name, kind, load)
    });
    let recent: Vec<_> = recent.collect();
    let is_busy = sources.iter().any(|source| source.running.is_some());
    let healthy = status.connectors_by_status.get(&Health::Healthy).copied().unwrap_or_default();
    let cards = sources.into_iter().map(|source| view! { <SourceCard source=source /> }.into_any());
    view! {
        <div class="sources" id="sources" data-live data-busy=is_busy.to_string()>
            <dl class="figures sources__figures">
                {figure(say("Connecteurs", "Connectors"), status.connectors_registered)}
                {figure(say("Sains", "Healthy"), healthy)}
                {figure("Syncs", status.total_syncs)}
                {figure(say("Enregistrements", "Records"), metrics.total_records_synced)}
            </dl>
            <ul class="sources__cards">{cards.collect_view()}</ul>
            <section class="card">
                <div class="card__head">
                    <h2>{say("Dernières Syncs", "Recent syncs")}</h2>
                </div>
                {if recent.is_empty() {
                    view! {
                        <p class="sources__lead">
                            {say(
                                "Aucune synchronisation pour le moment : testez une source, puis appuyez sur « Sync ».",
                                "No sync yet: test a source, then press “Sync”.",
                            )}
                        </p>
                    }
                    .into_any()
                } else {
                    view! { <Recent loads=recent /> }.into_any()
                }}
            </section>
        </div>
        {is_busy.then(super::outcome::ask_again)}
        <ResultDialog />
    }
}
