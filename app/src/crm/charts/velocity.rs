//! How fast deals are won, per sector.

use model::dashboard::VelocityFigures;

use super::bars::{Bar, Chart, Table};
use super::{named, others, shortened, without_sector};
use crate::crm::numbers::{days, deals};
use crate::ledger::say;

/// The chart: the fastest first.
pub(super) fn chart(sectors: Vec<VelocityFigures>) -> Chart {
    let name = |sector: &VelocityFigures| named(sector.secteur.as_deref(), without_sector());
    let lines =
        sectors.iter().map(|sector| vec![name(sector), deals(sector.deals_gagnes), days(sector.jours)]);
    let lines = lines.collect();
    let summary = sectors.first().map_or_else(String::new, |first| {
        format!("{} {}, {}.", say("Le plus rapide :", "The fastest:"), name(first), days(first.jours))
    });
    let shown = shortened::first_and_others(sectors, merged);
    let bars = shown.iter().map(|sector| Bar {
        name: name(sector),
        whole: sector.jours,
        part: None,
        told: days(sector.jours),
    });
    Chart {
        id: "velocity",
        title: say("Vitesse de vente par secteur", "Sales velocity per sector"),
        lead: say(
            "Jours entre le début d'un deal et le moment où il est gagné, en moyenne.",
            "Days from a deal's beginning to the moment it is won, on average.",
        ),
        summary,
        legend: None,
        bars: bars.collect(),
        none: say(
            "Aucun deal gagné dont l'historique soit connu : la vitesse apparaîtra avec le premier.",
            "No deal won whose history is known: the velocity appears with the first one.",
        ),
        table: Table {
            columns: vec![
                say("Secteur", "Sector"),
                say("Deals gagnés", "Deals won"),
                say("Durée moyenne", "Mean duration"),
            ],
            lines,
        },
    }
}

/// The mean of means, each as heavy as the deals it is made of.
fn merged(sectors: Vec<VelocityFigures>) -> VelocityFigures {
    let deals_gagnes: u64 = sectors.iter().map(|sector| sector.deals_gagnes).sum();
    let days: f64 = sectors.iter().map(|sector| sector.jours * sector.deals_gagnes as f64).sum();
    let jours = (days / deals_gagnes.max(1) as f64 * 10.0).round() / 10.0;
    VelocityFigures { secteur: others(), deals_gagnes, jours }
}
