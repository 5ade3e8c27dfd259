//! The form of a new rule: a column, and what it must hold.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::access::Right;
use model::dataset::ColumnType;

use super::address;
use crate::components::{FieldGroup, Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;
use crate::permitted::Permitted;

/// The types a rule may ask for.
const TYPES: [ColumnType; 7] = [
    ColumnType::Text,
    ColumnType::Integer,
    ColumnType::Number,
    ColumnType::Date,
    ColumnType::DateTime,
    ColumnType::Boolean,
    ColumnType::Json,
];

/// The form; what a choice asks for shows below it.
#[component]
pub(super) fn RuleForm(
    /// The connection.
    id: i64,
    /// What was typed.
    values: BTreeMap<String, String>,
    /// Where the names of the columns are listed.
    columns: &'static str,
) -> impl IntoView {
    let value = |key: &str| values.get(key).cloned().unwrap_or_default();
    let column = value("column");
    let chosen = Some(value("must")).filter(|word| !word.is_empty());
    let chosen = chosen.unwrap_or_else(|| "required".to_owned());
    let hint = say("Une valeur par ligne.", "One value per line.");
    let ways = [
        ("required", say("Obligatoire", "Required"), None),
        ("type", "Type", Some(types(&value("of")))),
        (
            "range",
            say("Plage", "Range"),
            Some(
                view! {
                    {input("min", say("Minimum", "Minimum"), value("min"), Some("decimal"))}
                    {input("max", say("Maximum", "Maximum"), value("max"), Some("decimal"))}
                }
                .into_any(),
            ),
        ),
        (
            "pattern",
            say("Motif", "Pattern"),
            Some(input("regex", say("Expression régulière", "Regular expression"), value("regex"), None)),
        ),
        (
            "one_of",
            say("Une des valeurs", "One of the values"),
            Some(
                view! {
                    <div class="field">
                        <label class="field__label" for="field-values">
                            {say("Valeurs permises", "Values allowed")}
                        </label>
                        <textarea class="field__input field__lines" id="field-values" name="values" aria-describedby="field-values-help">
                            {value("values")}
                        </textarea>
                        <div class="field__help" id="field-values-help">
                            <p>{hint}</p>
                        </div>
                    </div>
                }
                .into_any(),
            ),
        ),
    ];
    let ways =
        ways.into_iter().map(|(word, label, more)| way(word, label, word == chosen, more)).collect_view();
    view! {
        <Permitted right=Right::Change>
            <form class="schedule__form" method="post" action=format!("{}/rules", address(id))>
                <div class="field rules__column">
                    <label class="field__label" for="field-column">
                        {say("Colonne", "Column")}
                    </label>
                    <input class="field__input" id="field-column" name="column" value=column list=columns required autocomplete="off" spellcheck="false" />
                </div>
                <FieldGroup title=say("Ce qu'elle doit contenir", "What it must hold").to_owned()>
                    <div class="destinations">{ways}</div>
                </FieldGroup>
                <div class="settings__actions">
                    <button class="button button--primary">{say("Ajouter la règle", "Add the rule")}</button>
                </div>
            </form>
        </Permitted>
    }
    .into_any()
}

fn way(word: &'static str, label: &'static str, is_chosen: bool, more: Option<AnyView>) -> AnyView {
    let id = format!("must-{word}");
    view! {
        <div class="destination">
            <input type="radio" name="must" value=word id=id.clone() checked=is_chosen />
            <label class="destination__label" for=id>
                {label}
            </label>
            {more.map(|more| view! { <div class="destination__more schedule__when">{more}</div> }.into_any())}
        </div>
    }
    .into_any()
}

fn input(name: &'static str, label: &'static str, value: String, keyboard: Option<&'static str>) -> AnyView {
    let id = format!("field-{name}");
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <input class="field__input" id=id name=name value=value inputmode=keyboard autocomplete="off" spellcheck="false" />
        </div>
    }
    .into_any()
}

fn types(chosen: &str) -> AnyView {
    let options = TYPES.into_iter().map(|of| {
        view! {
            <option value=of.word() selected=of.word() == chosen>
                {of.label().get(lang()).to_owned()}
            </option>
        }
        .into_any()
    });
    view! {
        <div class="field">
            <label class="field__label" for="field-of">
                "Type"
            </label>
            <span class="field__select">
                <select class="field__input" id="field-of" name="of">
                    {options.collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    }
    .into_any()
}
