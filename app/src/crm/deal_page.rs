//! One deal: its fields, where else it stands, and what happened to it.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_meta::Title;
use model::DealField;
use model::access::Right;
use model::api::DealBody;
use model::deal_history::{DealEvent, DealOrigin};

use super::back::{DEALS, back, here, leading_back};
use super::dialog::DealDialog;
use super::due_date::due_date;
use super::history::History;
use super::notice::notice;
use super::origins::Origins;
use super::{address, id_in_address};
use crate::access::may;
use crate::api::Fault;
use crate::components::{DealStatus, Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{fact, found, hub, say, told};
use crate::sources::When;

/// How many events of its history the page shows, newest first.
const EVENTS: u32 = 100;

/// What the page shows.
struct Told {
    deal: DealBody,
    origins: Vec<DealOrigin>,
    /// Newest first.
    events: Vec<DealEvent>,
    today: NaiveDate,
}

/// The page of a deal.
#[component]
pub(crate) fn DealPage() -> impl IntoView {
    let id = id_in_address();
    let (back, here) = (back(), here());
    found(DEALS, load(id), |told| view! { <Page told=told back=back here=here /> }.into_any())
}

async fn load(id: i64) -> Result<Told, Fault> {
    let hub = hub()?;
    let deal = hub.deal(id).await.map_err(told)?;
    let origins = hub.deal_origins(&[id]).await.map_err(told)?.remove(&id).unwrap_or_default();
    let events = hub.deal_history(id, EVENTS).await.map_err(told)?;
    Ok(Told { deal, origins, events, today: hub.time().date_naive() })
}

#[component]
fn Page(told: Told, back: String, here: String) -> impl IntoView {
    let Told { deal, origins, events, today } = told;
    let (id, client) = (deal.id, deal.client.clone());
    let actions = may(Right::Change).then(|| {
        view! {
            <div class="source__actions">
                <a
                    class="button button--primary"
                    id="edit-deal"
                    href=leading_back(&format!("{}/edit", address(id)), &here)
                    data-opens
                >
                    {say("Modifier", "Edit")}
                </a>
                // What is deleted has no page to come back to.
                <a
                    class="button button--danger"
                    id="delete-deal"
                    href=leading_back(&format!("{}/delete", address(id)), &back)
                    data-opens
                >
                    {say("Supprimer", "Delete")}
                </a>
            </div>
        }
        .into_any()
    });
    view! {
        <Title text=client.clone() />
        <div class="page-head source-head">
            <a class="link" href=back>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Retour", "Back")}
            </a>
            <div class="sources__head" id="deal-head" data-part>
                <div>
                    <h1 class="deal__client">{client}</h1>
                    <p class="deal__standing">
                        <DealStatus status=deal.statut />
                        <span class="deal__amount">{deal.montant_brut.display(lang())}</span>
                    </p>
                </div>
                {actions}
            </div>
        </div>
        {notice()}
        <div class="deal-columns" id="deal-told" data-part>
            <div class="deal-columns__main">
                <Fields deal=deal today=today />
                <Origins origins=origins />
            </div>
            <History events=events />
        </div>
        <DealDialog />
    }
    .into_any()
}

#[component]
fn Fields(deal: DealBody, today: NaiveDate) -> impl IntoView {
    let lang = lang();
    let name = |field: DealField| match field {
        DealField::Secteur => say("Secteur", "Sector"),
        DealField::DateEcheance => say("Échéance", "Due date"),
        DealField::Assignee => say("Responsable", "Assignee"),
        _ => say("Notes", "Notes"),
    };
    let text = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned()).into_any();
    let due = due_date(&deal, today);
    let weighted = format!("{} ({}\u{a0}%)", deal.valeur_ponderee.display(lang), deal.statut.percent(),);
    view! {
        <section class="card deal-section">
            <h2>{say("Informations", "Details")}</h2>
            <dl class="facts">
                {fact(say("Valeur pondérée", "Weighted value"), weighted.into_any())}
                {fact(name(DealField::DateEcheance), due.unwrap_or_else(|| "–".into_any()))}
                {fact(name(DealField::Secteur), text(deal.secteur))}
                {fact(name(DealField::Assignee), text(deal.assignee))}
                {fact(say("Créé le", "Created"), view! { <When instant=deal.created_at /> }.into_any())}
                {fact(say("Modifié le", "Changed"), view! { <When instant=deal.updated_at /> }.into_any())}
            </dl>
            {deal.notes
                .map(|notes| {
                    view! {
                        <h3 class="deal-section__label">{name(DealField::Notes)}</h3>
                        <p class="deal__notes">{notes}</p>
                    }
                    .into_any()
                })}
        </section>
    }
    .into_any()
}
