//! A line per field: what it is, the column it comes from, and what stands there.

use std::collections::BTreeMap;

use hub::{FieldMapping, TableMapping};
use leptos::prelude::*;
use model::Text;
use model::canonical::{Field, FieldType, Filled};

use super::texts::{label, percent};
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::say;

/// The fields of a table. A choice is `auto`, `none`, or `col:` and the column's name.
#[component]
pub(super) fn MappingTable(
    /// The table.
    table: TableMapping,
    /// What was chosen and not stored.
    choices: Option<BTreeMap<String, String>>,
) -> impl IntoView {
    let TableMapping { entity, columns, fields, .. } = table;
    let lines = fields
        .into_iter()
        .map(|field| {
            let chosen = match &choices {
                Some(choices) => choices.get(field.field.name).cloned(),
                None => field.chosen.clone(),
            };
            line(field, chosen, &columns)
        })
        .collect_view();
    view! {
        <div class="sheet__frame" role="region" aria-label=label(entity) tabindex="0">
            <table class="sheet sheet--tall" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{say("Champ", "Field")}</th>
                        <th role="columnheader" scope="col">{say("Colonne de la source", "Column of the source")}</th>
                        <th role="columnheader" scope="col">{say("Exemples", "Samples")}</th>
                        <th role="columnheader" scope="col" class="sheet__number">{say("Rempli", "Filled")}</th>
                        <th role="columnheader" scope="col">"Type"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(mapping: FieldMapping, chosen: Option<String>, columns: &[String]) -> AnyView {
    let FieldMapping { field, recognised, samples, coverage, is_missing, .. } = mapping;
    let automatic = match recognised {
        Some(column) => format!("{} ({column})", say("automatique", "automatic")),
        // Filled although no column is: from the row's other fields, or from other rows.
        None if field.filled != Filled::Source || coverage.is_some_and(|share| share > 0.0) => {
            say("automatique (calculé)", "automatic (worked out)").to_owned()
        }
        None => say("automatique (rien de reconnu)", "automatic (nothing recognised)").to_owned(),
    };
    let is_none = chosen.as_deref() == Some("");
    // A chosen column that is no longer there is shown all the same.
    let lost = chosen.clone().filter(|column| !column.is_empty() && !columns.contains(column));
    let options = columns
        .iter()
        .cloned()
        .chain(lost)
        .map(|column| {
            let is_chosen = chosen.as_ref() == Some(&column);
            let value = format!("col:{column}");
            view! { <option value=value selected=is_chosen>{column}</option> }.into_any()
        })
        .collect_view();
    let meaning = field.meaning.get(lang());
    let needed = field.required.then(|| {
        let class = if is_missing { "badge badge--bad" } else { "badge badge--neutral" };
        let word = if is_missing { say("manque", "missing") } else { say("obligatoire", "needed") };
        view! { <span class=class>{word}</span> }.into_any()
    });
    let samples = (!samples.is_empty()).then(|| samples.join(" · "));
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{meaning} " " {needed}</th>
            <td role="cell">
                <span class="field__select">
                    <select class="field__input" name=field.name aria-label=meaning>
                        <option value="auto">{automatic}</option>
                        <option value="none" selected=is_none>{say("ne pas lire", "do not read")}</option>
                        {options}
                    </select>
                    <Icon glyph=Glyph::ChevronDown />
                </span>
            </td>
            <td role="cell" class="sheet__samples" data-label=say("Exemples", "Samples")>
                {samples}
            </td>
            <td role="cell" class="sheet__number" data-label=say("Rempli", "Filled")>
                {coverage.map(percent)}
            </td>
            <td role="cell" data-label="Type">
                {kind(field)}
            </td>
        </tr>
    }
    .into_any()
}

/// What a field holds, with its unit.
fn kind(field: &Field) -> String {
    let words = match field.kind {
        FieldType::Text => Text::fixed("texte", "text"),
        FieldType::Money => Text::fixed("montant", "amount"),
        FieldType::Number => Text::fixed("nombre", "number"),
        FieldType::Percent => Text::fixed("pourcentage", "percentage"),
        FieldType::Date => Text::fixed("date", "date"),
        FieldType::YesNo => Text::fixed("oui ou non", "yes or no"),
        FieldType::Year => Text::fixed("année", "year"),
        FieldType::Category => Text::fixed("couleur", "colour"),
        FieldType::Format => Text::fixed("contenance", "bottle size"),
    };
    let unit = match field.unit {
        "EUR" => " (€)".to_owned(),
        "bottle" => format!(" ({})", say("bouteilles", "bottles")),
        "" => String::new(),
        unit => format!(" ({unit})"),
    };
    format!("{}{unit}", words.get(lang()))
}
