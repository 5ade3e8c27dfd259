//! One run of a source of data: its counts table by table, and the rows it refused.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use model::api::{LoadBody, RecordErrorBody, RunBody};
use model::{Lang, RunStatus};

use super::pager::Pager;
use super::run_page::{REFUSED, action, figure};
use super::texts::say;
use crate::api::sync::run_view;
use crate::components::{Glyph, Icon, LocalTime, RunBadge};
use crate::i18n::{lang, texts};
use crate::sources::CountTable;

/// What the page shows.
pub(super) struct TableRun {
    /// The run as any other.
    pub(super) run: RunBody,
    /// What it brought, by table.
    pub(super) load: LoadBody,
    /// How many refused rows come before those shown.
    pub(super) refused_after: u32,
    /// These.
    pub(super) refused: Vec<RecordErrorBody>,
}

/// The page of such a run.
#[component]
pub(super) fn TableRunPage(told: TableRun) -> impl IntoView {
    let TableRun { run, load, refused_after, refused } = told;
    let t = texts();
    let status = RunStatus::from_word(&run.status).unwrap_or(RunStatus::Error);
    let title = match lang() {
        Lang::Fr => format!("Synchronisation de {}, n° {}", run.provider, run.id),
        Lang::En => format!("Sync of {}, no. {}", run.provider, run.id),
    };
    let is_running = status == RunStatus::Running;
    let address = format!("/runs/{}", run.id);
    let view = run_view(run.clone());
    let told = load.errors.into_iter().chain(load.hint).chain(load.warnings);
    view! {
        <Title text=title.clone() />
        // While it goes on, the page asks again by itself.
        {is_running.then(|| view! { <Meta http_equiv="refresh" content="2" /> })}
        <div class="page-head ledger__head">
            <a class="link" href=format!("/connectors/{}", run.provider)>
                <Icon glyph=Glyph::ChevronLeft />
                {run.provider.clone()}
            </a>
            <h1>{title}</h1>
            <p class="ledger__when">
                <RunBadge status=status />
                <LocalTime instant=run.started_at server_time=view.server_time />
                {view.millis.map(|millis| crate::format::duration(millis, lang()))}
            </p>
        </div>
        <section class="card ledger__sum">
            <dl class="figures">
                {figure(t.history.processed, run.records_processed)}
                {figure(t.history.created, run.records_created)}
                {figure(t.history.updated, run.records_updated)}
                {figure(t.history.unchanged, run.records_unchanged)}
                {figure(t.history.failed, run.records_failed)}
            </dl>
            {told.map(|line| view! { <p>{line}</p> }.into_any()).collect_view()}
            {is_running.then(|| action(format!("{address}/cancel"), Glyph::Stop, t.sync.cancel))}
        </section>
        {(!load.tables.is_empty())
            .then(|| {
                view! {
                    <section class="card">
                        <h2>{say("Par table", "By table")}</h2>
                        <CountTable tables=load.tables />
                    </section>
                }
                .into_any()
            })}
        {(!refused.is_empty())
            .then(|| {
                view! {
                    <section class="card" id="refused">
                        <div class="card__head">
                            <h2>{say("Lignes refusées", "Refused rows")}</h2>
                            {(!is_running)
                                .then(|| {
                                    action(
                                        format!("{address}/replay"),
                                        Glyph::Import,
                                        say("Relire ces fichiers", "Read these files again"),
                                    )
                                })}
                        </div>
                        <Pager
                            address=address.clone()
                            name="refused"
                            before=refused_after
                            shown=refused.len()
                            size=REFUSED
                            all=Some(run.records_failed)
                        />
                        <ol class="changes">{refused.into_iter().map(row).collect_view()}</ol>
                    </section>
                }
                .into_any()
            })}
    }
}

/// A refused row: where it stands, which column is at fault, and why.
fn row(row: RecordErrorBody) -> AnyView {
    let place = row.client.or(row.external_id).unwrap_or_else(|| texts().sync.unnamed.to_owned());
    let column = row.field.map(|column| {
        view! {
            <span class="change__deed">
                {say("colonne ", "column ")}
                <code>{column}</code>
            </span>
        }
        .into_any()
    });
    view! {
        <li class="change">
            <p class="change__head">
                <strong>{place}</strong>
                {column}
            </p>
            <p class="change__reason">{row.message}</p>
        </li>
    }
    .into_any()
}
