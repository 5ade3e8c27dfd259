//! Amount per sector.

use model::Money;
use model::dashboard::SectorFigures;

use super::bars::{Bar, Chart, Table};
use super::{named, others, shortened, without_sector};
use crate::crm::numbers::{deals, short};
use crate::i18n::lang;
use crate::ledger::say;

/// The chart: the part of a bar that can be counted on is dark.
pub(super) fn chart(sectors: Vec<SectorFigures>) -> Chart {
    let name = |sector: &SectorFigures| named(sector.secteur.as_deref(), without_sector());
    let lines = sectors.iter().map(|sector| {
        vec![
            name(sector),
            deals(sector.nombre_deals),
            sector.montant_brut.display(lang()),
            sector.valeur_ponderee.display(lang()),
        ]
    });
    let lines = lines.collect();
    let summary = sectors.first().map_or_else(String::new, |first| {
        let label = say("Le plus important :", "The largest:");
        format!("{label} {}, {}.", name(first), first.montant_brut.display(lang()))
    });
    let shown = shortened::first_and_others(sectors, merged);
    let bars = shown.iter().map(|sector| Bar {
        name: name(sector),
        whole: sector.montant_brut.as_f64(),
        part: Some(sector.valeur_ponderee.as_f64()),
        told: short(sector.montant_brut, lang()),
    });
    Chart {
        id: "sectors",
        title: say("Montant par secteur", "Amount per sector"),
        lead: say("Somme des montants, dont la part pondérée.", "The sum of amounts, and its weighted part."),
        summary,
        legend: Some([say("Montant brut", "Gross amount"), say("Pondéré", "Weighted")]),
        bars: bars.collect(),
        none: say("Aucun deal à répartir par secteur.", "No deal to show by sector."),
        table: Table {
            columns: vec![
                say("Secteur", "Sector"),
                say("Deals", "Deals"),
                say("Montant", "Amount"),
                say("Pondéré", "Weighted"),
            ],
            lines,
        },
    }
}

fn merged(sectors: Vec<SectorFigures>) -> SectorFigures {
    let sum = |amount: fn(&SectorFigures) -> Money| {
        Money::from_cents(sectors.iter().map(|sector| amount(sector).cents()).sum())
    };
    SectorFigures {
        secteur: others(),
        nombre_deals: sectors.iter().map(|sector| sector.nombre_deals).sum(),
        montant_brut: sum(|sector| sector.montant_brut),
        valeur_ponderee: sum(|sector| sector.valeur_ponderee),
    }
}
