//! What the dashboard tells of the deals that fit a filter.
//!
//! Amounts are exact sums of cents. A share is in percent with one decimal, and 0 where there is nothing to
//! have a share of. « Won » is `gagné` and `gagné - en cours`.

use serde::{Deserialize, Serialize};

use crate::Money;
use crate::api::DealBody;
use crate::status::Status;

/// The figures at the top.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kpis {
    /// The sum of amount × probability over all deals that fit.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub pipeline_pondere: Money,
    /// The mean amount, rounded to the cent; 0 without deals.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub panier_moyen: Money,
    /// How many deals fit.
    pub nombre_deals: u64,
    /// How many of them are won.
    pub deals_gagnes: u64,
    /// Won in percent of all that fit.
    pub taux_conversion: f64,
    /// Days from a deal's creation to the first time it was won after it was seen open, the mean over the won
    /// with one decimal; none without such a deal. A deal that came in won is not counted here.
    pub vitesse_vente_moyenne: Option<f64>,
    /// How many are neither won nor lost and have not changed for the days of the setting.
    pub nb_cold_deals: u64,
}

/// One status: a column of the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusFigures {
    /// The status.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub statut: Status,
    /// How many deals.
    pub nombre_deals: u64,
    /// Their amounts.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub montant_brut: Money,
    /// Their amounts × probability.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub valeur_ponderee: Money,
}

/// One sector, largest amount first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SectorFigures {
    /// The sector; none for deals without one.
    pub secteur: Option<String>,
    /// How many deals.
    pub nombre_deals: u64,
    /// Their amounts.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub montant_brut: Money,
    /// Their amounts × probability.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub valeur_ponderee: Money,
}

/// One assignee, most won first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PerformanceFigures {
    /// Who; none for deals nobody follows.
    pub assignee: Option<String>,
    /// How many deals.
    pub nombre_deals: u64,
    /// How many of them are won.
    pub deals_gagnes: u64,
    /// Won in percent of theirs.
    pub taux_conversion: f64,
    /// The amounts of all of them.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub montant_brut: Money,
    /// The amounts of the won.
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub montant_gagne: Money,
}

/// How fast deals of one sector are won, fastest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VelocityFigures {
    /// The sector; none for deals without one.
    pub secteur: Option<String>,
    /// How many won deals the mean is made of: those of which the time is known.
    pub deals_gagnes: u64,
    /// Days from creation to won, the mean, one decimal.
    pub jours: f64,
}

/// What is due, of the deals that are neither won nor lost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deadlines {
    /// Overdue, oldest first, at most twenty.
    pub en_retard: Vec<DealBody>,
    /// How many are overdue.
    pub nb_en_retard: u64,
    /// Due today or in the next 30 days, soonest first, at most twenty.
    pub prochains_30_jours: Vec<DealBody>,
    /// How many those are.
    pub nb_prochains_30_jours: u64,
    /// Deals with a date, in percent of all that fit.
    pub part_avec_date: f64,
}

/// The deals that went cold, the longest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColdDeals {
    /// After how many days without change a deal counts as cold.
    pub seuil_jours: u32,
    /// How many there are.
    pub nb_cold_deals: u64,
    /// The first twenty.
    pub deals: Vec<DealBody>,
}

/// What the filters offer: the values that deals have, in the order of the alphabet; statuses in that of a sale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FilterOptions {
    /// The six status words.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub statut: Vec<Status>,
    /// Sectors, at most 500.
    pub secteur: Vec<String>,
    /// Assignees, at most 500.
    pub assignee: Vec<String>,
}

/// Everything one screen of the dashboard shows beside its table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    /// The figures at the top.
    pub kpis: Kpis,
    /// Every status, in the order of a sale.
    pub statuts: Vec<StatusFigures>,
    /// Amount per sector.
    pub secteurs: Vec<SectorFigures>,
    /// The five largest amounts.
    pub paniers: Vec<DealBody>,
    /// Per assignee.
    pub performance: Vec<PerformanceFigures>,
    /// Per sector.
    pub velocite: Vec<VelocityFigures>,
    /// What is due.
    pub echeances: Deadlines,
    /// The threshold `kpis.nb_cold_deals` was counted with, in days.
    pub seuil_cold: u32,
    /// What the filters offer.
    pub options: FilterOptions,
}
