//! The messages to a webhook, and what became of each.

use leptos::prelude::*;
use model::access::Right;
use model::api::DeliveryBody;

use super::address;
use super::delivery_standing::DeliveryStanding;
use super::event_words::event_words;
use crate::access::may;
use crate::ledger::{Pager, bound, say};
use crate::sources::When;

/// Messages on one page.
pub(super) const DELIVERIES: u32 = 20;

/// A row per message, newest first; on a narrow screen each is a card.
#[component]
pub(super) fn Deliveries(
    /// The webhook.
    id: i64,
    /// Its messages.
    deliveries: Vec<DeliveryBody>,
    /// How many come before.
    before: u32,
) -> impl IntoView {
    let shown = deliveries.len();
    let is_part = before > 0 || shown as u32 == DELIVERIES;
    let title = say("Messages", "Messages");
    let head = |label: &'static str| view! { <th role="columnheader" scope="col">{label}</th> }.into_any();
    view! {
        <section class="card webhook-section" id="deliveries">
            <h2>{title}</h2>
            {is_part.then(|| {
                view! { <Pager address=address(id) name="deliveries" before=before shown=shown size=DELIVERIES all=None /> }
                    .into_any()
            })}
            {if deliveries.is_empty() {
                let none = say(
                    "Aucun message pour le moment. Appuyez sur « Tester » pour en envoyer un.",
                    "No message yet. Press “Test” to send one.",
                );
                view! { <p class="sources__lead">{bound(none)}</p> }.into_any()
            } else {
                view! {
                    <table class="table run-table delivery-table" role="table">
                        <caption class="visually-hidden">{title}</caption>
                        <thead role="rowgroup">
                            <tr role="row">
                                {head("Date")}
                                {head(say("Statut", "Status"))}
                                {head(say("Événement", "Event"))}
                                {head(say("Envois", "Attempts"))}
                                {head(say("Réponse HTTP", "HTTP answer"))}
                                {head(say("Prochain envoi", "Next attempt"))}
                                {head(say("Renvoi", "Again"))}
                            </tr>
                        </thead>
                        <tbody role="rowgroup">
                            {deliveries.into_iter().map(|delivery| row(id, delivery)).collect_view()}
                        </tbody>
                    </table>
                }
                .into_any()
            }}
        </section>
    }
    .into_any()
}

fn row(webhook: i64, delivery: DeliveryBody) -> AnyView {
    let DeliveryBody {
        id,
        event,
        payload,
        status,
        attempts,
        next_at,
        response_status,
        error,
        created_at,
        ..
    } = delivery;
    // What still waits goes out by itself.
    let is_over = status != "pending";
    let payload = serde_json::to_string_pretty(&payload).unwrap_or_default();
    let heading = format!("delivery-{id}");
    let cell = |label: &'static str, value: AnyView| {
        view! {
            <td role="cell" data-label=label>
                {value}
            </td>
        }
        .into_any()
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row" class="load__time" id=heading.clone()>
                <When instant=created_at />
            </th>
            <td role="cell" class="load__status">
                <DeliveryStanding status=status />
                {error.map(|why| view! { <span class="run-table__why">{bound(&why)}</span> }.into_any())}
            </td>
            <td role="cell" class="delivery__event" data-label=say("Événement", "Event")>
                {event_words(&event)}
                <details class="unfold">
                    <summary class="unfold__head">{say("Contenu", "Content")}</summary>
                    <div class="unfold__body">
                        <pre class="tested__code" tabindex="0">{payload}</pre>
                    </div>
                </details>
            </td>
            {cell(say("Envois", "Attempts"), attempts.into_any())}
            {cell(
                say("Réponse HTTP", "HTTP answer"),
                response_status.map_or_else(|| "–".into_any(), |status| status.into_any()),
            )}
            {cell(
                say("Prochain envoi", "Next attempt"),
                next_at.map_or_else(|| "–".into_any(), |at| view! { <When instant=at /> }.into_any()),
            )}
            <td role="cell" class="delivery__again">
                {(is_over && may(Right::Run)).then(|| {
                    view! {
                        <form method="post" action=format!("{}/deliveries/{id}/redeliver", address(webhook))>
                            <button class="button" aria-describedby=heading>
                                {say("Renvoyer", "Send again")}
                            </button>
                        </form>
                    }
                    .into_any()
                })}
            </td>
        </tr>
    }
    .into_any()
}
