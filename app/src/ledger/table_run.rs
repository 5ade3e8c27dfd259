//! One run of a source of data: its counts table by table, and the rows it refused.

use leptos::prelude::*;
use model::api::{LoadBody, RecordErrorBody, RunBody};
use model::{Lang, RunStatus};

use super::refused_section::RefusedSection;
use super::run_head::{RunHead, action, counts};
use super::texts::{bound, say};
use crate::components::Glyph;
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
    let title = match lang() {
        Lang::Fr => format!("Synchronisation de {}, n° {}", run.provider, run.id),
        Lang::En => format!("Sync of {}, no. {}", run.provider, run.id),
    };
    let is_running = run.status == RunStatus::Running.word();
    let address = format!("/runs/{}", run.id);
    let told = load.errors.into_iter().chain(load.hint).chain(load.warnings);
    view! {
        <RunHead
            run=run.clone()
            title=title
            back=format!("/connectors/{}", run.provider)
            above=run.provider.clone()
        />
        <section class="card ledger__sum">
            {counts(&run)}
            {told.map(|line| view! { <p>{line}</p> }.into_any()).collect_view()}
            {is_running.then(|| action(format!("{address}/cancel"), Glyph::Stop, texts().sync.cancel))}
        </section>
        {(!load.tables.is_empty())
            .then(|| {
                view! {
                    <section class="card">
                        <div class="card__head">
                            <h2>{say("Par table", "By table")}</h2>
                            {(!is_running)
                                .then(|| {
                                    view! {
                                        <p class="ledger__actions">
                                            <a class="link" href=format!("/connectors/{}/quality?run={}", run.provider, run.id)>
                                                {say("Qualité", "Quality")}
                                            </a>
                                            <a class="link" href="/data">
                                                {say("Données", "Data")}
                                            </a>
                                        </p>
                                    }
                                    .into_any()
                                })}
                        </div>
                        <CountTable tables=load.tables />
                    </section>
                }
                .into_any()
            })}
        {(!refused.is_empty())
            .then(|| {
                view! {
                    <RefusedSection
                        title=say("Lignes refusées", "Refused rows")
                        address=address.clone()
                        before=refused_after
                        shown=refused.len()
                        all=run.records_failed
                        again=(!is_running).then(|| say("Relire ces fichiers", "Read these files again"))
                    >
                        <p class="ledger__lead">
                            {say(
                                "Ces lignes ne sont pas dans vos données. Corrigez-les là d'où elles viennent, déposez le nouvel export à la place de l'ancien, puis relisez.",
                                "These rows are not in your data. Mend them where they come from, put the new export in the place of the old one, then read again.",
                            )}
                        </p>
                        <ol class="changes">{refused.into_iter().map(row).collect_view()}</ol>
                    </RefusedSection>
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
            <p class="change__reason">{bound(&row.message)}</p>
        </li>
    }
    .into_any()
}
