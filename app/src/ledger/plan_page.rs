//! A preview: what a sync would do, and the button that does exactly that.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::Direction;
use model::api::PlanBody;

use super::change_list::ChangeList;
use super::refused_list::RefusedList;
use super::run_page::{action, figure};
use super::texts::{part, plan_title, say};
use super::{hub, told};
use crate::api::Fault;
use crate::components::{ErrorState, Glyph, Icon};
use crate::i18n::{lang, texts};

/// The page of a preview. Asking for it makes the preview.
#[component]
pub(super) fn PlanPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let provider = params.get("provider").unwrap_or_default();
    let direction = params.get("direction").and_then(|word| Direction::from_word(&word));
    view! {
        <Suspense>
            {Suspend::new(async move {
                let direction = direction.unwrap_or(Direction::Import);
                match load(&provider, direction).await {
                    Ok((service, plan)) => {
                        view! { <Page provider=provider service=service direction=direction plan=plan /> }.into_any()
                    }
                    Err(fault) => view! { <ErrorState fault=fault /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn load(provider: &str, direction: Direction) -> Result<(String, PlanBody), Fault> {
    let (hub, lang) = (hub()?, lang());
    let plan = hub.preview(provider, direction, lang).await.map_err(told)?;
    let spec = hub.connectors().into_iter().find(|spec| spec.id == provider);
    Ok((spec.map_or_else(|| provider.to_owned(), |spec| spec.name), plan))
}

#[component]
fn Page(provider: String, service: String, direction: Direction, plan: PlanBody) -> impl IntoView {
    let t = texts();
    let title = plan_title(direction, &service);
    let changes = plan.to_create + plan.to_update;
    let shown = plan.changes.len() as u64;
    let words = plan.unknown_statuses.join(", ");
    let words = (!words.is_empty()).then(|| (t.sync.unknown_statuses)(&words));
    view! {
        <Title text=title.clone() />
        <div class="page-head ledger__head">
            <a class="link" href=format!("/connectors?tab={provider}")>
                <Icon glyph=Glyph::ChevronLeft />
                {t.connectors.title}
            </a>
            <h1>{title}</h1>
            <p class="page-head__lead">
                {say("Rien n'est encore écrit, ni ici ni là-bas.", "Nothing has been written yet, here or there.")}
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
            {if changes == 0 {
                view! { <p>{say("Il n'y a rien à faire.", "There is nothing to do.")}</p> }.into_any()
            } else {
                action(format!("/plans/{}/apply", plan.plan_id), Glyph::Check, say("Appliquer", "Apply"))
            }}
        </section>
        {(!plan.errors.is_empty()).then(|| {
            view! {
                <section class="card">
                    <h2>{say("Enregistrements qui seraient refusés", "Records that would be refused")}</h2>
                    <p class="ledger__lead">{part(1, plan.errors.len() as u64, Some(plan.refused))}</p>
                    <RefusedList records=plan.errors />
                </section>
            }
            .into_any()
        })}
        {(shown > 0).then(|| {
            view! {
                <section class="card">
                    <h2>{say("Ce qui changerait", "What would change")}</h2>
                    <p class="ledger__lead">{part(1, shown, Some(changes.max(shown)))}</p>
                    <ChangeList changes=plan.changes />
                </section>
            }
            .into_any()
        })}
    }
}
