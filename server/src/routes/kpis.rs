//! `/api/kpis`: the figures at the top of the dashboard.

use axum::Json;
use axum::extract::State;
use model::Lang;
use model::dashboard::Kpis;
use model::notation::{days, number, percent};
use serde::Serialize;
use utoipa::ToSchema;

use super::deal_filter::{DealQuery, DealQueryDoc};
use crate::envelope::{Data, Failure};
use crate::extract::Query;
use crate::reader::Reader;
use crate::{ApiError, AppState};

/// The figures, each also as people read it in the reader's language.
#[derive(Serialize, ToSchema)]
pub(super) struct KpisBody {
    #[serde(flatten)]
    kpis: Kpis,
    #[schema(example = "1 234,56 €")]
    pipeline_pondere_formatted: String,
    #[schema(example = "1 234,56 €")]
    panier_moyen_formatted: String,
    #[schema(example = "1 234")]
    nombre_deals_formatted: String,
    #[schema(example = "308")]
    deals_gagnes_formatted: String,
    #[schema(example = "12,5 %")]
    taux_conversion_formatted: String,
    /// A dash while no time is known.
    #[schema(example = "34,5 jours")]
    vitesse_vente_moyenne_formatted: String,
    #[schema(example = "17")]
    nb_cold_deals_formatted: String,
}

/// The figures of the deals that fit a filter; `limit`, `offset` and `sort` change nothing.
#[utoipa::path(
    get, path = "/api/kpis", tag = "figures", params(DealQueryDoc),
    responses((status = 200, body = Data<KpisBody>), (status = 400, body = Failure))
)]
pub(super) async fn find_kpis(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Query(DealQuery(filter)): Query<DealQuery>,
) -> Result<Json<Data<KpisBody>>, ApiError> {
    Ok(Data::of(told(state.hub.kpis(&filter).await?, lang)))
}

fn told(kpis: Kpis, lang: Lang) -> KpisBody {
    KpisBody {
        pipeline_pondere_formatted: kpis.pipeline_pondere.display(lang),
        panier_moyen_formatted: kpis.panier_moyen.display(lang),
        nombre_deals_formatted: number(kpis.nombre_deals, lang),
        deals_gagnes_formatted: number(kpis.deals_gagnes, lang),
        taux_conversion_formatted: percent(kpis.taux_conversion, lang),
        vitesse_vente_moyenne_formatted: kpis
            .vitesse_vente_moyenne
            .map_or_else(|| "—".to_owned(), |mean| days(mean, lang)),
        nb_cold_deals_formatted: number(kpis.nb_cold_deals, lang),
        kpis,
    }
}
