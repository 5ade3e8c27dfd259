//! What the rows of a connection must hold, and the column that tells them apart.

use std::collections::BTreeMap;

use hub::AccountView;
use leptos::prelude::*;
use model::Destination;
use model::access::Right;
use model::rule::Rule;

use super::address;
use super::rule_form::RuleForm;
use super::rule_words::words;
use crate::access::may;
use crate::components::{Notice, Tone};
use crate::ledger::{bound, say};
use crate::permitted::Permitted;

/// The list of the names of the columns.
const COLUMNS: &str = "rule-columns";

/// What was typed into a form of the tab, and what is wrong with it; in the context, the tab shows both.
#[derive(Clone, Debug)]
pub struct RulesTyped {
    /// The values of the form, by field.
    pub values: BTreeMap<String, String>,
    /// What is wrong, in the reader's language.
    pub faults: Vec<String>,
}

/// The tab.
#[component]
pub(super) fn RulesTab(
    /// The connection.
    account: AccountView,
    /// The columns of its rows, as far as they are known.
    columns: Vec<String>,
) -> impl IntoView {
    let AccountView { id, rules, key_column, destination, .. } = account;
    let is_dataset = matches!(destination, Destination::Dataset { .. });
    let goes_into_tables = matches!(destination, Destination::Tables | Destination::Table { .. });
    let typed = use_context::<RulesTyped>();
    let faults = typed.as_ref().map(|typed| typed.faults.clone()).filter(|faults| !faults.is_empty());
    let faults = faults.map(|faults| {
        let lines: Vec<String> = faults.iter().map(|fault| bound(fault)).collect();
        let title = say("La règle n'a pas été enregistrée", "The rule was not saved");
        view! {
            <div role="alert" tabindex="-1" autofocus>
                <Notice tone=Tone::Bad title=title lines=lines />
            </div>
        }
        .into_any()
    });
    let names = columns.into_iter().map(|name| view! { <option value=name></option> }.into_any());
    let of_tables = goes_into_tables.then(|| {
        let how = say(
            "Une règle vaut pour chaque fichier ou table de la source qui a sa colonne, avant les transformations. Les \
             tables (clients, produits, ventes…) ont aussi leurs propres contrôles : le rapport de qualité les dit.",
            "A rule holds for each file or table of the source that has its column, before the steps. The tables \
             (customers, products, sales…) have checks of their own, too: the quality report tells them.",
        );
        view! { <p class="sources__lead">{bound(how)}</p> }.into_any()
    });
    view! {
        <section class="card schedule">
            <div>
                <h2>{say("Règles", "Rules")}</h2>
                <p class="sources__lead">
                    {bound(
                        say(
                            "Une ligne qui enfreint une règle est refusée, et gardée avec la raison.",
                            "A row that breaks a rule is refused, and kept with the reason.",
                        ),
                    )}
                </p>
                {of_tables}
            </div>
            <Rules id=id rules=rules />
            <h3>{say("Ajouter une règle", "Add a rule")}</h3>
            {faults}
            <datalist id=COLUMNS>{names.collect_view()}</datalist>
            <RuleForm id=id values=typed.map(|typed| typed.values).unwrap_or_default() columns=COLUMNS />
        </section>
        {is_dataset.then(|| view! { <KeyColumn id=id chosen=key_column.unwrap_or_default() /> }.into_any())}
    }
    .into_any()
}

/// The rules there are, each with a button that takes it out.
#[component]
fn Rules(id: i64, rules: Vec<Rule>) -> impl IntoView {
    if rules.is_empty() {
        let none = say("Aucune règle : toutes les lignes sont prises.", "No rule: every row is taken.");
        return view! { <p class="rows__none">{bound(none)}</p> }.into_any();
    }
    let lines = rules.into_iter().enumerate().map(|(place, rule)| {
        // Taken out by what it says: its place may have changed since the page was drawn.
        let word = serde_json::to_string(&rule).unwrap_or_default();
        let told = format!("rule-{place}");
        view! {
            <li class="rule">
                <p class="rule__words" id=told.clone()>
                    <strong>{rule.column}</strong>
                    " – "
                    {words(&rule.must)}
                </p>
                {may(Right::Change).then(|| {
                    view! {
                        <form method="post" action=format!("{}/rules/remove", address(id))>
                            <input type="hidden" name="rule" value=word />
                            <button class="button button--quiet" aria-describedby=told>
                                {say("Retirer", "Remove")}
                            </button>
                        </form>
                    }
                    .into_any()
                })}
            </li>
        }
        .into_any()
    });
    view! { <ul class="rules">{lines.collect_view()}</ul> }.into_any()
}

/// The choice of the column that tells the rows of the dataset apart.
#[component]
fn KeyColumn(id: i64, chosen: String) -> impl IntoView {
    let help = say(
        "La colonne qui distingue les lignes, telle qu'un identifiant ; vide, Passerelle en trouve une.",
        "The column that tells rows apart, such as an id; left empty, Passerelle finds one.",
    );
    view! {
        <section class="card schedule">
            <h2>{say("Colonne clé", "Key column")}</h2>
            <Permitted right=Right::Change>
                <form class="schedule__form" method="post" action=format!("{}/key", address(id))>
                    <div class="field rules__column">
                        <label class="field__label" for="field-key_column">
                            {say("Colonne", "Column")}
                        </label>
                        <input
                            class="field__input"
                            id="field-key_column"
                            name="key_column"
                            value=chosen
                            list=COLUMNS
                            autocomplete="off"
                            spellcheck="false"
                            aria-describedby="field-key_column-help"
                        />
                        <div class="field__help" id="field-key_column-help">
                            <p>{bound(help)}</p>
                        </div>
                    </div>
                    <div class="settings__actions">
                        <button class="button button--primary">{say("Enregistrer", "Save")}</button>
                    </div>
                </form>
            </Permitted>
        </section>
    }
    .into_any()
}
