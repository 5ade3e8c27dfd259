//! A preview: what a sync would do, and the button that does exactly that.

use leptos::prelude::*;
use leptos_meta::Title;
use model::Direction;
use model::access::Right;
use model::api::{ChangeBody, PlanBody, RecordErrorBody};

use super::change_list::ChangeList;
use super::pager::Pager;
use super::refused_list::RefusedList;
use super::refused_section::{REFUSED, RefusedSection};
use super::run_head::{action, figure};
use super::run_page::{CHANGES, service_name};
use super::texts::{plan_title, say};
use super::{entries_before, found, hub, number_in_address, told};
use crate::access::may;
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::i18n::{lang, texts};

/// What the page shows.
struct Told {
    service: String,
    plan: PlanBody,
    /// How many changes come before those shown.
    after: u32,
    changes: Vec<ChangeBody>,
    /// How many refused records come before those shown.
    refused_after: u32,
    refused: Vec<RecordErrorBody>,
}

/// The page of a preview.
#[component]
pub(super) fn PlanPage() -> impl IntoView {
    let id = number_in_address("id").unwrap_or(0);
    let (after, refused_after) = (entries_before("changes"), entries_before("refused"));
    found("/connectors", load(id, after, refused_after), |told| view! { <Page told=told /> }.into_any())
}

async fn load(id: i64, after: u32, refused_after: u32) -> Result<Told, Fault> {
    let (hub, lang) = (hub()?, lang());
    let plan = hub.plan_account(id, lang).await.map_err(told)?;
    let changes = hub.plan_changes(id, CHANGES, after).await.map_err(told)?;
    let refused = hub.plan_failures(id, REFUSED, refused_after, lang).await.map_err(told)?;
    let service = service_name(&hub, &plan.provider);
    Ok(Told { service, plan, after, changes, refused_after, refused })
}

#[component]
fn Page(told: Told) -> impl IntoView {
    let Told { service, plan, after, changes, refused_after, refused } = told;
    let t = texts();
    let direction = Direction::from_word(&plan.direction).unwrap_or(Direction::Import);
    let title = plan_title(direction, &service);
    let address = format!("/plans/{}", plan.plan_id);
    let words = plan.unknown_statuses.join(", ");
    let words = (!words.is_empty()).then(|| (t.sync.unknown_statuses)(&words));
    let next = match (plan.applied_run_id, plan.to_create + plan.to_update) {
        (Some(run_id), _) => view! {
            <a class="link" href=format!("/runs/{run_id}")>
                {say("Cet aperçu a été appliqué : voir le résultat", "This preview was applied: see the outcome")}
            </a>
        }
        .into_any(),
        (None, 0) => view! {
            <p>{say("Il n'y a rien à appliquer.", "There is nothing to apply.")}</p>
        }
        .into_any(),
        (None, _) => action(format!("{address}/apply"), Glyph::Check, say("Appliquer", "Apply")),
    };
    view! {
        <Title text=title.clone() />
        <div class="page-head ledger__head">
            <a class="link" href=format!("/connectors?tab={}", plan.provider)>
                <Icon glyph=Glyph::ChevronLeft />
                {t.connectors.title}
            </a>
            <h1>{title}</h1>
            <p class="page-head__lead">
                {say("Un aperçu n'écrit rien, ni ici ni là-bas.", "A preview writes nothing, here or there.")}
            </p>
        </div>
        <section class="card ledger__sum">
            <dl class="figures">
                {figure(say("À créer", "To create"), plan.to_create)}
                {figure(say("À mettre à jour", "To update"), plan.to_update)}
                {figure(t.history.unchanged, plan.unchanged)}
                {figure(say("Refusés", "Refused"), plan.refused)}
            </dl>
            {words.into_iter().chain(plan.warnings).map(|line| view! { <p>{line}</p> }.into_any()).collect_view()}
            <div class="ledger__actions">
                {next}
                {may(Right::Run).then(|| {
                    view! {
                        <form method="post" action=format!("/preview/{}/{}", plan.provider, direction.word())>
                            <button class="button">{say("Refaire un aperçu", "Make a new preview")}</button>
                        </form>
                    }
                    .into_any()
                })}
            </div>
        </section>
        {(plan.refused > 0).then(|| {
            view! {
                <RefusedSection
                    title=say("Enregistrements qui seraient refusés", "Records that would be refused")
                    address=address.clone()
                    before=refused_after
                    shown=refused.len()
                    all=plan.refused
                >
                    <RefusedList records=refused />
                </RefusedSection>
            }
            .into_any()
        })}
        {(!changes.is_empty() || after > 0).then(|| {
            view! {
                <section class="card" id="changes">
                    <h2>{say("Ce qui changerait", "What would change")}</h2>
                    <Pager address=address.clone() name="changes" before=after shown=changes.len() size=CHANGES all=None />
                    <ChangeList changes=changes />
                </section>
            }
            .into_any()
        })}
    }
}
