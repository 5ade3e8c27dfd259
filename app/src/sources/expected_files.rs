//! Which file names go into which table.

use leptos::prelude::*;
use model::canonical::Entity;

use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;

/// The names of iSaVigne's exports, and the table of each.
const FILES: [(&str, Entity); 5] = [
    ("*client*.csv", Entity::Customers),
    ("*produit*.csv", Entity::ProductCatalog),
    ("*vente*.csv", Entity::SalesLines),
    ("*stock*.csv", Entity::StockLevels),
    ("*contact*.csv", Entity::ContactHistory),
];

/// The files a kind of source expects; nothing for one that reads no files.
#[component]
pub(super) fn ExpectedFiles(
    /// The kind.
    kind: String,
) -> impl IntoView {
    (kind == "isavigne").then(|| {
        let files = FILES.map(|(pattern, entity)| {
            view! {
                <li class="expected__file">
                    <code>{pattern}</code>
                    <Icon glyph=Glyph::ArrowRight />
                    <span>
                        <code>{entity.name()}</code>
                        <span class="expected__label">{entity.label().get(lang()).to_owned()}</span>
                    </span>
                </li>
            }
            .into_any()
        });
        view! {
            <div class="expected">
                <h3>{say("Fichiers attendus", "Expected files")}</h3>
                <ul class="expected__files">{files.into_iter().collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}
