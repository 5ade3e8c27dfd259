//! Before the deals that an import created are deleted: how many, and what stays.

use hub::CreatedDeals;
use leptos::prelude::*;
use model::Lang;

use super::texts::{bound, say};
use super::{ConfirmDelete, found, hub, number_in_address, told};
use crate::api::Fault;
use crate::format::number;
use crate::i18n::lang;

/// Asks whether it is meant.
#[component]
pub(super) fn DeleteCreatedPage() -> impl IntoView {
    let id = number_in_address("id").unwrap_or(0);
    found("/deals/import", load(id), move |created| view! { <Page id=id created=created /> }.into_any())
}

async fn load(id: i64) -> Result<CreatedDeals, Fault> {
    hub()?.created_deals(id).await.map_err(told)
}

#[component]
fn Page(id: i64, created: CreatedDeals) -> impl IntoView {
    let CreatedDeals { there, changed } = created;
    let goes = match (lang(), there) {
        (Lang::Fr, 1) => format!("Le deal que l'import n° {id} a créé."),
        (Lang::Fr, _) => format!("Les {} deals que l'import n° {id} a créés.", number(there, Lang::Fr)),
        (Lang::En, 1) => format!("The deal that import {id} created."),
        (Lang::En, _) => format!("The {} deals that import {id} created.", number(there, Lang::En)),
    };
    let since = (changed > 0).then(|| match lang() {
        Lang::Fr => format!("Modifiés depuis, et supprimés aussi\u{a0}: {}.", number(changed, Lang::Fr)),
        Lang::En => format!("Changed since, and deleted too: {}.", number(changed, Lang::En)),
    });
    let goes = view! {
        <p>{bound(&goes)}</p>
        {since.map(|since| view! { <p>{since}</p> }.into_any())}
        <p>{say("Vous pourrez annuler pendant 24 heures.", "You can take this back for 24 hours.")}</p>
    }
    .into_any();
    let stays = say(
        "Les deals que cet import a modifiés restent tels qu'ils sont.",
        "The deals that this import changed stay as they are.",
    );
    view! {
        <ConfirmDelete
            heading=say("Supprimer les deals créés par cet import", "Delete the deals this import created").to_owned()
            back=format!("/runs/{id}")
            goes=goes
            stays=stays.to_owned()
            button=say("Supprimer ces deals", "Delete these deals")
        />
    }
    .into_any()
}

/// The way to this page from that of the run, named by how many deals there are; nothing where there is none.
pub(super) fn way(run_id: i64, created: CreatedDeals) -> Option<AnyView> {
    let CreatedDeals { there, .. } = created;
    (there > 0).then(|| {
        let words = match (lang(), there) {
            (Lang::Fr, 1) => "Supprimer le deal créé".to_owned(),
            (Lang::Fr, _) => format!("Supprimer les {} deals créés", number(there, Lang::Fr)),
            (Lang::En, 1) => "Delete the created deal".to_owned(),
            (Lang::En, _) => format!("Delete the {} created deals", number(there, Lang::En)),
        };
        view! {
            <a class="button button--danger" href=format!("/runs/{run_id}/delete-created")>
                {words}
            </a>
        }
        .into_any()
    })
}
