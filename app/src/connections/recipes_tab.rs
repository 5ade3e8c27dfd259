//! How the fields of deals are made of the service's columns.

use std::collections::BTreeMap;

use hub::RecipesView;
use leptos::prelude::*;
use model::DealField;
use model::api::TriedBody;
use model::recipe::Recipes;

use super::address;
use super::recipe_line::RecipeLine;
use super::recipe_trial::RecipeTrial;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{bound, say};

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

/// The tab: a line per field, tried on the service's rows before it is saved.
#[component]
pub(super) fn RecipesTab(
    /// The connection.
    id: i64,
    /// What is saved; `None` where no deals are made.
    stored: Option<RecipesView>,
) -> impl IntoView {
    let Some(RecipesView { recipes, columns }) = stored else {
        let none = say(
            "Les lignes de cette connexion ne deviennent pas des deals.",
            "No deals are made of these rows.",
        );
        return view! { <p class="sources__lead">{none}</p> }.into_any();
    };
    let RecipesTyped { lines, faults, tried } = use_context().unwrap_or_default();
    let action = format!("{}/recipes", address(id));
    let rows = DealField::ALL.map(|field| {
        let recipe = recipes.get(field.key());
        match recipe.map(RecipeLine::of) {
            Some(None) => longer(field),
            stored => {
                let line = lines.get(field.key()).cloned().or(stored.flatten());
                row(field, line.unwrap_or_default())
            }
        }
    });
    let names = columns.into_iter().map(|name| view! { <option value=name></option> }.into_any());
    view! {
        <section class="card recipes">
            <h2>"Transformations"</h2>
            <p class="sources__lead">
                {bound(say(
                    "À l'import, un champ peut être fait de plusieurs colonnes. Une ligne vide laisse le champ à son mapping.",
                    "When importing, a field can be made of several columns. An empty line leaves the field to its mapping.",
                ))}
            </p>
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
            <form class="recipes__form" method="post" action=action.clone()>
                <datalist id="columns">{names.collect_view()}</datalist>
                {rows.into_iter().collect_view()}
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
            {tried.map(|(recipes, tried)| view! { <RecipeTrial recipes=recipes tried=tried /> }.into_any())}
        </section>
    }
    .into_any()
}

/// The steps one can choose, with the words a form has for them.
fn steps() -> [(&'static str, &'static str); 11] {
    [
        ("", say("Aucune", "None")),
        ("constant", say("Constante", "Constant")),
        ("join", say("Réunir avec …", "Join with …")),
        ("split", say("Partie n° … séparée par …", "Part no. … separated by …")),
        ("lower", say("minuscules", "small letters")),
        ("upper", say("MAJUSCULES", "CAPITALS")),
        ("title", say("Majuscule À Chaque Mot", "Title Case")),
        ("date", say("Date au format …", "Date written as …")),
        ("comma", say("Nombre à virgule (1 234,5)", "Number with a comma (1 234,5)")),
        ("point", say("Nombre à point (1,234.5)", "Number with a point (1,234.5)")),
        ("table", say("Table mot=valeur", "Table word=value")),
    ]
}

fn row(field: DealField, line: RecipeLine) -> AnyView {
    let RecipeLine { from, step, value, part } = line;
    let key = field.key();
    let name = |of: &str| format!("{key}.{of}");
    let id = |of: &str| format!("recipe-{key}-{of}");
    let options = steps().map(|(word, label)| {
        let is_chosen = word == step;
        view! {
            <option value=word selected=is_chosen>
                {label}
            </option>
        }
        .into_any()
    });
    view! {
        <fieldset class="recipe">
            <legend class="settings__legend">{field.label().get(lang()).to_owned()}</legend>
            <div class="field">
                <label class="field__label" for=id("from")>
                    {say("Colonnes, séparées par des virgules", "Columns, with commas between them")}
                </label>
                <input class="field__input" id=id("from") name=name("from") value=from list="columns" autocomplete="off" spellcheck="false" />
            </div>
            <div class="field">
                <label class="field__label" for=id("step")>
                    "Transformation"
                </label>
                <span class="field__select">
                    <select class="field__input" id=id("step") name=name("step")>
                        {options.into_iter().collect_view()}
                    </select>
                    <Icon glyph=Glyph::ChevronDown />
                </span>
            </div>
            <div class="field recipe__value">
                <label class="field__label" for=id("value")>
                    {say("Texte, séparateur, format ou table", "Text, separator, format or table")}
                </label>
                <textarea class="field__input field__lines recipe__lines" id=id("value") name=name("value") rows="1" spellcheck="false" aria-describedby=id("help")>
                    {value}
                </textarea>
                <div class="field__help" id=id("help")>
                    <p>
                        {bound(say(
                            "Un format de date s'écrit %d/%m/%Y. Une table a un mot=valeur par ligne ; *=valeur pour tous les autres mots.",
                            "A date format is written %d/%m/%Y. A table has a word=value per line; *=value for all other words.",
                        ))}
                    </p>
                </div>
            </div>
            <div class="field recipe__part">
                <label class="field__label" for=id("part")>
                    {say("Partie n°", "Part no.")}
                </label>
                <input class="field__input" type="number" id=id("part") name=name("part") value=part autocomplete="off" />
            </div>
        </fieldset>
    }
    .into_any()
}

/// A field whose recipe a line cannot hold.
fn longer(field: DealField) -> AnyView {
    view! {
        <div class="recipe">
            <p class="settings__legend">{field.label().get(lang()).to_owned()}</p>
            <p class="sources__lead">
                {bound(say(
                    "Fait de plusieurs transformations à la suite : elles restent telles quelles et se modifient par l'API.",
                    "Made by several steps in a row: they stay as they are and are changed through the API.",
                ))}
            </p>
        </div>
    }
    .into_any()
}
