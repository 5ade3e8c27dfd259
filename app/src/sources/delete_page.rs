//! Before a source is deleted: what goes, and what stays.

use hub::SourceView;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{address, name_in_address};
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{hub, not_there, say, told};

/// Asks whether the rows of a source go with it.
#[component]
pub(crate) fn DeletePage() -> impl IntoView {
    let name = name_in_address();
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load(&name).await {
                    Ok(source) => view! { <Page source=source /> }.into_any(),
                    Err(fault) => not_there(fault),
                }
            })}
        </Suspense>
    }
}

async fn load(name: &str) -> Result<SourceView, Fault> {
    hub()?.source(name, lang()).await.map_err(told)
}

#[component]
fn Page(source: SourceView) -> impl IntoView {
    let SourceView { name, kind_name, .. } = source;
    let title = match lang() {
        model::Lang::Fr => format!("Supprimer {name}"),
        model::Lang::En => format!("Delete {name}"),
    };
    view! {
        <Title text=title.clone() />
        <div class="page-head ledger__head">
            <a class="link" href=address(&name)>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Retour", "Back")}
            </a>
            <h1>{title}</h1>
        </div>
        <form class="card source-delete" method="post">
            <div>
                <h2>{say("Ce qui disparaît", "What goes")}</h2>
                <p>
                    {say(
                        "Les réglages de ce connecteur et sa clé. Le dossier ou le service lui-même n'est pas touché : ",
                        "This connector's settings and its key. The folder or the service itself is not touched: ",
                    )}
                    {kind_name}
                    {say(" garde tout.", " keeps everything.")}
                </p>
            </div>
            <div>
                <h2>{say("Ce qui reste", "What stays")}</h2>
                <p>
                    {say(
                        "L'historique des syncs reste. Les lignes importées restent aussi, sauf si vous les supprimez avec lui.",
                        "The history of its syncs stays. The imported rows stay too, unless you delete them with it.",
                    )}
                </p>
            </div>
            <div class="ledger__actions">
                <button class="button button--primary" name="rows" value="keep">
                    {say("Supprimer, garder les lignes", "Delete, keep the rows")}
                </button>
                <button class="button button--danger" name="rows" value="delete">
                    {say("Supprimer avec ses lignes", "Delete with its rows")}
                </button>
                <a class="button button--quiet" href=address(&name)>
                    {say("Annuler", "Cancel")}
                </a>
            </div>
        </form>
    }
    .into_any()
}
