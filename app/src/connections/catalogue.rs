//! The kinds of connections there are: one is chosen here.

use hub::AccountKind;
use leptos::prelude::*;
use model::Lang;
use model::fold::fold;

use super::asked;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;

/// A card per kind, and a field that finds one. The script only spares the page load of a search.
#[component]
pub(super) fn Catalogue(
    /// Every kind.
    kinds: Vec<AccountKind>,
    /// The page it stands on.
    address: &'static str,
) -> impl IntoView {
    let sought = asked("q").unwrap_or_default();
    let wanted: Vec<String> = sought.split_whitespace().map(fold).collect();
    let mut found = 0;
    let cards: Vec<AnyView> = kinds
        .into_iter()
        .map(|kind| {
            let words = words(&kind);
            let is_found = wanted.iter().all(|word| words.contains(word.as_str()));
            found += u32::from(is_found);
            card(kind, words, !is_found)
        })
        .collect();
    let none = match lang() {
        Lang::Fr => {
            "Aucun type de connexion ne correspond. Essayez un autre mot, ou l'effacez pour tout voir."
        }
        Lang::En => "No type of connection matches. Try another word, or clear it to see all.",
    };
    view! {
        <section class="catalogue" id="catalogue" aria-labelledby="catalogue-title">
            <div class="sources__head">
                <div>
                    <h2 id="catalogue-title">{say("Ajouter une connexion", "Add a connection")}</h2>
                    <p class="sources__lead">{say("Choisissez ce que vous voulez relier.", "Choose what you want to connect.")}</p>
                </div>
                <form class="catalogue__search" role="search" action=format!("{address}#catalogue")>
                    <label class="visually-hidden" for="catalogue-search">
                        {say("Rechercher un type de connexion", "Search a type of connection")}
                    </label>
                    <input
                        class="field__input"
                        type="search"
                        id="catalogue-search"
                        name="q"
                        value=sought
                        placeholder=say("Airtable, tableur, API…", "Airtable, spreadsheet, API…")
                        autocomplete="off"
                        data-finds="catalogue-kinds"
                    />
                    <button class="button button--icon" aria-label=say("Rechercher", "Search")>
                        <Icon glyph=Glyph::Search />
                    </button>
                </form>
            </div>
            <ul class="catalogue__kinds" id="catalogue-kinds">{cards}</ul>
            <p class="sources__lead" role="status" data-none=none>
                {(found == 0).then_some(none)}
            </p>
        </section>
    }
    .into_any()
}

fn card(kind: AccountKind, words: String, is_hidden: bool) -> AnyView {
    let abilities = abilities(&kind).into_iter().map(|word| view! { <li class="tag">{word}</li> }.into_any());
    let abilities = abilities.collect_view();
    let AccountKind { spec, .. } = kind;
    let id = format!("kind-{}", spec.id);
    view! {
        <li class="card kind" hidden=is_hidden data-words=words>
            <h3 class="kind__name">
                <a class="kind__link" href=format!("/connections/new?type={}", spec.id) aria-describedby=id.clone()>
                    {spec.name}
                </a>
                <Icon glyph=Glyph::ArrowRight />
            </h3>
            <p class="kind__summary" id=id>
                {spec.summary.get(lang()).to_owned()}
            </p>
            <ul class="kind__abilities" aria-label=say("Ce qu'elle sait faire", "What it can do")>
                {abilities}
            </ul>
        </li>
    }
    .into_any()
}

/// What a search looks at, as it compares.
fn words(kind: &AccountKind) -> String {
    let spec = &kind.spec;
    let parts = [&*spec.id, &*spec.name, &*spec.summary.fr, &*spec.summary.en].map(fold);
    let abilities = abilities(kind).into_iter().map(fold);
    parts.into_iter().chain(abilities).collect::<Vec<_>>().join(" ")
}

/// What a kind can do.
fn abilities(kind: &AccountKind) -> Vec<&'static str> {
    let goes_to = |word: &str| kind.destinations.contains(&word);
    let words = [
        (true, "Import"),
        (kind.spec.capabilities.writes, "Export"),
        (goes_to("deals"), "Deals"),
        (goes_to("tables") || goes_to("table"), say("Tables de données", "Data tables")),
        (goes_to("dataset"), say("Jeux de données", "Datasets")),
    ];
    words.into_iter().filter_map(|(can, word)| can.then_some(word)).collect()
}
