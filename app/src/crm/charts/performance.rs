//! Deals and conversion per assignee.

use model::Money;
use model::dashboard::PerformanceFigures;

use super::bars::{Bar, Chart, Table};
use super::{named, others, shortened};
use crate::crm::numbers;
use crate::data::percent;
use crate::i18n::lang;
use crate::ledger::say;

/// The chart: the won part of a bar is dark.
pub(super) fn chart(people: Vec<PerformanceFigures>) -> Chart {
    let without = say("Sans responsable", "No assignee");
    let name = |person: &PerformanceFigures| named(person.assignee.as_deref(), without);
    let lines = people.iter().map(|person| {
        vec![
            name(person),
            person.nombre_deals.to_string(),
            person.deals_gagnes.to_string(),
            percent(person.taux_conversion),
            person.montant_brut.display(lang()),
            person.montant_gagne.display(lang()),
        ]
    });
    let lines = lines.collect();
    let summary = people.first().map_or_else(String::new, |first| {
        let label = say("Le plus de deals gagnés :", "Most deals won:");
        format!("{label} {}, {}.", name(first), told(first))
    });
    let shown = shortened::first_and_others(people, merged);
    let bars = shown.iter().map(|person| Bar {
        name: name(person),
        whole: person.nombre_deals as f64,
        part: Some(person.deals_gagnes as f64),
        told: told(person),
    });
    Chart {
        id: "performance",
        title: say("Performance par responsable", "Performance per assignee"),
        lead: say("Deals suivis, dont gagnés, et conversion.", "Deals, those won, and conversion."),
        summary,
        legend: Some([say("Deals", "Deals"), say("Gagnés", "Won")]),
        bars: bars.collect(),
        none: say("Aucun deal à répartir par responsable.", "No deal to show by assignee."),
        table: Table {
            columns: vec![
                say("Responsable", "Assignee"),
                say("Deals", "Deals"),
                say("Gagnés", "Won"),
                say("Conversion", "Conversion"),
                say("Montant", "Amount"),
                say("Montant gagné", "Amount won"),
            ],
            lines,
        },
    }
}

/// `12 deals, 33,3 %`.
fn told(person: &PerformanceFigures) -> String {
    format!("{}, {}", numbers::deals(person.nombre_deals), percent(person.taux_conversion))
}

fn merged(people: Vec<PerformanceFigures>) -> PerformanceFigures {
    let sum = |amount: fn(&PerformanceFigures) -> Money| {
        Money::from_cents(people.iter().map(|person| amount(person).cents()).sum())
    };
    let nombre_deals: u64 = people.iter().map(|person| person.nombre_deals).sum();
    let deals_gagnes: u64 = people.iter().map(|person| person.deals_gagnes).sum();
    let share = deals_gagnes as f64 * 100.0 / nombre_deals.max(1) as f64;
    PerformanceFigures {
        assignee: others(),
        nombre_deals,
        deals_gagnes,
        taux_conversion: (share * 10.0).round() / 10.0,
        montant_brut: sum(|person| person.montant_brut),
        montant_gagne: sum(|person| person.montant_gagne),
    }
}
