//! How far each field is filled, now and after the sync before.

use leptos::prelude::*;
use model::api::CoverageBody;

use super::texts::percent;
use crate::components::{Glyph, Icon};
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// A line per field, folded away unless a field is no longer filled.
#[component]
pub(super) fn CoverageTable(
    /// The table's name for people.
    table: String,
    /// In the order of the table.
    fields: Vec<CoverageBody>,
    /// Whether there was a sync before.
    is_compared: bool,
) -> impl IntoView {
    let dropped = fields.iter().filter(|field| field.dropped).count();
    let lines = fields.into_iter().map(|field| line(field, is_compared)).collect_view();
    let is_alarming = dropped > 0;
    let title = say("Remplissage des champs", "How far fields are filled");
    let alarm = is_alarming.then(|| {
        view! {
            <span class="badge badge--bad">
                <Icon glyph=Glyph::Warning />
                {match lang() {
                    model::Lang::Fr => format!("en baisse : {dropped}"),
                    model::Lang::En => format!("down: {dropped}"),
                }}
            </span>
        }
        .into_any()
    });
    view! {
        <details class="coverage unfold" open=is_alarming>
            <summary class="unfold__head">{title} " " {alarm}</summary>
            <div class="sheet__frame" role="region" aria-label=format!("{table}, {title}") tabindex="0">
                <table class="sheet">
                    <thead>
                        <tr>
                            <th scope="col">{say("Champ", "Field")}</th>
                            <th scope="col" class="sheet__number">{say("Lignes remplies", "Rows filled")}</th>
                            <th scope="col" class="sheet__number">{say("Part", "Share")}</th>
                            {is_compared.then(|| {
                                view! { <th scope="col" class="sheet__number">{say("Avant", "Before")}</th> }.into_any()
                            })}
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn line(field: CoverageBody, is_compared: bool) -> AnyView {
    let before =
        is_compared.then(|| view! { <td class="sheet__number">{field.before.map(percent)}</td> }.into_any());
    let alarm = field.dropped.then(|| {
        view! {
            <span class="badge badge--bad">
                <Icon glyph=Glyph::Warning />
                {say("n'est plus rempli", "no longer filled")}
            </span>
        }
        .into_any()
    });
    view! {
        <tr>
            <th scope="row">{field.label} " " {alarm}</th>
            <td class="sheet__number">{format::number(field.filled, lang())}</td>
            <td class="sheet__number">{percent(field.percent)}</td>
            {before}
        </tr>
    }
    .into_any()
}
