//! Before a source is deleted: what goes, and what stays.

use hub::SourceView;
use leptos::prelude::*;
use leptos_meta::Title;
use model::access::Right;

use super::{LIST, address, name_in_address};
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::format;
use crate::i18n::lang;
use crate::ledger::{found, hub, say, told};
use crate::permitted::Permitted;

/// Asks whether the rows of a source go with it.
#[component]
pub(crate) fn DeletePage() -> impl IntoView {
    let name = name_in_address();
    found(LIST, async move { load(&name).await }, |(source, rows)| {
        view! { <Page source=source rows=rows /> }.into_any()
    })
}

/// The source, and how many rows of it there are.
async fn load(name: &str) -> Result<(SourceView, u64), Fault> {
    let hub = hub()?;
    let source = hub.source(name, lang()).await.map_err(told)?;
    let tables = hub.data_counts().await.map_err(told)?;
    let rows = tables.iter().flat_map(|(_, sources)| sources).filter(|(source, _)| source == name);
    let rows = rows.map(|(_, rows)| rows).sum();
    Ok((source, rows))
}

#[component]
fn Page(source: SourceView, rows: u64) -> impl IntoView {
    let SourceView { name, kind_name, .. } = source;
    let title = match lang() {
        model::Lang::Fr => format!("Supprimer {name}"),
        model::Lang::En => format!("Delete {name}"),
    };
    let number = format::number(rows, lang());
    let imported = match lang() {
        _ if rows == 0 => say("Aucune ligne n'a été importée.", "No row has been imported.").to_owned(),
        model::Lang::Fr => {
            format!("Ce qui a été importé ({number} lignes) reste aussi, sauf si vous le supprimez avec lui.")
        }
        model::Lang::En => {
            format!("What was imported ({number} rows) stays too, unless you delete it with the connector.")
        }
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
        <Permitted right=Right::Change>
            <form class="card source-delete" method="post">
                <div>
                    <h2>{say("Ce qui disparaît", "What goes")}</h2>
                    <p>
                        {say(
                            "Les réglages de ce connecteur, avec sa clé s'il en a une. Le dossier ou le service lui-même n'est pas touché : ",
                            "This connector's settings, with its key if it has one. The folder or the service itself is not touched: ",
                        )}
                        {kind_name}
                        {say(" garde tout.", " keeps everything.")}
                    </p>
                </div>
                <div>
                    <h2>{say("Ce qui reste", "What stays")}</h2>
                    <p>
                        {say("L'historique des syncs reste. ", "The history of its syncs stays. ")}
                        {imported}
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
        </Permitted>
    }
    .into_any()
}
