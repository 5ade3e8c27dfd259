//! The figures that follow from counts and sums per status, sector and assignee. Nothing here asks the database.

use std::collections::BTreeMap;

use model::dashboard::{Kpis, PerformanceFigures, SectorFigures, StatusFigures, VelocityFigures};
use model::{Money, Status};
use store::deals::FigureGroup;

/// What some groups come to together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Total {
    pub(super) deals: u64,
    amount: Money,
    weighted: Money,
    won: u64,
    won_amount: Money,
    pub(super) dated: u64,
    /// Of the open deals.
    pub(super) overdue: u64,
    /// Of the open deals.
    pub(super) soon: u64,
    /// Of the open deals.
    pub(super) cold: u64,
    /// Of the won deals.
    timed: u64,
    /// Of the won deals.
    seconds: i64,
}

impl Total {
    pub(super) fn of<'g>(groups: impl IntoIterator<Item = &'g FigureGroup>) -> Total {
        let mut total = Total::default();
        for group in groups {
            total.add(group);
        }
        total
    }

    fn add(&mut self, group: &FigureGroup) {
        self.deals += group.deals;
        self.amount = plus(self.amount, group.amount);
        self.weighted = plus(self.weighted, group.weighted);
        self.dated += group.dated;
        if group.statut.is_won() {
            self.won += group.deals;
            self.won_amount = plus(self.won_amount, group.amount);
            self.timed += group.timed;
            self.seconds += group.seconds;
        }
        if group.statut.is_open() {
            self.overdue += group.overdue;
            self.soon += group.soon;
            self.cold += group.cold;
        }
    }

    /// Days until won, the mean with one decimal; none where no time is known.
    fn days(&self) -> Option<f64> {
        let days = self.seconds as f64 / 86_400.0;
        (self.timed > 0).then(|| (days / self.timed as f64 * 10.0).round() / 10.0)
    }
}

/// The figures at the top.
pub(super) fn kpis(groups: &[FigureGroup]) -> Kpis {
    let total = Total::of(groups);
    Kpis {
        pipeline_pondere: total.weighted,
        panier_moyen: mean(total.amount, total.deals),
        nombre_deals: total.deals,
        deals_gagnes: total.won,
        taux_conversion: percent(total.won, total.deals),
        vitesse_vente_moyenne: total.days(),
        nb_cold_deals: total.cold,
    }
}

/// Every status, in the order of a sale.
pub(super) fn statuses(groups: &[FigureGroup]) -> Vec<StatusFigures> {
    let figures = |statut: Status| {
        let total = Total::of(groups.iter().filter(|group| group.statut == statut));
        StatusFigures {
            statut,
            nombre_deals: total.deals,
            montant_brut: total.amount,
            valeur_ponderee: total.weighted,
        }
    };
    Status::ALL.map(figures).into()
}

/// Every sector, largest amount first.
pub(super) fn sectors(groups: &[FigureGroup]) -> Vec<SectorFigures> {
    let mut sectors: Vec<SectorFigures> = by(groups, |group| group.secteur.as_deref())
        .into_iter()
        .map(|(secteur, total)| SectorFigures {
            secteur,
            nombre_deals: total.deals,
            montant_brut: total.amount,
            valeur_ponderee: total.weighted,
        })
        .collect();
    sectors.sort_by_key(|sector| std::cmp::Reverse(sector.montant_brut));
    sectors
}

/// Every assignee, most won first, and of as many the larger amount won.
pub(super) fn performance(groups: &[FigureGroup]) -> Vec<PerformanceFigures> {
    let mut people: Vec<PerformanceFigures> = by(groups, |group| group.assignee.as_deref())
        .into_iter()
        .map(|(assignee, total)| PerformanceFigures {
            assignee,
            nombre_deals: total.deals,
            deals_gagnes: total.won,
            taux_conversion: percent(total.won, total.deals),
            montant_brut: total.amount,
            montant_gagne: total.won_amount,
        })
        .collect();
    people.sort_by_key(|person| std::cmp::Reverse((person.deals_gagnes, person.montant_gagne)));
    people
}

/// Every sector of which a time is known, fastest first.
pub(super) fn velocity(groups: &[FigureGroup]) -> Vec<VelocityFigures> {
    let mut sectors: Vec<VelocityFigures> = by(groups, |group| group.secteur.as_deref())
        .into_iter()
        .filter_map(|(secteur, total)| {
            Some(VelocityFigures { secteur, deals_gagnes: total.timed, jours: total.days()? })
        })
        .collect();
    sectors.sort_by(|a, b| a.jours.total_cmp(&b.jours));
    sectors
}

/// A share in percent with one decimal; 0 of nothing.
pub(super) fn percent(part: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { (part as f64 * 1_000.0 / all as f64).round() / 10.0 }
}

/// Totals by a text of the groups, in its order; what is empty is none.
fn by<'g>(
    groups: &'g [FigureGroup],
    text: impl Fn(&'g FigureGroup) -> Option<&'g str>,
) -> BTreeMap<Option<String>, Total> {
    let mut totals: BTreeMap<Option<String>, Total> = BTreeMap::new();
    for group in groups {
        let key = text(group).filter(|text| !text.is_empty()).map(str::to_owned);
        totals.entry(key).or_default().add(group);
    }
    totals
}

/// The cent nearest to the mean, half a cent away from zero; 0 of nothing.
fn mean(sum: Money, count: u64) -> Money {
    let (sum, count) = (i128::from(sum.cents()), i128::from(count));
    if count == 0 {
        return Money::default();
    }
    let half = if sum < 0 { -count } else { count };
    Money::from_cents(((2 * sum + half) / (2 * count)) as i64)
}

fn plus(a: Money, b: Money) -> Money {
    Money::from_cents(a.cents().saturating_add(b.cents()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_means_are_rounded_once() {
        for (part, all, told) in [(0, 0, 0.0), (1, 3, 33.3), (2, 3, 66.7), (1, 8, 12.5), (5, 5, 100.0)] {
            assert_eq!(percent(part, all), told, "{part} of {all}");
        }
        for (sum, count, told) in [(0, 0, 0), (5, 2, 3), (7, 3, 2), (8, 3, 3), (-5, 2, -3)] {
            assert_eq!(mean(Money::from_cents(sum), count).cents(), told, "{sum} over {count}");
        }
    }

    #[test]
    fn nothing_comes_to_nothing() {
        assert_eq!(kpis(&[]), Kpis::default());
        assert!(sectors(&[]).is_empty() && performance(&[]).is_empty() && velocity(&[]).is_empty());
        assert_eq!(statuses(&[]).len(), Status::ALL.len());
    }
}
