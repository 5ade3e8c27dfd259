//! Where the rows of a connection are to go.

use hub::AccountKind;
use leptos::prelude::*;
use model::canonical::Entity;
use model::{Destination, Lang};

use crate::components::{FieldGroup, Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;
use crate::sources::{Typed, complaint};

/// The keys of the form.
const CHOICE: &str = "destination";
const TABLE: &str = "destination_table";
const DATASET: &str = "destination_dataset";

/// The choice among the places the rows of a kind can go to; what a choice asks for opens below it.
#[component]
pub(super) fn DestinationField(
    /// The kind.
    kind: AccountKind,
    /// What was typed or is stored.
    typed: Typed,
) -> impl IntoView {
    let fault = typed.fault(CHOICE);
    let value = |key: &str| typed.values.get(key).cloned().unwrap_or_default();
    let chosen = Some(value(CHOICE)).filter(|word| !word.is_empty());
    let chosen = chosen.unwrap_or_else(|| usual(&kind).to_owned());
    let choices = kind.destinations.iter().map(|word| {
        let more = match *word {
            "table" => tables(&value(TABLE)),
            "dataset" => dataset(value(DATASET), &typed.name),
            _ => ().into_any(),
        };
        choice(word, *word == chosen, more)
    });
    let choices = choices.collect_view();
    view! {
        <FieldGroup title=say("Destination des lignes", "Where the rows go").to_owned()>
            <div class="destinations" id="field-destination" tabindex="-1">
                {complaint(fault.as_deref())}
                {choices}
            </div>
        </FieldGroup>
    }
    .into_any()
}

/// The place one would expect.
fn usual(kind: &AccountKind) -> &'static str {
    match kind.destinations.first() {
        Some(&"deals") if !kind.spec.capabilities.writes => "dataset",
        Some(first) => first,
        None => "tables",
    }
}

/// The form's values for a stored destination.
pub(super) fn stored(destination: &Destination) -> Vec<(String, String)> {
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    match destination {
        Destination::Deals => vec![pair(CHOICE, "deals")],
        Destination::Tables => vec![pair(CHOICE, "tables")],
        Destination::Table { entity } => vec![pair(CHOICE, "table"), pair(TABLE, entity)],
        Destination::Dataset { name } => vec![pair(CHOICE, "dataset"), pair(DATASET, name)],
    }
}

/// A place in a few words; of a dataset, that it is one.
pub(super) fn place(destination: &Destination) -> String {
    match destination {
        Destination::Deals => say("Deals du CRM", "The CRM's deals").to_owned(),
        Destination::Tables => say("Tables de données", "Data tables").to_owned(),
        Destination::Table { entity } => {
            let label = Entity::from_name(entity).map(|entity| entity.label().get(lang()).to_owned());
            match lang() {
                Lang::Fr => format!("Table {}", label.as_deref().unwrap_or(entity)),
                Lang::En => format!("{} table", label.as_deref().unwrap_or(entity)),
            }
        }
        Destination::Dataset { .. } => say("Jeu de données", "Dataset").to_owned(),
    }
}

fn choice(word: &'static str, is_chosen: bool, more: AnyView) -> AnyView {
    let (label, text) = match word {
        "deals" => (
            say("Les deals du CRM", "The CRM's deals"),
            say(
                "Chaque ligne devient un deal, reconnu d'une sync à l'autre.",
                "Each row becomes a deal, recognised from one sync to the next.",
            ),
        ),
        "tables" => (
            say("Les tables de données", "The data tables"),
            say(
                "Clients, produits, ventes, stocks et contacts, selon ce qu'elle contient.",
                "Customers, products, sales, stock and contacts, as far as it has them.",
            ),
        ),
        "table" => (
            say("Une table de données", "One data table"),
            say(
                "Toutes les lignes dans la table que vous choisissez.",
                "All rows into the table of your choice.",
            ),
        ),
        _ => (
            say("Un jeu de données", "A dataset"),
            say(
                "Les lignes telles qu'elles arrivent, avec leurs propres colonnes.",
                "The rows as they come, with their own columns.",
            ),
        ),
    };
    let id = format!("destination-{word}");
    view! {
        <div class="destination">
            <input type="radio" name=CHOICE value=word id=id.clone() checked=is_chosen aria-describedby=format!("{id}-help") />
            <label class="destination__label" for=id.clone()>
                {label}
            </label>
            <p class="destination__help" id=format!("{id}-help")>
                {text}
            </p>
            {more}
        </div>
    }
    .into_any()
}

fn tables(chosen: &str) -> AnyView {
    let options = Entity::ALL.into_iter().map(|entity| {
        let is_chosen = entity.name() == chosen;
        view! {
            <option value=entity.name() selected=is_chosen>
                {entity.label().get(lang()).to_owned()}
            </option>
        }
        .into_any()
    });
    view! {
        <div class="destination__more">
            <label class="visually-hidden" for="field-destination-table">
                {say("Table", "Table")}
            </label>
            <span class="field__select">
                <select class="field__input" id="field-destination-table" name=TABLE>
                    {options.collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    }
    .into_any()
}

fn dataset(name: String, title: &str) -> AnyView {
    let placeholder = match title {
        "" => say("Comme la connexion", "Like the connection"),
        title => title,
    };
    view! {
        <div class="destination__more">
            <label class="field__label" for="field-destination-dataset">
                {say("Nom du jeu de données", "Name of the dataset")}
            </label>
            <input
                class="field__input"
                id="field-destination-dataset"
                name=DATASET
                value=name
                placeholder=placeholder.to_owned()
                autocomplete="off"
            />
        </div>
    }
    .into_any()
}
