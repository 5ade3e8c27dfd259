//! What whole screens show, each looked up at once.

use chrono::NaiveDate;
use model::Status;
use model::api::{DealBody, DealPage};
use model::dashboard::{Dashboard, FilterOptions, StatusFigures};
use store::deals::{Few, FigureGroup, Figures};

use super::{Moment, bodies, deadlines, options, texts, totals};
use crate::{DealFilter, Hub, Result};

/// How many of the largest amounts are shown.
const LARGEST: u32 = 5;

/// The dashboard with the list beside it.
#[derive(Debug)]
pub struct Overview {
    /// The page of the list.
    pub page: DealPage,
    /// The figures.
    pub dashboard: Dashboard,
}

/// The board.
#[derive(Debug)]
pub struct Board {
    /// A column for each status the filter leaves, in the order of a sale.
    pub columns: Vec<BoardColumn>,
    /// What its deals can be filtered by: the values of all deals.
    pub options: FilterOptions,
    /// The day it is.
    pub today: NaiveDate,
}

/// A column of the board.
#[derive(Debug)]
pub struct BoardColumn {
    /// What all its deals come to.
    pub figures: StatusFigures,
    /// Its first deals.
    pub deals: Vec<DealBody>,
}

impl Hub {
    /// Everything the dashboard shows of the deals that fit.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn overview(&self, filter: &DealFilter, moment: Moment) -> Result<Overview> {
        let mut figures = self.figures(filter, moment).await?;
        let groups = figures.groups().await?;
        let options = offers(&mut figures, &groups).await?;
        let dashboard = Dashboard {
            kpis: totals::kpis(&groups),
            statuts: totals::statuses(&groups),
            secteurs: totals::sectors(&groups),
            paniers: bodies(&figures.few(Few::Largest, LARGEST).await?),
            performance: totals::performance(&groups),
            velocite: totals::velocity(&groups),
            echeances: deadlines(&mut figures, &groups).await?,
            seuil_cold: moment.cold_days(),
            options,
        };
        let page = DealPage { deals: bodies(&figures.page().await?), total: dashboard.kpis.nombre_deals };
        figures.end().await?;
        Ok(Overview { page, dashboard })
    }

    /// The board, with at most `cards` deals in each column, in the filter's order. Its limit and offset mean nothing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn board(&self, filter: &DealFilter, moment: Moment, cards: u32) -> Result<Board> {
        let asked =
            |status: Status| filter.statut.is_empty() || filter.statut.iter().any(|s| s == status.word());
        let mut figures = self.figures(filter, moment).await?;
        let groups = figures.groups().await?;
        let options = offers(&mut figures, &groups).await?;
        let statuses = totals::statuses(&groups);
        let columns: Vec<StatusFigures> = statuses.into_iter().filter(|one| asked(one.statut)).collect();
        let filled: Vec<Status> =
            columns.iter().filter(|one| one.nombre_deals > 0).map(|one| one.statut).collect();
        let mut deals = bodies(&figures.heads(&filled, cards).await?);
        figures.end().await?;
        let columns = columns.into_iter().map(|figures| BoardColumn {
            deals: deals.extract_if(.., |deal| deal.statut == figures.statut).collect(),
            figures,
        });
        Ok(Board { columns: columns.collect(), options, today: moment.today() })
    }
}

/// What filters offer: the values of all deals, so that a filter can be changed.
async fn offers(figures: &mut Figures<'_>, groups: &[FigureGroup]) -> Result<FilterOptions> {
    if figures.are_of_all() { Ok(options(texts(groups))) } else { Ok(options(figures.texts_of_all().await?)) }
}
