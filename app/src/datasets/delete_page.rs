//! Before a dataset is deleted: what goes, and what stays.

use leptos::prelude::*;
use model::Lang;
use model::api::DatasetBody;

use super::{LIST, address, id_in_address};
use crate::api::Fault;
use crate::data::row_count;
use crate::format;
use crate::i18n::lang;
use crate::ledger::{ConfirmDelete, found, hub, say, told};

/// Asks whether it is meant.
#[component]
pub(crate) fn DeletePage() -> impl IntoView {
    let id = id_in_address();
    found(LIST, load(id), |dataset| view! { <Page dataset=dataset /> }.into_any())
}

async fn load(id: i64) -> Result<DatasetBody, Fault> {
    hub()?.dataset(id, lang()).await.map_err(told)
}

#[component]
fn Page(dataset: DatasetBody) -> impl IntoView {
    let DatasetBody { id, name, version, row_count: rows, .. } = dataset;
    let back = address::page(id);
    let (rows, versions) = (row_count(rows), format::number(version.unsigned_abs(), lang()));
    let (heading, goes, stays) = match lang() {
        Lang::Fr => (
            format!("Supprimer «\u{a0}{name}\u{a0}»"),
            format!("Les {rows} de ce jeu de données et toutes ses versions ({versions})."),
            "La connexion avec ses règles et son historique. Si elle est synchronisée de nouveau, elle refait un jeu \
             de données à partir de ce que le service montre alors.",
        ),
        Lang::En => (
            format!("Delete “{name}”"),
            format!("The {rows} of this dataset and all of its versions ({versions})."),
            "The connection with its rules and its history. If it is synced again, it makes a dataset anew of what \
             the service shows then.",
        ),
    };
    view! {
        <ConfirmDelete
            heading=heading
            heading_class="dataset__name"
            back=back
            goes=view! { <p>{goes}</p> }.into_any()
            stays=stays.to_owned()
            button=say("Supprimer le jeu de données", "Delete the dataset")
        />
    }
}
