//! The form for a new connection, once its kind is chosen.

use hub::AccountKind;
use leptos::prelude::*;
use leptos_meta::Title;
use model::Lang;

use super::catalogue::Catalogue;
use super::facts::Facts;
use super::form::ConnectionForm;
use super::{LIST, asked};
use crate::components::{ErrorState, Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{hub, say};
use crate::sources::{ResultDialog, Typed};

/// The page of the form; without a kind, that of the kinds. What was sent and could not be stored is shown
/// again.
#[component]
pub(crate) fn NewPage() -> impl IntoView {
    let hub = match hub() {
        Ok(hub) => hub,
        Err(fault) => return view! { <ErrorState fault=fault /> }.into_any(),
    };
    let typed = use_context::<Typed>()
        .unwrap_or_else(|| Typed { kind: asked("type").unwrap_or_default(), ..Typed::default() });
    let kinds = hub.account_kinds();
    let chosen = kinds.iter().find(|kind| kind.spec.id == typed.kind).cloned();
    let back = if chosen.is_some() { "/connections/new" } else { LIST };
    let title = match (&chosen, lang()) {
        (None, _) => say("Nouvelle connexion", "New connection").to_owned(),
        (Some(AccountKind { spec, .. }), Lang::Fr) => format!("Nouvelle connexion {}", spec.name),
        (Some(AccountKind { spec, .. }), Lang::En) => format!("New {} connection", spec.name),
    };
    view! {
        <Title text=title.clone() />
        <div class="page-head ledger__head">
            <a class="link" href=back>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Retour", "Back")}
            </a>
            <h1>{title}</h1>
        </div>
        {match chosen {
            Some(kind) => {
                view! {
                    <Facts capabilities=kind.spec.capabilities />
                    <ConnectionForm kind=kind typed=typed stored=None />
                }
                .into_any()
            }
            None => view! { <Catalogue kinds=kinds address="/connections/new" /> }.into_any(),
        }}
        <ResultDialog />
    }
    .into_any()
}
