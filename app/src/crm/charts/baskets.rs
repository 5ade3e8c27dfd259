//! The five largest deals.

use model::api::DealBody;

use super::bars::{Bar, Chart, Table};
use crate::crm::numbers::short;
use crate::i18n::lang;
use crate::ledger::say;

/// The chart.
pub(super) fn chart(deals: Vec<DealBody>) -> Chart {
    let summary = deals.first().map_or_else(String::new, |first| {
        let label = say("Le plus grand :", "The largest:");
        format!("{label} {}, {}.", first.client, first.montant_brut.display(lang()))
    });
    let lines = deals.iter().map(|deal| {
        vec![deal.client.clone(), deal.statut.word().to_owned(), deal.montant_brut.display(lang())]
    });
    let bars = deals.iter().map(|deal| Bar {
        name: deal.client.clone(),
        whole: deal.montant_brut.as_f64(),
        part: None,
        told: short(deal.montant_brut, lang()),
    });
    Chart {
        id: "baskets",
        title: say("Cinq plus gros paniers", "Top five baskets"),
        lead: say("Les deals du plus grand montant.", "The deals of the largest amount."),
        summary,
        legend: None,
        bars: bars.collect(),
        none: say("Aucun deal à classer.", "No deal to rank."),
        table: Table {
            columns: vec![say("Client", "Client"), say("Statut", "Status"), say("Montant", "Amount")],
            lines: lines.collect(),
        },
    }
}
