//! The figures of the CRM: what the deals that fit a filter come to, now.
//!
//! Every call looks at one state of the database, at one moment of the hub's clock.

mod moment;
mod screens;
mod totals;

use std::collections::BTreeSet;

use model::api::DealBody;
use model::dashboard::{
    ColdDeals, Deadlines, FilterOptions, Kpis, PerformanceFigures, SectorFigures, StatusFigures,
    VelocityFigures,
};
use model::{Deal, Status, fold};
use store::deals::{DealTexts, Few, FigureGroup, Figures};

pub use moment::Moment;
pub use screens::{Board, BoardColumn, Overview};

use crate::{DealFilter, Hub, Result};

/// How many deals a list of what is due or cold names.
const NAMED: u32 = 20;
/// How many sectors and assignees a filter offers.
const OFFERED: usize = 500;

impl Hub {
    /// The figures at the top.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn kpis(&self, filter: &DealFilter) -> Result<Kpis> {
        Ok(totals::kpis(&self.groups(filter).await?))
    }

    /// What each status comes to, in the order of a sale.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn status_figures(&self, filter: &DealFilter) -> Result<Vec<StatusFigures>> {
        Ok(totals::statuses(&self.groups(filter).await?))
    }

    /// Amounts per sector, largest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn sector_figures(&self, filter: &DealFilter) -> Result<Vec<SectorFigures>> {
        Ok(totals::sectors(&self.groups(filter).await?))
    }

    /// What each assignee has and won, most won first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn performance_figures(&self, filter: &DealFilter) -> Result<Vec<PerformanceFigures>> {
        Ok(totals::performance(&self.groups(filter).await?))
    }

    /// How fast deals are won per sector, fastest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn velocity_figures(&self, filter: &DealFilter) -> Result<Vec<VelocityFigures>> {
        Ok(totals::velocity(&self.groups(filter).await?))
    }

    /// What is overdue and what is due soon.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deadlines(&self, filter: &DealFilter) -> Result<Deadlines> {
        let mut figures = self.figures(filter, self.moment().await?).await?;
        let groups = figures.groups().await?;
        let deadlines = deadlines(&mut figures, &groups).await?;
        figures.end().await?;
        Ok(deadlines)
    }

    /// The open deals that have not changed for the days of the setting.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn cold_deals(&self, filter: &DealFilter) -> Result<ColdDeals> {
        let moment = self.moment().await?;
        let mut figures = self.figures(filter, moment).await?;
        let nb_cold_deals = totals::Total::of(&figures.groups().await?).cold;
        let deals = bodies(&figures.few(Few::Cold, NAMED).await?);
        figures.end().await?;
        Ok(ColdDeals { seuil_jours: moment.cold_days(), nb_cold_deals, deals })
    }

    /// The six statuses, and the sectors and assignees that the deals which fit a filter have.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn filter_options(&self, filter: &DealFilter) -> Result<FilterOptions> {
        Ok(options(texts(&self.groups(filter).await?)))
    }

    async fn groups(&self, filter: &DealFilter) -> Result<Vec<FigureGroup>> {
        let mut figures = self.figures(filter, self.moment().await?).await?;
        let groups = figures.groups().await?;
        figures.end().await?;
        Ok(groups)
    }

    async fn figures<'f>(&self, filter: &'f DealFilter, moment: Moment) -> Result<Figures<'f>> {
        Ok(self.store().figures(filter, moment.days()).await?)
    }
}

async fn deadlines(figures: &mut Figures<'_>, groups: &[FigureGroup]) -> Result<Deadlines> {
    let total = totals::Total::of(groups);
    Ok(Deadlines {
        en_retard: bodies(&figures.few(Few::Overdue, NAMED).await?),
        nb_en_retard: total.overdue,
        prochains_30_jours: bodies(&figures.few(Few::Soon, NAMED).await?),
        nb_prochains_30_jours: total.soon,
        part_avec_date: totals::percent(total.dated, total.deals),
    })
}

/// The sectors and assignees of groups of deals.
fn texts(groups: &[FigureGroup]) -> DealTexts {
    let each = |of: fn(&FigureGroup) -> &Option<String>| -> Vec<String> {
        groups
            .iter()
            .filter_map(|group| of(group).as_ref())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .cloned()
            .collect()
    };
    DealTexts { secteur: each(|group| &group.secteur), assignee: each(|group| &group.assignee) }
}

/// What is offered, of the sectors and assignees that deals have.
fn options(texts: DealTexts) -> FilterOptions {
    let DealTexts { secteur, assignee } = texts;
    FilterOptions { statut: Status::ALL.into(), secteur: offered(secteur), assignee: offered(assignee) }
}

/// These texts in the order of the alphabet, whatever their accents.
fn offered(mut texts: Vec<String>) -> Vec<String> {
    texts.retain(|text| !text.is_empty());
    texts.sort_by_cached_key(|text| (fold::plain(text), text.clone()));
    texts.truncate(OFFERED);
    texts
}

fn bodies(deals: &[Deal]) -> Vec<DealBody> {
    deals.iter().map(DealBody::from).collect()
}
