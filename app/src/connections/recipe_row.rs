//! One field of the form of recipes: of which columns it is made, and how.

use leptos::prelude::*;
use model::recipe::TargetField;

use super::recipe_line::RecipeLine;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{bound, say};

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

/// The line of a field, folded away while the field is left to its mapping.
pub(super) fn row(field: &TargetField, line: RecipeLine) -> AnyView {
    let is_made = line != RecipeLine::default();
    let RecipeLine { from, step, value, part } = line;
    let (key, label) = (field.key, field.label.get(lang()).to_owned());
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
        <details class="unfold recipe" open=is_made>
            <summary class="unfold__head">{label.clone()}</summary>
            <div class="unfold__body recipe__line" role="group" aria-label=label>
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
            </div>
        </details>
    }
    .into_any()
}

/// A field whose recipe a line cannot hold.
pub(super) fn longer(field: &TargetField) -> AnyView {
    view! {
        <div class="recipe">
            <p class="settings__legend">{field.label.get(lang()).to_owned()}</p>
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
