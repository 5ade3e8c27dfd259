//! One run: its counts, what it changed, what it refused, and how to go on.

use hub::CreatedDeals;
use leptos::prelude::*;
use model::access::Right;
use model::api::{ChangeBody, RecordErrorBody, RunBody};
use model::{Direction, RunStatus, Subject};

use super::change_list::ChangeList;
use super::pager::Pager;
use super::refused_list::RefusedList;
use super::refused_section::{REFUSED, RefusedSection};
use super::run_head::{RunHead, action, counts};
use super::table_run::{TableRun, TableRunPage};
use super::texts::{bound, run_title, say};
use super::words_form::WordsForm;
use super::{delete_created_page, entries_before, found, hub, number_in_address, told};
use crate::access::may;
use crate::api::Fault;
use crate::components::Glyph;
use crate::i18n::{lang, texts};

/// Changes on one page.
pub(super) const CHANGES: u32 = 200;

/// What the page shows.
struct Told {
    service: String,
    run: RunBody,
    /// What is left of the deals it created, where it is the import of a file.
    created: CreatedDeals,
    /// How many changes come before those shown.
    after: u32,
    changes: Vec<ChangeBody>,
    /// How many refused records come before those shown.
    refused_after: u32,
    refused: Vec<RecordErrorBody>,
}

/// The page of a run.
#[component]
pub(super) fn RunPage() -> impl IntoView {
    let id = number_in_address("id").unwrap_or(0);
    let (after, refused_after) = (entries_before("changes"), entries_before("refused"));
    found("/connectors", load(id, after, refused_after), |run| match run {
        Run::OfDeals(told) => view! { <Page told=told /> }.into_any(),
        Run::OfTables(told) => view! { <TableRunPage told=told /> }.into_any(),
    })
}

/// What a run was about.
enum Run {
    OfDeals(Told),
    OfTables(TableRun),
}

async fn load(id: i64, after: u32, refused_after: u32) -> Result<Run, Fault> {
    let (hub, lang) = (hub()?, lang());
    let run = hub.run(id, lang).await.map_err(told)?;
    let refused = hub.failures(id, REFUSED, refused_after, lang).await.map_err(told)?;
    if run.subject == Subject::Tables.word() {
        let load = hub.load(id, lang).await.map_err(told)?;
        return Ok(Run::OfTables(TableRun { run, load, refused_after, refused }));
    }
    let changes = hub.changes(id, CHANGES, after).await.map_err(told)?;
    let created = hub.created_deals(id).await.map_err(told)?;
    let service = service_name(&hub, &run.provider);
    Ok(Run::OfDeals(Told { service, run, created, after, changes, refused_after, refused }))
}

/// What people call the service of a connection.
pub(super) fn service_name(hub: &hub::Hub, provider: &str) -> String {
    if provider == hub::CSV {
        return say("un fichier CSV", "a CSV file").to_owned();
    }
    let spec = hub.connectors().into_iter().find(|spec| spec.id == provider);
    spec.map_or_else(|| provider.to_owned(), |spec| spec.name)
}

#[component]
fn Page(told: Told) -> impl IntoView {
    let Told { service, run, created, after, changes, refused_after, refused } = told;
    let t = texts();
    let direction = Direction::from_word(&run.direction).unwrap_or(Direction::Import);
    let title = run_title(direction, &service, run.id);
    let is_running = run.status == RunStatus::Running.word();
    let address = format!("/runs/{}", run.id);
    let shown = changes.len();
    let is_of_file = run.provider == hub::CSV;
    let (back, above) = if is_of_file {
        ("/deals/import".to_owned(), say("Importer des deals", "Import deals").to_owned())
    } else {
        (format!("/connectors?tab={}", run.provider), t.connectors.title.to_owned())
    };
    let told_words = run.unknown_statuses.join(", ");
    let told_words = (is_of_file && !told_words.is_empty()).then(|| (t.sync.unknown_statuses)(&told_words));
    let reasons = run.error_message.clone().into_iter().chain(run.hint.clone()).chain(run.warnings.clone());
    let reasons = reasons.chain(told_words);
    let reasons = reasons.map(|reason| view! { <p>{bound(&reason)}</p> }.into_any()).collect_view();
    let words =
        if direction == Direction::Import && !is_of_file { run.unknown_statuses.clone() } else { Vec::new() };
    view! {
        <RunHead
            run=run.clone()
            title=title
            back=back
            above=above
        />
        <section class="card ledger__sum">
            {counts(&run)}
            {reasons}
            {is_running.then(|| action(format!("/runs/{}/cancel", run.id), Glyph::Stop, t.sync.cancel))}
            {run.resumable.then(|| {
                action(
                    format!("/runs/{}/resume", run.id),
                    Glyph::ArrowRight,
                    say("Reprendre là où elle s'est arrêtée", "Go on from where it stopped"),
                )
            })}
            {(is_of_file && !is_running).then(|| {
                view! {
                    <a class="button button--primary" href="/">
                        {say("Voir les deals", "See the deals")}
                    </a>
                }
                .into_any()
            })}
            {may(Right::Change).then(|| delete_created_page::way(run.id, created))}
        </section>
        <WordsForm run_id=run.id words=words />
        {(!refused.is_empty()).then(|| {
            view! {
                <RefusedSection
                    title=say("Enregistrements refusés", "Refused records")
                    address=address.clone()
                    before=refused_after
                    shown=refused.len()
                    all=run.records_failed
                    again=(!is_running && !is_of_file).then(|| say("Rejouer les échecs", "Run the failed ones again"))
                >
                    <RefusedList records=refused />
                </RefusedSection>
            }
            .into_any()
        })}
        <section class="card" id="changes">
            <h2>{say("Ce qui a changé", "What changed")}</h2>
            {(shown == 0 && !is_running).then(|| {
                view! { <p class="ledger__lead">{say("Rien n'a été modifié.", "Nothing was changed.")}</p> }.into_any()
            })}
            <Pager address=address name="changes" before=after shown=shown size=CHANGES all=None />
            <ChangeList changes=changes />
        </section>
    }
}
