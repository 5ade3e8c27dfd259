//! Before a connection is deleted: what goes, and what stays.

use hub::AccountView;
use leptos::prelude::*;
use model::Lang;

use super::card::to;
use super::{LIST, address, id_in_address};
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{ConfirmDelete, found, hub, say, told};

/// Asks whether it is meant.
#[component]
pub(crate) fn DeletePage() -> impl IntoView {
    let id = id_in_address();
    found(LIST, load(id), |account| view! { <Page account=account /> }.into_any())
}

async fn load(id: i64) -> Result<AccountView, Fault> {
    hub()?.account(id, lang()).await.map_err(told)
}

#[component]
fn Page(account: AccountView) -> impl IntoView {
    let AccountView { id, title, kind_name, destination, .. } = account;
    let back = format!("{}?tab=settings", address(id));
    let (heading, goes, stays) = match lang() {
        Lang::Fr => (
            format!("Supprimer {title}"),
            format!(
                "Les réglages de cette connexion, avec ses identifiants s'il y en a. Le service lui-même n'est pas \
                 touché\u{a0}: {kind_name} garde tout."
            ),
            format!(
                "L'historique des synchronisations, et toutes les lignes déjà arrivées ({}).",
                to(&destination)
            ),
        ),
        Lang::En => (
            format!("Delete {title}"),
            format!(
                "This connection's settings, with its credentials if there are any. The service itself is not \
                 touched: {kind_name} keeps everything."
            ),
            format!("The history of its syncs, and every row that has come already ({}).", to(&destination)),
        ),
    };
    view! {
        <ConfirmDelete
            heading=heading
            back=back
            goes=view! { <p>{goes}</p> }.into_any()
            stays=stays
            button=say("Supprimer la connexion", "Delete the connection")
        />
    }
}
