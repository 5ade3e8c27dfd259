//! How a test or a sync that was just asked for goes, or went.

use hub::Checked;
use leptos::prelude::*;
use model::RunStatus;
use model::access::Right;
use model::api::LoadBody;

use super::count_table::CountTable;
use super::{address, duration, status_of};
use crate::access::may;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::format;
use crate::i18n::{lang, texts};
use crate::ledger::{bound, say};

/// The outcome of a test. The script shows it in its dialog.
pub(super) fn of_test(checked: Checked) -> AnyView {
    let Checked { success, message, hint, .. } = checked;
    let (tone, title, lines) = if success {
        (Tone::Good, say("Connexion OK", "Connection OK").to_owned(), vec![message])
    } else {
        (Tone::Bad, message, hint.into_iter().collect())
    };
    view! {
        <section class="outcome-of" data-outcome role="status">
            <Notice tone=tone title=title lines=lines />
        </section>
    }
    .into_any()
}

/// The progress or the outcome of a sync. The script follows it by its number.
pub(super) fn of_load(name: &str, load: LoadBody) -> AnyView {
    match status_of(&load) {
        RunStatus::Running => {
            progress(load.run_id, format!("{}?run={}", address(name), load.run_id), load.processed())
        }
        status => ended(name, status, load),
    }
}

/// Without script, the page asks again by itself.
pub(crate) fn ask_again() -> AnyView {
    view! {
        <noscript>
            <meta http-equiv="refresh" content="2" />
        </noscript>
    }
    .into_any()
}

/// The progress of a run whose outcome will stand on a page of that address.
pub(crate) fn progress(run_id: i64, page: String, processed: u64) -> AnyView {
    let rows = format::number(processed, lang());
    view! {
        <section class="outcome-of" data-outcome data-run=run_id data-page=page>
            <div class="notice notice--neutral">
                <Icon glyph=Glyph::Spinner />
                <div class="notice__body">
                    <p class="notice__title">{say("Synchronisation en cours…", "Syncing…")}</p>
                    <p>
                        <span class="outcome-of__count" data-count>
                            {rows}
                        </span>
                        {say(" enregistrements lus", " records read")}
                        <span data-rate data-unit=say("enregistrements/s", "records/s")></span>
                    </p>
                    <progress class="outcome-of__bar" aria-label=say("Avancement", "Progress")></progress>
                    {may(Right::Run).then(|| {
                        view! {
                            <form method="post" action=format!("/runs/{run_id}/cancel") data-cancel=format!("/api/sync/runs/{run_id}/cancel")>
                                <button class="button">
                                    <Icon glyph=Glyph::Stop />
                                    {texts().sync.cancel}
                                </button>
                            </form>
                        }
                        .into_any()
                    })}
                </div>
            </div>
            {ask_again()}
        </section>
    }
    .into_any()
}

/// How a run that has ended went, in a colour and a few words.
pub(crate) fn verdict(status: RunStatus) -> (Tone, &'static str) {
    match status {
        RunStatus::Success => (Tone::Good, say("Synchronisation réussie", "Sync succeeded")),
        RunStatus::Partial => (
            Tone::Warning,
            say("Synchronisation terminée, avec des lignes refusées", "Sync done, with refused rows"),
        ),
        RunStatus::Cancelled => (Tone::Neutral, say("Synchronisation annulée", "Sync cancelled")),
        RunStatus::Interrupted => (Tone::Neutral, say("Synchronisation interrompue", "Sync interrupted")),
        RunStatus::Error | RunStatus::Running => {
            (Tone::Bad, say("La synchronisation a échoué", "The sync failed"))
        }
    }
}

/// `1 234 enregistrements en 3 s.`
pub(crate) fn sum(processed: u64, duration: &str) -> String {
    let rows = format::number(processed, lang());
    match lang() {
        model::Lang::Fr => format!("{rows} enregistrements en {duration}."),
        model::Lang::En => format!("{rows} records in {duration}."),
    }
}

fn ended(name: &str, status: RunStatus, load: LoadBody) -> AnyView {
    let (tone, title) = verdict(status);
    let sum = sum(load.processed(), &duration(&load));
    let told = format!("{name} : {title}");
    let lines: Vec<String> = std::iter::once(sum).chain(load.hint).collect();
    view! {
        <section class="outcome-of" data-outcome data-told=told>
            <div role="status">
                <Notice tone=tone title=title lines=lines />
            </div>
            <CountTable tables=load.tables />
            {list(say("Erreurs", "Errors"), load.errors)}
            {list("Warnings", load.warnings)}
            <a class="link" href=format!("/runs/{}", load.run_id)>
                {texts().sync.details}
                <Icon glyph=Glyph::ArrowRight />
            </a>
        </section>
    }
    .into_any()
}

/// Sentences under their heading; nothing when there are none.
pub(crate) fn list(title: &'static str, lines: Vec<String>) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="outcome-of__list">
            <h2 class="outcome-of__title">{title}</h2>
            {sentences(lines)}
        </div>
    }
    .into_any()
}

/// Sentences, one below the other.
pub(super) fn sentences(lines: Vec<String>) -> AnyView {
    let lines = lines.iter().map(|line| view! { <li>{bound(line)}</li> }.into_any());
    view! { <ul class="sentences">{lines.collect_view()}</ul> }.into_any()
}
