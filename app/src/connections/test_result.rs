//! How a test went: what was found or is wrong, and where the kind can tell, what was sent and came back.

use hub::{AccountTest, Exchange};
use leptos::prelude::*;

use super::cells::Cells;
use crate::components::{Notice, Tone};
use crate::format;
use crate::i18n::lang;
use crate::ledger::{bound, fact, say};

/// The outcome of a test that was just made; in the context, pages show it.
#[derive(Clone)]
pub struct Tested(pub AccountTest);

/// The outcome of a test.
#[component]
pub(super) fn TestResult(
    /// What was found.
    test: AccountTest,
) -> impl IntoView {
    let AccountTest { success, message, hint, exchange, rows, .. } = test;
    let (tone, title, lines) = if success {
        let lines: Vec<String> =
            std::iter::once(message).chain(hint).filter(|line| !line.is_empty()).collect();
        (Tone::Good, say("Connexion OK", "Connection OK").to_owned(), lines)
    } else {
        (Tone::Bad, message, hint.into_iter().collect())
    };
    view! {
        <section class="outcome-of tested" data-outcome data-success=success.to_string()>
            <div role="status">
                <Notice tone=tone title=title lines=lines />
            </div>
            {exchange.map(said)}
            {(!rows.is_empty()).then(|| {
                view! {
                    <div class="tested__rows">
                        <h2 class="outcome-of__title">{say("Premières lignes", "First rows")}</h2>
                        <Cells label=say("Premières lignes", "First rows") rows=rows />
                    </div>
                }
                .into_any()
            })}
        </section>
    }
    .into_any()
}

/// The request and its answer.
fn said(exchange: Exchange) -> AnyView {
    let Exchange { request, status, content_type, body, found, next } = exchange;
    let next = next.unwrap_or_else(|| say("aucune", "none").to_owned());
    view! {
        <dl class="facts facts--wide tested__facts">
            {status.map(|status| fact(say("Statut HTTP", "HTTP status"), status.to_string().into_any()))}
            {content_type.map(|kind| fact(say("Type de contenu", "Content type"), bound(&kind).into_any()))}
            {fact(say("Lignes trouvées", "Rows found"), format::number(found, lang()).into_any())}
            {fact(say("Page suivante", "Next page"), bound(&next).into_any())}
        </dl>
        {told("tested-request", say("La requête envoyée", "The request that was sent"), request)}
        {told("tested-answer", say("Le début de la réponse", "The beginning of the answer"), body)}
    }
    .into_any()
}

/// A longer text below its heading; nothing when there is none.
fn told(id: &'static str, title: &'static str, text: String) -> AnyView {
    if text.is_empty() {
        return ().into_any();
    }
    view! {
        <details class="unfold tested__text" id=id>
            <summary class="unfold__head">{title}</summary>
            <div class="unfold__body">
                <pre class="tested__code" tabindex="0">{text}</pre>
            </div>
        </details>
    }
    .into_any()
}
