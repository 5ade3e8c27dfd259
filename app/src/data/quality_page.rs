//! The quality of what a sync left behind: a score per table, the checks with the way to their rows, and
//! how far each field is filled.

use hub::Hub;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::api::{QualityBody, QualityCheckBody, QualityTableBody};
use model::canonical::Entity;

use super::coverage_table::CoverageTable;
use super::drawn;
use super::source_head::SourceHead;
use super::texts::{label, row_count, source_page};
use crate::api::sync::server_time;
use crate::components::{EmptyState, Glyph, Icon, Tone};
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// Which run is asked for; in the context, when one is.
#[derive(Clone, Copy)]
pub struct RunAsked(pub i64);

/// What the page shows.
struct Told {
    source: String,
    report: Option<QualityBody>,
    /// The runs there is a report of, newest first.
    runs: Vec<(i64, String)>,
}

/// The page of a source's quality.
#[component]
pub(crate) fn QualityPage() -> impl IntoView {
    let source = use_params_map().read_untracked().get("name").unwrap_or_default();
    let run = use_context::<RunAsked>().map(|asked| asked.0);
    let lang = lang();
    let load = move |hub: Hub| async move {
        hub.source(&source, lang).await?;
        let report = hub.quality(&source, run, lang).await?;
        let runs = hub.quality_runs(&source).await?;
        Ok(Told { source, report, runs })
    };
    drawn(crate::sources::LIST, load, page)
}

fn page(told: Told) -> AnyView {
    let Told { source, report, runs } = told;
    let title = match lang() {
        model::Lang::Fr => format!("Qualité de «\u{a0}{source}\u{a0}»"),
        model::Lang::En => format!("Quality of “{source}”"),
    };
    let content = match report {
        None => view! {
            <EmptyState
                title=say("Pas encore de rapport", "No report yet")
                text=say(
                    "Le premier rapport est fait à la fin de la première synchronisation.",
                    "The first report is made at the end of the first sync.",
                )
            />
        }
        .into_any(),
        Some(report) => {
            let run_id = report.run_id;
            let is_worth_it = |table: &QualityTableBody| table.score.is_some();
            let tables = report.tables.into_iter().filter(is_worth_it).map(table).collect_view();
            view! {
                {runs_form(&source, run_id, runs)}
                {tables}
            }
            .into_any()
        }
    };
    view! {
        <SourceHead
            source=source
            title=title
            lead=say(
                "La note d'une table est la part de ses lignes sans défaut. Une ligne que signale un contrôle léger compte pour un quart ; un champ qui n'est plus rempli coûte cinq points.",
                "The score of a table is the share of its rows without fault. A row a light check points at counts as a quarter; a field no longer filled costs five points.",
            )
        />
        {content}
    }
    .into_any()
}

/// The choice of a run, and the way to it.
fn runs_form(source: &str, chosen: i64, runs: Vec<(i64, String)>) -> AnyView {
    let options = runs
        .into_iter()
        .map(|(id, started_at)| {
            let words = match lang() {
                model::Lang::Fr => format!("n° {id}, {}", day(&started_at)),
                model::Lang::En => format!("no. {id}, {}", day(&started_at)),
            };
            view! { <option value=id.to_string() selected=id == chosen>{words}</option> }.into_any()
        })
        .collect_view();
    view! {
        <form class="run-choice" action=source_page(source, "/quality")>
            <label class="row-filters__field">
                <span>{say("Synchronisation", "Sync")}</span>
                <span class="field__select">
                    <select class="field__input" name="run">
                        {options}
                    </select>
                    <Icon glyph=Glyph::ChevronDown />
                </span>
            </label>
            <button class="button">{say("Afficher", "Show")}</button>
            <a class="link" href=format!("/runs/{chosen}")>
                {say("Voir cette synchronisation", "See this sync")}
            </a>
        </form>
    }
    .into_any()
}

/// `21/11/2026 14:05`, by the server's clock, like every instant before a script shows the reader's.
fn day(instant: &str) -> String {
    let (day, time) = server_time(instant);
    format::moment(&day, &time, lang())
}

fn table(table: QualityTableBody) -> AnyView {
    let entity = Entity::from_name(&table.table).unwrap_or(Entity::Customers);
    let (tone, word) = match table.verdict.as_deref() {
        Some("good") => (Tone::Good, say("bon", "good")),
        Some("watch") => (Tone::Warning, say("à surveiller", "to watch")),
        _ => (Tone::Bad, say("à corriger", "to mend")),
    };
    let id = entity.table();
    let (found, clean): (Vec<_>, Vec<_>) = table.checks.into_iter().partition(|check| check.rows > 0);
    let checks = found.into_iter().map(check).collect_view();
    let clean: Vec<String> = clean.into_iter().map(|check| check.label).collect();
    view! {
        <section class="card quality" id=id>
            <div class="card__head">
                <h2>{label(entity)}</h2>
                <p class="quality__score">
                    <span class=format!("badge badge--{}", tone.word())>
                        <Icon glyph=tone.glyph() />
                        {word}
                    </span>
                    <strong>{table.score.unwrap_or(0)}</strong>
                    "/100"
                </p>
            </div>
            <p class="ledger__lead">{row_count(table.rows)}</p>
            <ul class="checks">{checks}</ul>
            {(!clean.is_empty()).then(|| {
                view! {
                    <p class="checks__clean">
                        <strong>{say("Rien trouvé : ", "Nothing found: ")}</strong>
                        {clean.join(" · ")}
                    </p>
                }
                .into_any()
            })}
            <CoverageTable table=label(entity) fields=table.coverage is_compared=table.compared_with.is_some() />
        </section>
    }
    .into_any()
}

/// One check that found something: its rows are one step away.
fn check(check: QualityCheckBody) -> AnyView {
    let number = format::number(check.rows, lang());
    let weight = (!check.grave).then(|| say("léger", "light"));
    let class = if check.grave { "check check--grave" } else { "check" };
    view! {
        <li class=class>
            <span class="check__count">{number}</span>
            <span class="check__words">
                <a href=check.href>{check.label}</a>
                {weight.map(|word| view! { <span class="badge badge--neutral">{word}</span> }.into_any())}
                <span class="check__advice">{check.advice}</span>
            </span>
        </li>
    }
    .into_any()
}
