//! What the list of deals shows.

use leptos::prelude::*;
use model::api::DealBody;
use model::{Money, Status};
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use super::Answer;
use super::text_json::TextJson;

/// How many deals a page holds.
pub(crate) const PAGE_SIZE: u32 = 50;

/// The list of deals, as far as one page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct DealsView {
    /// The deals of this page.
    pub(crate) deals: Vec<DealBody>,
    /// Which page it is, from 1; the last one when a later one was asked for.
    pub(crate) page: u32,
    /// How many fit the search and the filter.
    pub(crate) matching: u64,
    /// How many there are at all.
    pub(crate) all: u64,
    /// Sums over all deals; only when they are exact.
    pub(crate) sums: Option<Sums>,
}

/// Sums over all deals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sums {
    /// The amounts.
    pub(crate) amount: Money,
    /// The amounts times their probability.
    pub(crate) weighted: Money,
    /// How many have each status, in the order of [`Status::ALL`].
    pub(crate) by_status: [u64; Status::ALL.len()],
}

/// One page of the deals that fit.
#[server(prefix = "/_app", endpoint = "deals", input = GetUrl, output = TextJson)]
pub(crate) async fn list_deals(
    #[server(default)] search: String,
    #[server(default)] status: Option<Status>,
    #[server(default)] page: u32,
) -> Result<Answer<DealsView>, ServerFnError> {
    let hub = super::server::hub()?;
    Ok(view::load(&hub, &search, status, page)
        .await
        .map_err(|e| super::server::fault(&e, crate::context::request_lang())))
}

#[cfg(feature = "ssr")]
mod view {
    use hub::{DealFilter, Hub};
    use model::api::DealBody;
    use model::{Money, Status};

    use super::{DealsView, PAGE_SIZE, Sums};

    /// Sums are made of at most that many deals: what one query gives.
    const SUMMED: u64 = 1_000;

    pub(super) async fn load(
        hub: &Hub,
        search: &str,
        status: Option<Status>,
        page: u32,
    ) -> hub::Result<DealsView> {
        let search = Some(search.trim().to_owned()).filter(|words| !words.is_empty());
        let everything = search.is_none() && status.is_none();
        let mut filter = DealFilter {
            statut: status.map(|status| status.word().to_owned()).into_iter().collect(),
            search,
            limit: Some(PAGE_SIZE),
            ..DealFilter::default()
        };
        let mut page = page.max(1);
        let shown = loop {
            filter.offset = (page - 1).saturating_mul(PAGE_SIZE);
            let shown = hub.deals(&filter).await?;
            let last = u32::try_from(shown.total.div_ceil(u64::from(PAGE_SIZE))).unwrap_or(u32::MAX).max(1);
            if page <= last {
                break shown;
            }
            page = last;
        };
        let all = if everything { shown.total } else { hub.deals(&at_most(0)).await?.total };
        let sums = match all {
            _ if everything && shown.deals.len() as u64 == all => Some(sums(&shown.deals)),
            0..=SUMMED => Some(sums(&hub.deals(&at_most(SUMMED)).await?.deals)),
            _ => None,
        };
        Ok(DealsView { matching: shown.total, page, all, sums, deals: shown.deals })
    }

    fn at_most(limit: u64) -> DealFilter {
        DealFilter { limit: u32::try_from(limit).ok(), ..DealFilter::default() }
    }

    fn sums(deals: &[DealBody]) -> Sums {
        let total = |cents: fn(&DealBody) -> i64| Money::from_cents(deals.iter().map(cents).sum());
        Sums {
            amount: total(|deal| deal.montant_brut.cents()),
            weighted: total(|deal| deal.valeur_ponderee.cents()),
            by_status: Status::ALL
                .map(|status| deals.iter().filter(|deal| deal.statut == status).count() as u64),
        }
    }
}
