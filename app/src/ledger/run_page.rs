//! One run: its counts, what it changed, what it refused, and how to go on.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};
use model::api::{ChangeBody, RecordErrorBody, RunBody};
use model::{Direction, RunStatus};

use super::change_list::ChangeList;
use super::refused_list::RefusedList;
use super::texts::{part, run_title, say};
use super::words_form::WordsForm;
use super::{hub, told};
use crate::api::Fault;
use crate::components::{ErrorState, Glyph, Icon, RunBadge};
use crate::i18n::{lang, texts};

/// Changes on one page.
const CHANGES: u32 = 200;
/// Refused records on one page; more are told by the JSON API.
const REFUSED: u32 = 100;

/// What the page shows.
struct Told {
    service: String,
    run: RunBody,
    /// How many changes come before those shown.
    after: u32,
    changes: Vec<ChangeBody>,
    refused: Vec<RecordErrorBody>,
}

/// The page of a run.
#[component]
pub(super) fn RunPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok()).unwrap_or(0);
    let after = use_query_map().read_untracked().get("after").and_then(|n| n.parse().ok()).unwrap_or(0);
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load(id, after).await {
                    Ok(told) => view! { <Page told=told /> }.into_any(),
                    Err(fault) => view! { <ErrorState fault=fault /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn load(id: i64, after: u32) -> Result<Told, Fault> {
    let (hub, lang) = (hub()?, lang());
    let run = hub.run(id, lang).await.map_err(told)?;
    let changes = hub.changes(id, CHANGES, after).await.map_err(told)?;
    let refused = hub.failures(id, REFUSED, 0, lang).await.map_err(told)?;
    let spec = hub.connectors().into_iter().find(|spec| spec.id == run.provider);
    let service = spec.map_or_else(|| run.provider.clone(), |spec| spec.name);
    Ok(Told { service, run, after, changes, refused })
}

#[component]
fn Page(told: Told) -> impl IntoView {
    let Told { service, run, after, changes, refused } = told;
    let t = texts();
    let direction = Direction::from_word(&run.direction).unwrap_or(Direction::Import);
    let status = RunStatus::from_word(&run.status).unwrap_or(RunStatus::Error);
    let title = run_title(direction, &service, run.id);
    let is_running = status == RunStatus::Running;
    let shown = changes.len() as u64;
    let more = (shown == u64::from(CHANGES)).then(|| format!("/runs/{}?after={}", run.id, after + CHANGES));
    let reasons: Vec<String> = run.error_message.into_iter().chain(run.hint).chain(run.warnings).collect();
    let words = if direction == Direction::Import { run.unknown_statuses } else { Vec::new() };
    view! {
        <Title text=title.clone() />
        // While it goes on, the page asks again by itself.
        {is_running.then(|| view! { <Meta http_equiv="refresh" content="2" /> })}
        <div class="page-head ledger__head">
            <a class="link" href=format!("/connectors?tab={}", run.provider)>
                <Icon glyph=Glyph::ChevronLeft />
                {t.connectors.title}
            </a>
            <h1>{title}</h1>
            <RunBadge status=status />
        </div>
        <section class="card ledger__sum">
            <dl class="figures">
                {figure(t.history.processed, run.records_processed)}
                {figure(t.history.created, run.records_created)}
                {figure(t.history.updated, run.records_updated)}
                {figure(t.history.unchanged, run.records_unchanged)}
                {figure(t.history.failed, run.records_failed)}
            </dl>
            {reasons.into_iter().map(|reason| view! { <p>{reason}</p> }.into_any()).collect_view()}
            {run.resumable.then(|| {
                action(
                    format!("/runs/{}/resume", run.id),
                    Glyph::ArrowRight,
                    say("Reprendre là où elle s'est arrêtée", "Go on from where it stopped"),
                )
            })}
        </section>
        <WordsForm run_id=run.id words=words />
        {(!refused.is_empty()).then(|| {
            view! {
                <section class="card">
                    <div class="card__head">
                        <h2>{say("Enregistrements refusés", "Refused records")}</h2>
                        {(!is_running).then(|| {
                            action(
                                format!("/runs/{}/replay", run.id),
                                Glyph::Import,
                                say("Rejouer les échecs", "Run the failed ones again"),
                            )
                        })}
                    </div>
                    <p class="ledger__lead">{part(1, refused.len() as u64, Some(run.records_failed))}</p>
                    <RefusedList records=refused />
                </section>
            }
            .into_any()
        })}
        <section class="card">
            <h2>{say("Ce qui a changé", "What changed")}</h2>
            <p class="ledger__lead">
                {if shown == 0 {
                    say("Rien n'a été modifié.", "Nothing was changed.").to_owned()
                } else {
                    part(u64::from(after) + 1, u64::from(after) + shown, None)
                }}
            </p>
            <ChangeList changes=changes />
            {more.map(|href| view! { <a class="button" href=href>{t.deals.next}</a> }.into_any())}
        </section>
    }
}

/// A number with its name.
pub(super) fn figure(label: &'static str, count: u64) -> AnyView {
    view! {
        <div class="figure">
            <dt>{label}</dt>
            <dd>{crate::format::number(count, lang())}</dd>
        </div>
    }
    .into_any()
}

/// A form that is only its button.
pub(super) fn action(address: String, glyph: Glyph, label: &'static str) -> AnyView {
    view! {
        <form method="post" action=address>
            <button class="button button--primary">
                <Icon glyph=glyph />
                {label}
            </button>
        </form>
    }
    .into_any()
}
