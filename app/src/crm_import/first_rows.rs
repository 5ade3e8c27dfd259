//! The first rows of a file, with what is wrong with them where it is wrong.

use hub::{CsvRowView, CsvView};
use leptos::prelude::*;
use model::{DealField, DealValues};

use crate::i18n::lang;
use crate::ledger::{bound, say};

/// A table within a frame that scrolls.
#[component]
pub(super) fn FirstRows(
    /// The file.
    file: CsvView,
) -> impl IntoView {
    let fields: Vec<Option<DealField>> = file.columns.iter().map(|column| column.field).collect();
    let heads = file.columns.iter().map(|column| {
        let meaning = match (column.field, column.is_id) {
            (Some(field), _) => field.label().get(lang()).to_owned(),
            (None, true) => say("Identifiant", "Id").to_owned(),
            (None, false) => say("non importée", "not imported").to_owned(),
        };
        view! {
            <th scope="col">
                {column.name.clone()} <small class="import__meaning">{format!("→ {meaning}")}</small>
            </th>
        }
        .into_any()
    });
    let heads = heads.collect_view();
    let rows = file.rows.into_iter().map(|row| line(row, &fields)).collect_view();
    view! {
        // Reached by the keyboard, so that it can be scrolled by it.
        <div
            class="sheet__frame"
            role="region"
            aria-label=say("Premières lignes du fichier", "First rows of the file")
            tabindex="0"
        >
            <table class="sheet import__rows">
                <thead>
                    <tr>
                        <th scope="col">{say("Ligne", "Line")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What a cell is understood as, where that does not stand in it already.
fn read_as(values: &DealValues, field: DealField, cell: &str) -> Option<String> {
    let read = match field {
        DealField::MontantBrut => values.money()?.display(lang()),
        DealField::DateEcheance => crate::format::day(&values.date()?.to_string(), lang()),
        DealField::Statut => values.status()?.word().to_owned(),
        _ => return None,
    };
    // « 48 500,00 » says what « 48 500 € » says.
    let bare = |text: &str| {
        let letters = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '€');
        let bare: String = letters.collect();
        bare.trim_end_matches(",00").trim_end_matches(".00").to_owned()
    };
    (bare(&read) != bare(cell)).then_some(read)
}

fn line(row: CsvRowView, fields: &[Option<DealField>]) -> AnyView {
    let CsvRowView { line, cells, values, faults } = row;
    let of = |place: Option<usize>| {
        let texts: Vec<String> =
            faults.iter().filter(|(at, _)| *at == place).map(|(_, text)| bound(text)).collect();
        (!texts.is_empty()).then(|| view! { <span class="import__fault">{texts.join(" ")}</span> }.into_any())
    };
    let whole = of(None);
    let class = (!faults.is_empty()).then_some("import__row--bad");
    let cells = cells.into_iter().enumerate().map(|(place, text)| {
        let field = fields.get(place).copied().flatten();
        let class = (field == Some(DealField::MontantBrut)).then_some("sheet__number");
        let fault = of(Some(place));
        let is_bad = fault.is_some().then_some("true");
        let read = field.filter(|_| fault.is_none()).and_then(|field| read_as(&values, field, &text));
        let read = read
            .map(|read| view! { <small class="import__meaning">{format!("→ {read}")}</small> }.into_any());
        view! { <td class=class data-bad=is_bad>{text} {read} {fault}</td> }.into_any()
    });
    let cells = cells.collect_view();
    view! {
        <tr class=class>
            <th scope="row">{line} {whole}</th>
            {cells}
        </tr>
    }
    .into_any()
}
