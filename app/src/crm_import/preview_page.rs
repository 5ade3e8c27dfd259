//! A file before it is imported: how it is read, what would become of it, its first rows.

use leptos::prelude::*;
use leptos_meta::Title;

use super::first_rows::FirstRows;
use super::reading_form::ReadingForm;
use super::size::size;
use super::sum::Sum;
use super::{CsvRefused, CsvShown, IMPORT};
use crate::api::Fault;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{bound, not_there, say, told};

/// The page of a file that waits to be imported.
#[component]
pub(crate) fn PreviewPage() -> impl IntoView {
    match use_context::<CsvShown>() {
        Some(shown) => view! { <Page shown=shown /> }.into_any(),
        None => not_there(Fault { message: String::new(), hint: None, running: None }, IMPORT),
    }
}

#[component]
fn Page(shown: CsvShown) -> impl IntoView {
    let CsvShown { key, view: file } = shown;
    let title = say("Vérifier le fichier", "Check the file");
    let address = format!("{IMPORT}/{key}");
    let lead = format!("{} · {}", file.name, size(file.size));
    let refused = use_context::<CsvRefused>().map(|CsvRefused { fault, is_outdated }| {
        let title = if is_outdated {
            say("L'import ne ferait plus la même chose", "The import would not do the same any more")
        } else {
            say("Le fichier ne peut pas être lu ainsi", "The file cannot be read like this")
        };
        view! {
            <div role="alert" tabindex="-1" autofocus>
                <Notice tone=Tone::Bad title=title lines=fault.lines() />
            </div>
        }
        .into_any()
    });
    let fault = file.fault.clone().map(|error| {
        let title = say("Ce fichier ne peut pas encore être importé", "This file cannot be imported yet");
        view! { <Notice tone=Tone::Warning title=title lines=told(error).lines() /> }.into_any()
    });
    let plan_notices = file.plan.iter().flat_map(|plan| plan.warnings.clone());
    let mut notices: Vec<String> = file.notices.clone();
    notices.extend(plan_notices.filter(|notice| !file.notices.contains(notice)));
    let notices = (!notices.is_empty()).then(|| {
        let lines: Vec<String> = notices.iter().map(|notice| bound(notice)).collect();
        view! { <Notice tone=Tone::Neutral title=say("À savoir", "To know") lines=lines /> }.into_any()
    });
    let rows = crate::format::number(file.count, lang());
    view! {
        <Title text=title />
        <div class="page-head">
            <a class="link" href=IMPORT>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Importer des deals", "Import deals")}
            </a>
            <h1>{title}</h1>
            <p class="page-head__lead import__name">{lead}</p>
        </div>
        <div class="import" data-file>
            {refused}
            {fault}
            {notices}
            <Sum address=address.clone() file=file.clone() />
            <section class="card">
                <h2>{say("Comment il est lu", "How it is read")}</h2>
                <ReadingForm address=address file=file.clone() />
            </section>
            <section class="card">
                <h2>{say("Les premières lignes", "The first rows")}</h2>
                <p class="import__needs">
                    {match lang() {
                        model::Lang::Fr => format!("{} montrées sur {rows}.", file.rows.len()),
                        model::Lang::En => format!("{} shown of {rows}.", file.rows.len()),
                    }}
                </p>
                <FirstRows file=file />
            </section>
        </div>
    }
    .into_any()
}
