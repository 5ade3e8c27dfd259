//! How the fields of deals, or of a canonical table, are made of the service's columns.

use std::collections::BTreeMap;

use hub::RecipesView;
use leptos::prelude::*;
use model::access::Right;
use model::api::TriedBody;
use model::recipe::{Recipes, Target};

use super::address;
use super::recipe_line::RecipeLine;
use super::recipe_row::{longer, row};
use super::recipe_trial::RecipeTrial;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::permitted::Permitted;

/// Recipes that were sent; in the context, the form shows them.
#[derive(Clone, Default)]
pub struct RecipesTyped {
    /// What was typed, by field.
    pub lines: BTreeMap<&'static str, RecipeLine>,
    /// What is wrong with it.
    pub faults: Vec<String>,
    /// What was tried, and what came of it.
    pub tried: Option<(Recipes, TriedBody)>,
}

/// What the recipes of a connection make.
#[derive(Clone)]
pub(super) struct RecipesTold {
    /// What the tab shows.
    pub target: Target,
    /// All that the connection fills.
    pub targets: Vec<Target>,
    /// What is saved.
    pub stored: RecipesView,
}

/// The tab: a line per field, tried on the service's rows before it is saved.
#[component]
pub(super) fn RecipesTab(
    /// The connection.
    id: i64,
    /// What is saved; `None` where nothing is made of the rows.
    told: Option<RecipesTold>,
) -> impl IntoView {
    let Some(RecipesTold { target, targets, stored: RecipesView { recipes, columns } }) = told else {
        let none = say(
            "Les lignes de cette connexion ne vont ni dans les deals ni dans les tables : elles restent telles quelles.",
            "The rows of this connection go neither into deals nor into tables: they stay as they are.",
        );
        return view! { <p class="sources__lead">{bound(none)}</p> }.into_any();
    };
    let RecipesTyped { lines, faults, tried } = use_context().unwrap_or_default();
    let action = format!("{}/recipes", address(id));
    let fields = target.fields();
    let rows = fields.iter().map(|field| {
        let recipe = recipes.get(field.key);
        match recipe.map(RecipeLine::of) {
            Some(None) => longer(field),
            stored => {
                let line = lines.get(field.key).cloned().or(stored.flatten());
                row(field, line.unwrap_or_default())
            }
        }
    });
    let rows = rows.collect_view();
    let names = columns.into_iter().map(|name| view! { <option value=name></option> }.into_any());
    let (lead, table) = match target {
        Target::Deals => (
            say(
                "À l'import, un champ peut être fait de plusieurs colonnes. Une ligne vide laisse le champ à son mapping.",
                "When importing, a field can be made of several columns. An empty line leaves the field to its mapping.",
            ),
            None,
        ),
        Target::Table(entity) => (
            say(
                "Au chargement, un champ peut être fait de plusieurs colonnes. Une ligne vide laisse le champ à la \
                 colonne où il est lu.",
                "When loading, a field can be made of several columns. An empty line leaves the field to the column it is \
                 read from.",
            ),
            Some(view! { <input type="hidden" name="table" value=entity.name() /> }.into_any()),
        ),
    };
    view! {
        <section class="card recipes">
            <h2>"Transformations"</h2>
            <p class="sources__lead">{bound(lead)}</p>
            {(targets.len() > 1).then(|| choice(id, target, &targets))}
            {(!faults.is_empty())
                .then(|| {
                    let title = say("Ces transformations ne peuvent pas être faites", "These steps cannot be done");
                    let lines: Vec<String> = faults.iter().map(|fault| bound(fault)).collect();
                    view! {
                        <div role="alert" tabindex="-1" autofocus>
                            <Notice tone=Tone::Bad title=title lines=lines />
                        </div>
                    }
                    .into_any()
                })}
            <Permitted right=Right::Change>
                <form class="recipes__form" method="post" action=action.clone()>
                    {table}
                    <datalist id="columns">{names.collect_view()}</datalist>
                    {rows}
                    <div class="settings__actions">
                        <button class="button button--primary">
                            <Icon glyph=Glyph::Check />
                            {say("Enregistrer", "Save")}
                        </button>
                        <button class="button" formaction=format!("{action}/try")>
                            <Icon glyph=Glyph::Simulator />
                            {say("Essayer", "Try")}
                        </button>
                    </div>
                </form>
            </Permitted>
            {tried
                .map(|(recipes, tried)| {
                    view! { <RecipeTrial fields=fields recipes=recipes tried=tried /> }.into_any()
                })}
        </section>
    }
    .into_any()
}

/// Links to the other tables of the connection.
fn choice(id: i64, open: Target, targets: &[Target]) -> AnyView {
    let links = targets.iter().filter_map(|target| {
        let Target::Table(entity) = target else { return None };
        let label = entity.label().get(lang()).to_owned();
        Some(if *target == open {
            view! { <strong aria-current="page">{label}</strong> }.into_any()
        } else {
            let href = format!("{}?tab=recipes&table={}", address(id), entity.name());
            view! { <a class="link" href=href>{label}</a> }.into_any()
        })
    });
    let links = links.collect_view();
    view! {
        <nav class="jump" aria-label=say("Tables de cette connexion", "Tables of this connection")>
            {links}
        </nav>
    }
    .into_any()
}
